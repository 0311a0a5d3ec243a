import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import type { TunedDefinition } from "./apps/tuned-definition";
import { liveState } from "./direct";
import { check, DIRECTORS, eventually, expectSoon, hasVip, tell, traces } from "./hosts";
import { DefenseMode, SyncState, TuningProfile } from "../../src";

jest.setTimeout(10 * 60_000);

const LONE = { name: "lb3", address: "192.0.2.13" };
const ECHO = { name: "rs1", address: "192.0.2.21", services: ["echo", "udp"] } as const;
const HOSTS = [...DIRECTORS, LONE, ECHO];

const FIRST: TunedDefinition = {
  pair: {
    connectionSync: { maxLength: 1000, threads: 2 },
    timeouts: { tcpSeconds: 1200, udpSeconds: 30 },
    ipvs: { expireNodestConn: false, dropEntry: DefenseMode.AUTOMATIC, secureTcp: DefenseMode.ALWAYS },
    connectionTableBits: 15,
    tuning: { profile: TuningProfile.HIGH_TRAFFIC, sysctls: { "net.core.netdev_budget": 700 } },
  },
  lone: {
    connectionSync: { state: SyncState.BOTH, syncId: 9 },
    timeouts: { tcpFinSeconds: 60 },
    ipvs: { conntrack: true },
    tuning: { profile: TuningProfile.HIGH_TRAFFIC },
  },
  server: { tuning: { profile: TuningProfile.HIGH_TRAFFIC, sysctls: { "net.ipv4.tcp_fin_timeout": 30 } } },
};

let lab: Lab;
let deployment: Deployment;
const UNTOUCHED = ["lb3", "rs1"];
const before: Record<string, string> = {};

