import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { TableOwner, type DirectorSettings } from "../../src";
import { apply, expectLive, liveState, lonePlan, withFile } from "./direct";
import { check, DIRECTORS, eventually, expectSoon, table, tell, traces } from "./hosts";

jest.setTimeout(10 * 60_000);

const PROGRAM = "sh /etc/cdktf-lvs/director/current/program";
const METRICS_FILE = "/var/lib/prometheus/node-exporter/cdktf_lvs.prom";
const SERVICE = "-A -t 192.0.2.100:80 -s wrr";
const WEB1 = "-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 2";
const WEB2 = "-a -t 192.0.2.100:80 -r 192.0.2.22:80 -g -w 2";
const MONITORING = { checkIntervalSeconds: 10, metrics: true };
const LOGGED: DirectorSettings = { drainTimeoutSeconds: 5, logging: true, monitoring: MONITORING };

const keepalived = lonePlan(TableOwner.KEEPALIVED, LOGGED);
const repairing: DirectorSettings = { drainTimeoutSeconds: 5, monitoring: { ...MONITORING, repair: true } };
const ipvsadm = lonePlan(TableOwner.IPVSADM, repairing);

let lab: Lab;
let host: LabHost;
let tracesBefore: string;

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS.slice(0, 1), progress: tell });
  host = lab.host("lb1");
  tracesBefore = await allTraces();
});

afterAll(async () => {
  await lab?.down();
});

/** With what logging and monitoring add. */
async function allTraces(): Promise<string> {
  const more = [
    "ls -A /etc/rsyslog.d /etc/logrotate.d /etc/systemd/system/timers.target.wants",
    "ls -A /var/lib/prometheus/node-exporter",
    "systemctl is-active rsyslog prometheus-node-exporter",
    "systemctl list-units --all --no-legend 'cdktf-lvs*'",
    "true",
  ];
  return (await traces(host)) + (await host.run(more.join("; ")));
}

async function deploy(plan: typeof keepalived): Promise<void> {
  const { code, stdout } = await apply(host, plan);
  expect([code, stdout]).toEqual([0, expect.stringContaining("DONE")]);
}

/** What the journal has of the check since a moment, such as `@1700000000`. */
function journal(since: string): Promise<string> {
  return host.run(`journalctl --unit=cdktf-lvs-check --since=${since} --output=cat`);
}

async function now(): Promise<string> {
  return `@${(await host.run("date +%s")).trim()}`;
}

async function metric(name: string): Promise<string | undefined> {
  const lines = (await host.run(`cat ${METRICS_FILE}`)).split("\n");
  return lines
    .find((line) => line.startsWith(`cdktf_lvs_${name}{`))
    ?.split(" ")
    .at(-1);
}

/** The next check of the timer that starts and ends from now on. */
async function nextCheck(): Promise<string> {
  // The journal is asked by the second.
  await host.run("sleep 1");
  const since = await now();
  const ended = async () => /Starting [^]*(Finished|Failed with)/.test(await journal(since));
  await eventually("the timer's check", ended, 180_000);
  return journal(since);
}

test("messages of keepalived and IPVS are in files of their own, and where they were before", async () => {
  await deploy(keepalived);
  await host.run("modprobe ip_vs_lc");
  const arrived = async () =>
    (await host.run("cat /var/log/keepalived.log")).includes("Starting Keepalived") &&
    (await host.run("cat /var/log/ipvs.log")).includes("IPVS: [lc] scheduler registered") &&
    (await host.run("cat /var/log/syslog")).includes("Starting Keepalived");
  await eventually("the messages", arrived, 20_000);
  expect(await host.run("grep -c Keepalived /var/log/ipvs.log; grep -c IPVS: /var/log/keepalived.log; true")).toBe(
    "0\n0\n",
  );
  expect(await host.run("stat -c '%U %G %a' /var/log/keepalived.log /var/log/ipvs.log /var/log/kern.log")).toBe(
    "root adm 640\n".repeat(3),
  );
});

test("the files rotate, and new messages go to the new ones", async () => {
  await host.run("logrotate --force /etc/logrotate.d/cdktf-lvs");
  await host.run("systemctl reload keepalived");
  const reloaded = async () => (await host.run("cat /var/log/keepalived.log")).includes("Reloading");
  await eventually("messages in the new file", reloaded, 20_000);
  expect(await host.run("cat /var/log/keepalived.log")).not.toContain("Starting Keepalived");
  expect(await host.run("cat /var/log/keepalived.log.1")).toContain("Starting Keepalived");
  await host.run("logrotate --force /etc/logrotate.d/cdktf-lvs");
  expect(await host.run("ls /var/log/keepalived.log*; zcat /var/log/keepalived.log.2.gz | head -1")).toMatch(
    /keepalived.log.1\n.*keepalived.log.2.gz\n.*Keepalived/,
  );
});

