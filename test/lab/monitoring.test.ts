import { readFileSync } from "node:fs";
import path from "node:path";
import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import { EXPORTER_METRICS, metricsIn, writtenMetrics } from "../support/monitoring";
import { DIRECTORS, eventually, hasVip, table, tell, WEB_SERVERS } from "./hosts";
import { Prometheus } from "./prometheus";

jest.setTimeout(20 * 60_000);

const ALONE = { name: "alone", address: "192.0.2.13" };
const HOSTS = [...DIRECTORS, ALONE, ...WEB_SERVERS];

let lab: Lab;
let deployment: Deployment;
let prometheus: Prometheus;
/** The names of the alerts that fired when they should. */
const fired = new Set<string>();

beforeAll(async () => {
  lab = await Lab.up({ hosts: HOSTS, progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/monitored.ts", withoutCli: true });
  const { code, stdout } = await deployment.deploy();
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
  prometheus = await Prometheus.start(
    lab,
    synthesized("lvs-alerts.rules.yml"),
    HOSTS.map(({ address }) => address),
  );
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
  prometheus?.remove();
});

function synthesized(name: string): string {
  return path.join(deployment.directory, "cdktf.out/stacks/web", name);
}

/** Runs a command on each of these hosts, in their order. */
async function onHosts(names: readonly string[], command: string): Promise<void> {
  for (const name of names) await lab.host(name).run(command);
}

/** Fills the tables for connections of the lone director. */
async function crowd(): Promise<void> {
  // Datagrams to the VIP are connections of IPVS, those to the host itself are connections of conntrack.
  const counted = "nft 'add table ip counted; add chain ip counted in { type filter hook input priority 0; };";
  await onHosts(["alone"], `${counted} add rule ip counted in ct state new accept'`);
  const settings = { conntrack_udp_timeout: 3600, conntrack_max: 1150 };
  for (const [name, value] of Object.entries(settings)) {
    await onHosts(["alone"], `echo ${value} >/proc/sys/net/netfilter/nf_${name}`);
  }
  const datagrams = (address: string, port: number, from: number, howMany: number) => `
    for (let port = ${from}; port < ${from + howMany}; port++) {
      const socket = createSocket("udp4").on("error", () => {});
      socket.bind(port, () => socket.send("x", ${port}, "${address}", () => socket.close()));
      await setTimeout(1);
    }`;
  const program = `
    import { createSocket } from "node:dgram";
    import { setTimeout } from "node:timers/promises";
    ${datagrams("192.0.2.13", 9, 20_000, 1000)}
    // IPVS forgets them after five minutes.
    for (;;) { ${datagrams("192.0.2.101", 5000, 30_000, 4000)} await setTimeout(60_000); }`;
  lab.spawnInNamespace([process.execPath, "--input-type=module", "--eval", program], { stdio: "ignore" });
}

/** Those that what `crowd` does makes fire after minutes, while the other tests go on. */
const SLOW = ["LvsConnectionTableCrowded web/alone director", "LvsConntrackNearlyFull web/alone director"];

/** Waits until these alerts fire and no other but the slow ones. */
async function expectFiring(what: string, expected: readonly string[]): Promise<void> {
  let seen: string[] = [];
  const same = async () => {
    seen = (await prometheus.firing()).filter((alert) => !SLOW.includes(alert));
    return JSON.stringify(seen) === JSON.stringify([...expected].sort());
  };
  const ms = await eventually(what, same, 400_000).catch((error: unknown) => {
    throw new Error(`${String(error)}; firing: ${seen.join(", ")}`);
  });
  for (const alert of expected) fired.add(alert.replace(/ .*/, ""));
  tell(`${what}: after ${Math.round(ms / 1000)} s ${expected.join(", ") || "no alert"}`);
}

const ofBoth = (alert: string, server = "") =>
  ["primary", "secondary"].map((role) => `${alert} web/lb ${role} ${server}`.trim());
const WEB1 = "192.0.2.21:80";
const WEB2 = "192.0.2.22:80";

test("a healthy pair: every host reports, every rule is understood, nothing fires", async () => {
  const reporting = async () => (await prometheus.query("cdktf_lvs_info")).length === HOSTS.length;
  await eventually("metrics of all hosts", reporting, 120_000);
  // Metrics are as old as the last check, which may have been before the primary took the VIPs.
  const expected = {
    'cdktf_lvs_vrrp_state{role="primary",vrrp_instance="lb"} == 1': 1,
    'cdktf_lvs_vrrp_state{role="secondary",vrrp_instance="lb"} == 0': 1,
    // Of three directors, which have two each.
    "cdktf_lvs_real_server_up == 1": 6,
    "cdktf_lvs_drift == 0": HOSTS.length,
  };
  for (const [expression, series] of Object.entries(expected)) {
    await eventually(expression, async () => (await prometheus.query(expression)).length === series);
  }
  const evaluated = async () => (await prometheus.ruleHealth()).every((rule) => !rule.endsWith("unknown"));
  await eventually("all rules evaluated", evaluated, 20_000);
  expect((await prometheus.ruleHealth()).filter((rule) => !rule.endsWith(" ok"))).toEqual([]);
  await expectFiring("a healthy pair", []);
});

test("every metric that alerts and panels use is scraped, and every panel has data", async () => {
  await lab.request("http://192.0.2.100/");
  const known = await prometheus.query('count by (__name__) ({__name__=~"cdktf_lvs_.*|node_ipvs_.*|node_nf_.*"})');
  const names = known.map(({ labels }) => labels["__name__"] ?? "");
  expect([...writtenMetrics(), ...EXPORTER_METRICS].filter((name) => !names.includes(name))).toEqual([]);
  const { panels } = JSON.parse(readFileSync(synthesized("lvs-dashboard.json"), "utf8")) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  for (const { title, targets } of panels) {
    for (const { expr } of targets) {
      const asked = expr.replaceAll("$construct", "web/.*").replaceAll("$__rate_interval", "1m");
      // A rate has a value from the second scrape on.
      await eventually(`data in ${title}`, async () => (await prometheus.query(asked)).length > 0);
      const series = await prometheus.query(asked);
      tell(`${title}: ${series.length} series of ${metricsIn(expr).join(", ")}`);
    }
  }
});

test("somebody changes a table that is repaired", async () => {
  const rule = "-a -u 192.0.2.101:5000 -r 192.0.2.21:5000 -g -w 1";
  expect(await table(lab.host("alone"))).toContain(rule);
  await onHosts(["alone"], "ipvsadm -d -u 192.0.2.101:5000 -r 192.0.2.21:5000");
  await expectFiring("a rule deleted", ["LvsTableRepaired web/alone director"]);
  expect(await table(lab.host("alone"))).toContain(rule);
  await expectFiring("all well again", []);
  await crowd();
});

test("drift on one host, and a real server that fails its check", async () => {
  await onHosts(["lb2"], "ipvsadm -A -t 192.0.2.200:80");
  await onHosts(["web1"], "touch /run/unhealthy");
  await expectFiring("drift and a dead real server", [
    "LvsDrift web/lb secondary",
    ...ofBoth("LvsRealServerDown", WEB1),
  ]);
});

test("a service without real servers, a timer that stops, an exporter that stops", async () => {
  await onHosts(["lb2"], "ipvsadm -D -t 192.0.2.200:80");
  await onHosts(["web2"], "touch /run/unhealthy; systemctl stop cdktf-lvs-check.timer");
  await onHosts(["web1"], "systemctl stop prometheus-node-exporter");
  await expectFiring("no real server left, web1 silent, web2 not checked", [
    ...ofBoth("LvsRealServerDown", WEB1),
    ...ofBoth("LvsRealServerDown", WEB2),
    ...ofBoth("LvsServiceWithoutRealServers"),
    "LvsHostNotReporting web/web1 real-server",
    "LvsCheckStale web/web2 real-server",
  ]);
  await onHosts(["web1", "web2"], "rm /run/unhealthy; systemctl start prometheus-node-exporter cdktf-lvs-check.timer");
  await expectFiring("all well again", []);
});

test("nobody holds the VIPs", async () => {
  await onHosts(["lb2", "lb1"], "systemctl stop keepalived");
  await expectFiring("keepalived stopped on both directors", [
    "LvsVipsNotHeld web/lb",
    ...ofBoth("LvsKeepalivedDown"),
    ...ofBoth("LvsSyncDaemonMissing"),
    ...ofBoth("LvsDrift"),
    ...ofBoth("LvsRealServerDown", WEB1),
    ...ofBoth("LvsRealServerDown", WEB2),
    ...ofBoth("LvsServiceWithoutRealServers"),
  ]);
  await onHosts(["lb1"], "systemctl start keepalived");
  await eventually("lb1 holds the VIP", () => hasVip(lab.host("lb1")));
  await onHosts(["lb2"], "systemctl start keepalived");
  await expectFiring("all well again", []);
});

test("both hold the VIPs", async () => {
  // Adverts go to nobody. A route would not keep them: keepalived's socket is bound to its device.
  await onHosts(["lb1"], "ip neighbour replace 192.0.2.12 lladdr 02:00:00:00:00:99 dev eth0 nud permanent");
  await expectFiring("adverts dropped", ["LvsVipsHeldTwice web/lb"]);
  await onHosts(["lb1"], "ip neighbour del 192.0.2.12 dev eth0");
  await expectFiring("all well again", []);
});

test("no director reports", async () => {
  await onHosts(["lb1", "lb2"], "systemctl stop prometheus-node-exporter");
  await expectFiring("exporters of both directors stopped", [
    "LvsDirectorsNotReporting web/lb",
    ...ofBoth("LvsHostNotReporting"),
  ]);
  await onHosts(["lb1", "lb2"], "systemctl start prometheus-node-exporter");
  await expectFiring("all well again", []);
});

test("the VIPs move to and fro", async () => {
  const seenHolding = async (role: string) => {
    const right = `cdktf_lvs_vrrp_state{role="${role}"} == 1 or cdktf_lvs_vrrp_state{role!="${role}"} == 0`;
    await eventually(`the ${role} is seen with the VIPs`, async () => (await prometheus.query(right)).length === 2);
  };
  for (let time = 0; time < 2; time++) {
    await onHosts(["lb1"], "systemctl stop keepalived");
    await seenHolding("secondary");
    await onHosts(["lb1"], "systemctl start keepalived");
    await seenHolding("primary");
  }
  await expectFiring("four moves", ["LvsVipsFlapping web/lb"]);
});

test("tables for connections that were nearly full all the time", async () => {
  const fire = async () => {
    const firing = await prometheus.firing();
    return SLOW.every((alert) => firing.includes(alert));
  };
  const ms = await eventually(SLOW.join(", "), fire, 15 * 60_000);
  for (const alert of SLOW) fired.add(alert.replace(/ .*/, ""));
  tell(`4000 connections of IPVS and 1000 of conntrack: ${Math.round(ms / 1000)} s more until ${SLOW.join(", ")}`);
});

test("every alert fired", async () => {
  const alerts = (await prometheus.ruleHealth()).map((rule) => rule.replace(/ .*/, ""));
  expect([...fired].sort()).toEqual([...new Set(alerts)].sort());
});