beforeAll(async () => {
  lab = await Lab.up({ hosts: HOSTS, progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/tuned.ts", withoutCli: true });
  // On the others the look at their table would load the module.
  for (const name of UNTOUCHED) before[name] = (await traces(lab.host(name))) + (await sysctls(name));
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

/** Kernel settings that the deploys of this test change, IPVS aside. */
function sysctls(name: string): Promise<string> {
  const paths = "net/core/netdev_* net/core/somaxconn net/core/*mem_max net/ipv4/tcp_fin_timeout";
  const others = "net/ipv4/neigh/default/gc_thresh* net/ipv4/ip_local_port_range net/ipv4/conf/*/accept_redirects";
  return lab.host(name).run(`cd /proc/sys && for f in ${paths} ${others}; do echo "$f $(cat $f)"; done`);
}

function vs(name: string, setting: string): Promise<string> {
  return lab.host(name).run(`cat /proc/sys/net/ipv4/vs/${setting}`);
}

async function deploy(definition: TunedDefinition): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy({ DEFINITION: JSON.stringify(definition) });
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

async function expectAsDeployed(name: string): Promise<string> {
  let stdout = "";
  const look = async () => (stdout = (await check(lab.host(name), name === "rs1" ? "real-server" : "director")).stdout);
  await expectSoon(look, expect.stringContaining("as deployed"));
  return stdout;
}

/** The synchronisation daemons of a host, with one word of their settings. */
async function daemons(name: string, word: string): Promise<string[]> {
  const lines = (await lab.host(name).run("ipvsadm -L --daemon")).trim().split("\n");
  return lines.map((line) => `${line.split(" ")[0]} ${new RegExp(`${word}=[^,)]*`).exec(line)?.[0]}`);
}

async function timeouts(name: string): Promise<string> {
  return (await lab.host(name).run("ipvsadm -L --timeout")).trim().replace(/.*: /, "");
}

test("the module is loaded with the size of the table, and every setting is there", async () => {
  const stdout = await deploy(FIRST);
  expect(stdout).toContain("set net/ipv4/vs/sync_threshold = 0 2 (was 3 50)");
  expect(stdout).not.toContain("note:");
  for (const name of ["lb1", "lb2"]) {
    expect(await lab.host(name).run("cat /sys/module/ip_vs/parameters/conn_tab_bits")).toBe("15\n");
    expect(await vs(name, "expire_nodest_conn")).toBe("0\n");
    expect(await vs(name, "secure_tcp")).toBe("3\n");
    expect(await timeouts(name)).toBe("1200 120 30");
  }
  expect(await lab.host("lb1").run("cat /proc/sys/net/core/netdev_budget")).toBe("700\n");
  expect(await lab.host("lb3").run("cat /proc/sys/net/netfilter/nf_conntrack_max")).toBe("1048576\n");
  expect(await timeouts("lb3")).toBe("900 60 300");
  expect(await lab.host("rs1").run("cat /proc/sys/net/core/somaxconn")).toBe("16384\n");
  for (const { name } of HOSTS) await expectAsDeployed(name);
});

test("the daemons fit VRRP on the pair, and the wish of the lone director", async () => {
  await expectSoon(() => daemons("lb1", "maxlen"), ["master maxlen=1000"]);
  await expectSoon(() => daemons("lb2", "syncid"), ["backup syncid=51"]);
  expect(await daemons("lb3", "syncid")).toEqual(["master syncid=9", "backup syncid=9"]);
  expect(await lab.host("lb1").run("ps -eo comm | grep -c ^ipvs-m")).toBe("2\n");
});

test("a failover and a return move them", async () => {
  await lab.host("lb1").crash();
  await eventually("lb2 has the VIP", () => hasVip(lab.host("lb2")));
  await eventually("lb2 sends", async () => (await daemons("lb2", "syncid"))[0] === "master syncid=51");
  await expectAsDeployed("lb2");
  await lab.host("lb1").start();
  await lab.host("lb1").waitForSsh();
  await eventually("lb1 has the VIP again", () => hasVip(lab.host("lb1")));
  await eventually("lb2 listens", async () => (await daemons("lb2", "syncid")).join() === "backup syncid=51");
});

test("after a reboot everything is as deployed", async () => {
  await Promise.all(["lb3", "rs1"].map((name) => lab.host(name).reboot()));
  for (const { name } of HOSTS) await expectAsDeployed(name);
  expect(await lab.host("lb1").run("cat /sys/module/ip_vs/parameters/conn_tab_bits")).toBe("15\n");
  expect(await timeouts("lb3")).toBe("900 60 300");
});

test("check tells of daemons, timeouts and settings that somebody changed, and a deploy puts them back", async () => {
  await lab
    .host("lb1")
    .run("ipvsadm --stop-daemon master; ipvsadm --set 1 2 3; echo 1 >/proc/sys/net/ipv4/vs/sync_retries");
  await lab
    .host("lb3")
    .run(
      "ipvsadm --stop-daemon backup; ipvsadm --set 0 7 0; ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 4",
    );
  const { stdout } = await check(lab.host("lb1"), "director");
  expect(stdout).toContain("drift: net/ipv4/vs/sync_retries is 1, not 0");
  expect(stdout).toContain("drift: no master synchronisation daemon with mcast=eth0 syncid=51 maxlen=1000");
  expect(stdout).toContain("drift: the IPVS timeouts (tcp tcpfin udp) are 1 2 3, not 1200 0 30");
  const lone = await check(lab.host("lb3"), "director");
  expect(lone.stdout).toContain("drift: no backup synchronisation daemon with mcast=eth0 syncid=9");
  expect(lone.stdout).toContain("drift: the IPVS timeouts (tcp tcpfin udp) are 900 7 300, not 0 60 0");
  const repaired = await deploy({ ...FIRST, again: "1" });
  expect(repaired).toContain("set net/ipv4/vs/sync_retries = 0 (was 1)");
  for (const name of ["lb1", "lb3"]) await expectAsDeployed(name);
});

test("a kernel without a setting is left as it is", async () => {
  const definition = { ...FIRST, pair: { ...FIRST.pair, timeouts: { udpSeconds: 44 }, ipvs: { estNice: 5 } } };
  const live = async () => (await liveState(lab.host("lb2"))) + (await timeouts("lb2"));
  const untouched = await live();
  const { code, stdout } = await deployment.deploy({ DEFINITION: JSON.stringify(definition) });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /FAILED tuned\/lb \(192\.0\.2\.12\), secondary at check: this kernel \(\S+\) has no setting net\/ipv4\/vs\/est_nice, which is to be 5; .*; nothing was changed/,
  );
  expect(await live()).toBe(untouched);
});

test("what leaves the definition gets its old value back", async () => {
  const stdout = await deploy({
    pair: { connectionSync: { interface: "eth0" }, timeouts: { udpSeconds: 40 }, connectionTableBits: 16 },
    lone: {},
  });
  expect(stdout).toContain("note: the IPVS connection table has 2^15 buckets now; 2^16 after a reboot");
  for (const name of ["lb1", "lb2"]) {
    expect(await vs(name, "secure_tcp")).toBe("0\n");
    expect(await vs(name, "expire_nodest_conn")).toBe("1\n");
    expect(await timeouts(name)).toBe("900 120 40");
    expect(await expectAsDeployed(name)).toContain("note: the IPVS connection table has 2^15 buckets now");
  }
  expect(await daemons("lb1", "maxlen")).toEqual(["master maxlen=1472"]);
  expect(await lab.host("lb1").run("ps -eo comm | grep -c ^ipvs-m")).toBe("1\n");
  expect(await lab.host("lb3").run("ipvsadm -L --daemon")).toBe("");
  expect(await timeouts("lb3")).toBe("900 120 300");
  expect(await vs("lb3", "conntrack")).toBe("0\n");
  for (const name of UNTOUCHED) {
    expect(before[name]).toContain(await sysctls(name));
    await expectAsDeployed(name);
  }
});

test("without synchronisation no daemon is left, and it comes back", async () => {
  await deploy({ pair: { connectionSync: false }, lone: {} });
  for (const name of ["lb1", "lb2"]) {
    expect(await lab.host(name).run("ipvsadm -L --daemon")).toBe("");
    expect(await vs(name, "sync_threshold")).toBe("3\t50\n");
    await expectAsDeployed(name);
  }
  await deploy(FIRST);
  expect(await daemons("lb1", "maxlen")).toEqual(["master maxlen=1000"]);
});

test("destroy leaves the hosts as they were", async () => {
  expect((await deployment.destroy({ DEFINITION: JSON.stringify(FIRST) })).code).toBe(0);
  for (const name of UNTOUCHED) expect((await traces(lab.host(name))) + (await sysctls(name))).toBe(before[name]);
  for (const name of ["lb1", "lb2", "lb3"]) {
    expect(await lab.host(name).run("ipvsadm -L --daemon")).toBe("");
    expect(await timeouts(name)).toBe("900 120 300");
    expect(await vs(name, "sync_threshold")).toBe("3\t50\n");
    expect(await vs(name, "conntrack")).toBe("0\n");
  }
});