test("what rsyslog or logrotate refuses never goes live", async () => {
  const before = await liveState(host);
  const refusals = [
    ["/etc/logrotate.d/cdktf-lvs", "daily", "dayly", "at check: logrotate refuses the new /etc/logrotate.d/cdktf-lvs"],
    [
      "/etc/rsyslog.d/30-cdktf-lvs.conf",
      "then {",
      "then",
      "at activate: rsyslogd refuses the new /etc/rsyslog.d/30-cdktf-lvs.conf",
    ],
  ] as const;
  for (const [path, from, to, reason] of refusals) {
    const { code, stdout } = await apply(
      host,
      withFile(keepalived, path, (text) => text.replace(from, to)),
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining(reason)]);
    await expectLive(host, before);
  }
  const compared = async () => (await check(host, "director")).stdout === "lb (192.0.2.11): as deployed\n";
  // A check of the timer may be at work.
  await eventually("as deployed", compared, 20_000);
  expect(await host.run("systemctl is-active rsyslog")).toBe("active\n");
});

test("rsyslog is back with its old file when something else of a deploy does not work", async () => {
  const elsewhere = lonePlan(TableOwner.KEEPALIVED, { ...LOGGED, logging: { keepalivedFile: "/var/log/new.log" } });
  const broken = withFile({ ...elsewhere, verifyTimeoutSeconds: 3 }, "/etc/keepalived/keepalived.conf", (text) =>
    text.replace("192.0.2.100 80", "192.0.2.101 80"),
  );
  const { code, stdout } = await apply(host, broken);
  expect([code, stdout]).toEqual([1, expect.stringContaining("restarted rsyslog.service")]);
  expect(stdout).toContain("the old files are back and the service runs as before");
  await host.run("logger --tag Keepalived_test back again");
  const arrived = async () => (await host.run("cat /var/log/keepalived.log")).includes("back again");
  await eventually("a message in the old file", arrived, 20_000);
  expect(await host.run("cat /var/log/new.log")).not.toContain("back again");
});

test("the timer tells the journal that all is as deployed, and writes metrics for all to read", async () => {
  expect(await nextCheck()).toContain("lb (192.0.2.11): as deployed");
  expect([await metric("drift"), await metric("keepalived_up"), await metric("info")]).toEqual(["0", "1", "1"]);
  expect(Number(await metric("last_deploy_timestamp_seconds"))).toBeGreaterThan(1_600_000_000);
  expect(await host.run(`stat -c '%U %a' ${METRICS_FILE}; ls -A ${METRICS_FILE.replace(/[^/]*$/, "")}`)).toBe(
    "root 644\ncdktf_lvs.prom\n",
  );
});

test("drift is reported and never repaired where keepalived owns the table; the next deploy puts it back", async () => {
  await host.run("ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 9; ipvsadm -A -t 192.0.2.200:80");
  expect(await nextCheck()).toMatch(
    /drift: real server without its weight[^]*drift: the IPVS table has more[^]*2 differences/,
  );
  expect(await metric("drift")).toBe("2");
  // The next check may be at work.
  const state = async () => (await host.exec("systemctl is-failed cdktf-lvs-check")).stdout;
  await expectSoon(state, "failed\n");
  expect(await table(host)).toContain(WEB1.replace("-w 2", "-w 9"));
  const { code, stdout } = await host.exec(`${PROGRAM} repair`);
  expect([code, stdout]).toEqual([1, expect.stringContaining("ipvsadm does not own the IPVS table of this host")]);
  await host.run("ipvsadm -D -t 192.0.2.200:80");
  await deploy(keepalived);
  expect(await nextCheck()).toContain("as deployed");
  await expectSoon(state, "inactive\n");
});

