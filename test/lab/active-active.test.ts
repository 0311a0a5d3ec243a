import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { dropped, eventually, expectAsDeployed, expectSoon, hasVip, PASSWORD, tell, WEB_SERVERS } from "./hosts";

jest.setTimeout(10 * 60_000);

const DIRECTORS: readonly HostOptions[] = [11, 12, 13].map((number) => ({
  name: `lb${number - 10}`,
  address: `192.0.2.${number}`,
  moreAddresses: [`198.51.100.${number}`],
}));
const SEGMENTS = [{ name: "inside", ipv4: "198.51.100.0/24", ipv6: "2001:db8:100::/64" }];

const ECHO_SERVERS = WEB_SERVERS.map((server): HostOptions => ({ ...server, services: ["echo"] }));

/** VIPs of the five instances. */
const LB = "192.0.2.100";
const INSIDE = "198.51.100.254";
const API = "192.0.2.101";
const GUESTS = "198.51.100.253";
const SIX = "2001:db8:2::200";

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS, ...ECHO_SERVERS], segments: SEGMENTS, progress: tell });
  deployment = new Deployment(lab, {
    app: "test/lab/apps/active-active.ts",
    env: { TF_VAR_vrrp_password: PASSWORD },
    withoutCli: true,
  });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy(env);
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Waits until a VIP is on one director, and on no other, and answers; tells how long that took. */
async function settles(vip: string, on: string, device = "eth0"): Promise<number> {
  return eventually(`${vip} on ${on} alone`, async () => {
    const holders = await Promise.all(
      DIRECTORS.map(async ({ name }) => ((await hasVip(lab.host(name), vip, device).catch(() => false)) ? [name] : [])),
    );
    return holders.flat().join() === on;
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** How long a VIP does not answer while something happens to its director. */
async function outage(vip: string, happens: () => Promise<unknown>): Promise<number> {
  const load = lab.startLoad({ url: `http://${vip}/`, perSecond: 20, timeoutMs: 500 });
  await pause(500);
  await happens();
  await pause(4000);
  const { failures } = await load.stop();
  return failures.length * 50;
}

async function log(name: string, file: string): Promise<string[]> {
  return (await lab.host(name).run(`cat ${file} 2>/dev/null || true`)).trim().split("\n");
}

test("each instance is at home on its own director", async () => {
  await deploy();
  await Promise.all([settles(LB, "lb1"), settles(INSIDE, "lb1", "eth1"), settles(API, "lb2")]);
  expect((await lab.request(`http://${LB}/`)).status).toBe(200);
  expect((await lab.request(`http://${API}/`)).status).toBe(200);
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
});

test("multicast with AH: the VIP is where it belongs, on a virtual MAC", async () => {
  await settles(GUESTS, "lb3", "vrrp.54");
  const lb2 = lab.host("lb2");
  await lb2.run(`ping -c 1 -W 2 ${GUESTS}`);
  expect(await lb2.run(`ip neighbour show ${GUESTS}`)).toContain("00:00:5e:00:01:36");
});

test("adverts over IPv6: one director has the VIP and answers for it, until an interface that it tracks is lost", async () => {
  await settles(SIX, "lb2");
  const reach = () =>
    eventually("it answers", () =>
      lab
        .host("web1")
        .run(`ping -c 1 -W 2 ${SIX}`)
        .then(() => true),
    );
  await reach();
  await lab.host("lb2").run("ip link set eth1 down");
  tell(`a tracked interface lost between IPv6 directors: ${await settles(SIX, "lb1")} ms`);
  await reach();
  await lab.host("lb2").run("ip link set eth1 up");
  await settles(SIX, "lb2");
});

test("routes and rules are where the VIPs are", async () => {
  const routes = "ip route show table 200 2>/dev/null; ip rule show pref 200";
  const here = await lab.host("lb1").run(routes);
  expect(here).toContain("203.0.113.0/24 via 198.51.100.1 dev eth1");
  expect(here).toContain("from 198.51.100.254 lookup 200");
  expect(await lab.host("lb2").run(`${routes}; true`)).toBe("");
});

test("notify programs are told what became what", async () => {
  // Programs are started when the VIPs are there.
  await expectSoon(
    () => log("lb1", "/run/notify.log"),
    expect.arrayContaining(["GROUP together MASTER 0", expect.stringMatching(/^INSTANCE lb MASTER 1[57]0$/)]),
  );
  await expectSoon(() => log("lb2", "/run/notify.log"), expect.arrayContaining(["GROUP together BACKUP 0"]));
});

test("the cloud hears where its VIPs are, also when a deploy adds one under a master", async () => {
  const call = "ec2 assign-private-ip-addresses --allow-reassignment --network-interface-id eni-lb2";
  await expectSoon(async () => (await log("lb2", "/run/aws.log")).at(-1), `${call} --private-ip-addresses ${API}`);
  const before = await log("lb1", "/run/aws.log");
  const output = await deploy({ MORE_VIPS: "1" });
  expect(output).toContain("moved the VIPs of VRRP instance api");
  expect((await log("lb2", "/run/aws.log")).at(-1)).toBe(`${call} --private-ip-addresses ${API} 192.0.2.102`);
  expect(await log("lb1", "/run/aws.log")).toEqual(before);
  expect(await deploy({ MORE_VIPS: "1" })).toContain("No changes.");
});

test("a script that fails moves the VIPs of its instance alone, and back", async () => {
  await lab.host("lb2").run("touch /run/unfit");
  await settles(API, "lb1");
  expect(await hasVip(lab.host("lb1"), LB)).toBe(true);
  // Programs are started when the VIPs are there.
  const call = `eni-lb1 --private-ip-addresses ${API} 192.0.2.102`;
  await eventually(
    "the cloud hears of it",
    async () => (await log("lb1", "/run/aws.log")).at(-1)?.includes(call) ?? false,
  );
  await lab.host("lb2").run("rm /run/unfit");
  await settles(API, "lb2");
});

test("a number in a file moves the group, and back", async () => {
  await lab.host("lb1").run("echo -120 >/run/preference");
  await Promise.all([settles(LB, "lb2"), settles(INSIDE, "lb2", "eth1")]);
  await lab.host("lb1").run("echo 0 >/run/preference");
  await Promise.all([settles(LB, "lb1"), settles(INSIDE, "lb1", "eth1")]);
});

test("the group fails over as one when one of its interfaces is lost", async () => {
  await lab.host("lb1").run("ip link set eth1 down");
  await Promise.all([settles(LB, "lb2"), settles(INSIDE, "lb2", "eth1")]);
  await lab.host("lb1").run("ip link set eth1 up");
  await Promise.all([settles(LB, "lb1"), settles(INSIDE, "lb1", "eth1")]);
});

test("directors speak BFD with each other", async () => {
  const journal = await lab.host("lb1").run("journalctl -u keepalived -o cat");
  expect(journal).toContain("(director-secondary) Entering Up state");
});

test("the interface of the VIPs goes down, that of the adverts stays up", async () => {
  await settles(API, "lb2");
  const [lb1, lb2] = [lab.host("lb1"), lab.host("lb2")];
  // Nobody can log in meanwhile.
  await lb2.run("systemd-run sh -c 'sleep 1; ip link set eth0 down; sleep 12; ip link set eth0 up'");
  const ms = await eventually("lb1 answers for the VIP", async () => {
    return (await hasVip(lb1, API)) && (await lab.request(`http://${API}/`, { timeoutMs: 500 })).status === 200;
  });
  tell(`the interface of the VIPs lost: ${ms} ms`);
  await lb1.run("ping -c 1 -W 2 198.51.100.12");
  expect((await lb1.exec("ping -c 1 -W 2 192.0.2.12")).code).not.toBe(0);
  await settles(API, "lb2");
  expect(await lb2.run("journalctl -u keepalived -o cat")).toContain("(api) Entering FAULT STATE");
});

test("each director tells of its connections, and hears of those of the others", async () => {
  const words = "(mcast=eth0, syncid=51, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)";
  for (const { name } of DIRECTORS) {
    const daemons = await lab.host(name).run("ipvsadm -L --daemon");
    expect(daemons).toBe(`master sync daemon ${words}\nbackup sync daemon ${words}\n`);
  }
});

test("connections of both instances live through the crash of the secondary, and through its return", async () => {
  const conversations = [API, LB].map((address) => lab.startEcho({ address, everyMs: 200 }));
  await pause(5000);
  await lab.host("lb2").crash();
  await settles(API, "lb1");
  await lab.host("lb2").start();
  await lab.host("lb2").waitForSsh();
  tell(`the VIP of the second instance back on the secondary: ${await settles(API, "lb2")} ms`);
  await pause(3000);
  for (const conversation of conversations) {
    const report = await conversation.stop();
    tell(`a connection through a crash and the return: ${JSON.stringify(report)}`);
    expect(report).toMatchObject({ received: report.sent, brokenBy: null });
  }
  await expectAsDeployed(lab.host("lb2"), "director");
});

test("BFD, and adverts with an authentication header, are taken from directors alone", async () => {
  const [lb1, stranger] = [lab.host("lb1"), lab.host("web1")];
  // Any packet of that protocol and to that port: whether it would be believed does not matter.
  const header = String.raw`use Socket; socket(S, PF_INET, SOCK_RAW, 51) or die $!;
    for (1 .. 3) { send(S, "x" x 44, 0, sockaddr_in(0, inet_aton("192.0.2.11"))) or die $! }`;
  await stranger.run(`perl -e '${header}'`);
  await stranger.run("bash -c 'for time in 1 2; do echo bfd >/dev/udp/192.0.2.11/3784; done'");
  expect([await dropped(lb1, "meta l4proto ah"), await dropped(lb1, "udp dport { 3784, 4784 }")]).toEqual([3, 2]);
  await settles(GUESTS, "lb3", "vrrp.54");
  expect(await lb1.run("journalctl -u keepalived -o cat | grep 'Entering .* state' | tail -n 1")).toContain("Up");
});

test("adverts of a fraction of a second: the VIPs answer again in about a second", async () => {
  const outageMs = await outage(API, () => lab.host("lb2").crash());
  tell(`failover with adverts every 0.3 s: ${outageMs} ms without an answer`);
  await settles(API, "lb1");
  expect(outageMs).toBeLessThan(3000);
});

test("the further backup takes over when both others are gone, and knows their connections", async () => {
  const conversations = [API, LB].map((address) => lab.startEcho({ address, everyMs: 200 }));
  await pause(5000);
  await lab.host("lb1").crash();
  await Promise.all([settles(LB, "lb3"), settles(INSIDE, "lb3", "eth1"), settles(API, "lb3")]);
  expect((await lab.request(`http://${API}/`)).status).toBe(200);
  for (const conversation of conversations) {
    const report = await conversation.stop();
    expect(report).toMatchObject({ received: report.sent, brokenBy: null });
  }
});