test("a check that meets a run steps aside: no difference is told, nothing is written", async () => {
  const hold = "flock 9; touch /run/held; until [ -e /run/release ]; do sleep 0.2; done";
  await host.run(`rm -f /run/held /run/release; (${hold}) 9>/run/cdktf-lvs/lock >/dev/null 2>&1 &`);
  await eventually("it is at work", async () => (await host.exec("test -e /run/held")).code === 0);
  const written = await host.run(`stat -c %y ${METRICS_FILE}`);
  await host.run("ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 9");
  expect(await nextCheck()).toContain("another run is at work on this host; nothing was compared");
  expect(await check(host, "director")).toMatchObject({ code: 75 });
  expect(await host.run("systemctl show -P Result cdktf-lvs-check")).toBe("success\n");
  expect(await host.run(`stat -c %y ${METRICS_FILE}`)).toBe(written);
  await host.run("ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 2; touch /run/release");
});

test("settings that are taken back leave nothing behind", async () => {
  await deploy(lonePlan(TableOwner.KEEPALIVED, { drainTimeoutSeconds: 5 }));
  const left =
    "ls -A /var/lib/prometheus/node-exporter /etc/rsyslog.d; systemctl is-active rsyslog prometheus-node-exporter cdktf-lvs-check.timer; systemctl --failed --no-legend; true";
  expect(await host.run(left)).toBe(
    "/etc/rsyslog.d:\n\n/var/lib/prometheus/node-exporter:\ninactive\ninactive\ninactive\n",
  );
  expect((await check(host, "director")).stdout).toContain("as deployed");
});

test("remove leaves the host as it was before logging and monitoring, and rsyslog forgets the files", async () => {
  expect((await host.exec(`${PROGRAM} remove`)).stdout).toContain("DONE");
  expect(await allTraces()).toBe(tracesBefore);
  await host.run("systemctl enable --quiet --now rsyslog");
  const tracesWithRsyslog = await allTraces();
  await deploy(keepalived);
  await host.run("ipvsadm -A -t 192.0.2.200:80");
  expect(await nextCheck()).toContain("1 differences");
  await host.run("ipvsadm -D -t 192.0.2.200:80");
  const { stdout } = await host.exec(`${PROGRAM} remove`);
  expect(stdout).toContain("DONE");
  expect(stdout).not.toContain("stopped and disabled rsyslog");
  expect(await allTraces()).toBe(tracesWithRsyslog);
  await host.run("logger --tag Keepalived_test after the removal");
  await eventually("the message", async () => (await host.run("cat /var/log/syslog")).includes("after the removal"));
  expect(await host.run("cat /var/log/keepalived.log")).not.toContain("after the removal");
});

test("plain ipvsadm: the timer repairs the table by single steps, and says so", async () => {
  await deploy(ipvsadm);
  // Ten quiet seconds follow a check.
  await nextCheck();
  await host.run(
    "ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 9; ipvsadm -d -t 192.0.2.100:80 -r 192.0.2.22:80; ipvsadm -A -t 192.0.2.200:80",
  );
  const report = await nextCheck();
  tell(`the timer's repair:\n${report}`);
  expect(report).toMatch(/drift: the IPVS table differs:[^]*repaired the IPVS table[^]*as deployed/);
  expect(report).toMatch(
    /ipvsadm -a -t 192.0.2.100:80 -r 192.0.2.22:80[^]*ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80[^]*ipvsadm -D -t 192.0.2.200:80/,
  );
  expect(await table(host)).toEqual([SERVICE, WEB1, WEB2]);
  expect([await metric("drift"), await metric("table_repaired")]).toEqual(["0", "1"]);
  await nextCheck();
  expect(await metric("table_repaired")).toBe("0");
});

test("what is no rule of the table is reported, not repaired", async () => {
  await host.run("systemctl stop cdktf-lvs-check.timer cdktf-lvs-check.service");
  await host.run("echo 0 >/proc/sys/net/ipv4/vs/expire_nodest_conn; ipvsadm -C");
  const { code, stdout } = await host.exec(`${PROGRAM} repair`);
  expect([code, stdout]).toEqual([2, expect.stringContaining("repaired the IPVS table")]);
  expect(stdout).toMatch(
    /drift: net\/ipv4\/vs\/expire_nodest_conn is 0, not 1\n.*drift: cdktf-lvs-check.timer does not run\n.*2 differences/s,
  );
  expect(await table(host)).toEqual([SERVICE, WEB1, WEB2]);
  await deploy(ipvsadm);
  expect(await host.run("systemctl is-active cdktf-lvs-check.timer")).toBe("active\n");
});

test("the timer goes on after a reboot", async () => {
  await host.reboot();
  await eventually("a check", async () => (await journal("-1h")).includes("as deployed"), 120_000);
});
