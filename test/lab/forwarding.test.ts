import { isDeepStrictEqual } from "node:util";
import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { check, eventually, expectAsDeployed, expectSoon, hasVip, table, tell, traces } from "./hosts";

jest.setTimeout(10 * 60_000);

const DIRECTORS: readonly HostOptions[] = [11, 12].map((number) => ({
  name: `lb${number - 10}`,
  address: `192.0.2.${number}`,
  moreAddresses: [`198.51.100.${number}`],
  services: ["web"],
  webPorts: [8082],
}));
const NAT: readonly HostOptions[] = [21, 22].map((number) => ({
  name: `nat${number}`,
  address: `198.51.100.${number}`,
  services: ["web", "udp", "sctp"],
  webPorts: [8080, 8081],
}));
const TUNNEL: readonly HostOptions[] = ["ipip", "gre", "gue", "six"].map((name, index) => ({
  name,
  address: `203.0.113.${21 + index}`,
  services: ["web"],
}));
const SEGMENTS = [
  { name: "inside", ipv4: "198.51.100.0/24", ipv6: "2001:db8:100::/64" },
  { name: "remote", ipv4: "203.0.113.0/24", ipv6: "2001:db8:113::/64" },
];
const REAL_SERVERS = [...NAT, ...TUNNEL];
/** Two VIPs lead to one port of the NAT real servers, and others to further ports. */
const NAT_ENDS = [
  { protocol: "http", address: "192.0.2.101", requests: 4 },
  { protocol: "http", address: "192.0.2.105", requests: 4 },
  { protocol: "http", address: "192.0.2.105", port: 8081, requests: 4 },
  { protocol: "http", address: "2001:db8:2::101", requests: 4 },
  { protocol: "udp", address: "192.0.2.101", port: 53, requests: 4 },
  { protocol: "sctp", address: "192.0.2.101", requests: 4, from: "client" },
] as const;

let lab: Lab;
let deployment: Deployment;
const tracesBefore: Record<string, string> = {};

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS, ...REAL_SERVERS, CLIENT], segments: SEGMENTS, progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/forwarding.ts", withoutCli: true });
  for (const { name } of REAL_SERVERS) tracesBefore[name] = await network(name);
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

const CLIENT: HostOptions = { name: "client", address: "192.0.2.30" };

/** What a deploy changes on a real server, but for the devices that come with a kernel module and stay like it. */
async function network(name: string): Promise<string> {
  const host = lab.host(name);
  const routes =
    "ip rule; ip -6 rule; ip route; ip route show table 112 2>/dev/null; ip fou show; ip -brief link | tr -s ' '";
  const lines = ((await traces(host)) + (await host.run(`${routes}; true`))).split("\n");
  return lines.filter((line) => !/^((tunl|sit|gre|gretap|erspan|ip6tnl|ip6gre)0\b|0$)/.test(line)).join("\n");
}

async function deploy(env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy(env);
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Whether GUE carries packets with a checksum; deploys of other tests set it on their way. */
async function gueAnswers(checksum: string): Promise<void> {
  expect(
    (await table(lab.host("lb1"))).filter((rule) => rule.includes(`--tun-port 5555 --tun-${checksum}`)),
  ).toHaveLength(2);
  for (const vip of ["192.0.2.104", "2001:db8:2::104"]) expect(await httpAnswers(vip)).toEqual({ gue: 4 });
}

async function httpAnswers(address: string, requests = 4): Promise<Record<string, number>> {
  return lab.answers({ protocol: "http", address, requests });
}

test("a pair, NAT and tunnel real servers in other segments, from one definition", async () => {
  await deploy();
  expect((await table(lab.host("lb1"))).filter((rule) => rule.startsWith("-a"))).toEqual(
    expect.arrayContaining([
      "-a -t 192.0.2.101:80 -r 198.51.100.21:8080 -m -w 1",
      "-a -t 192.0.2.102:80 -r 203.0.113.21:80 -i -w 1 --tun-type ipip",
      "-a -t 192.0.2.103:80 -r 203.0.113.22:80 -i -w 1 --tun-type gre --tun-csum",
      "-a -t 192.0.2.104:80 -r 203.0.113.23:80 -i -w 1 --tun-type gue --tun-port 5555 --tun-nocsum",
      "-a -t [2001:db8:2::102]:80 -r 203.0.113.21:80 -i -w 1 --tun-type ipip",
      "-a -t [2001:db8:2::103]:80 -r [2001:db8:113::22]:80 -i -w 1 --tun-type gre --tun-csum",
      "-a -t 192.0.2.107:80 -r [2001:db8:113::24]:80 -i -w 1 --tun-type ipip",
    ]),
  );
});

test("NAT answers over IPv4 and IPv6, and for UDP and SCTP", async () => {
  for (const end of NAT_ENDS) expect(await lab.answers(end)).toEqual({ nat21: 2, nat22: 2 });
});

test.each(["192.0.2.106", "2001:db8:2::106"])(
  "the director that has the VIPs is the sorry server at %s",
  async (address) => {
    const sorry = { protocol: "http", address, port: 8082, requests: 2 } as const;
    const itself = async () => isDeepStrictEqual(await lab.answers(sorry), { lb1: 2 });
    await eventually("lb1 is the sorry server", itself);
  },
);

test.each([
  ["IP in IP", "192.0.2.102", "ipip"],
  ["IPv6 in IPv4", "2001:db8:2::102", "ipip"],
  ["GRE", "192.0.2.103", "gre"],
  ["GRE over IPv6", "2001:db8:2::103", "gre"],
  ["GUE", "192.0.2.104", "gue"],
  ["GUE over IPv6", "2001:db8:2::104", "gue"],
  ["IPv4 in IPv6", "192.0.2.107", "six"],
  ["IPv6 in IPv6", "2001:db8:2::107", "six"],
])("a tunnel by %s answers", async (_kind, vip, name) => {
  expect(await httpAnswers(vip)).toEqual({ [name]: 4 });
});

test("a second deploy changes nothing, and check agrees", async () => {
  expect(await deploy()).toContain("No changes.");
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
  for (const { name } of REAL_SERVERS) {
    expect((await check(lab.host(name), "real-server")).stdout).toContain("as deployed");
  }
});

test("check finds a link and a rule that somebody deleted", async () => {
  await lab.host("gre").run("ip link delete lvs-gre");
  expect((await check(lab.host("gre"), "real-server")).stdout).toContain("drift: missing: ip link add name lvs-gre");
  await lab.host("nat21").run("ip rule delete pref 11200 from 198.51.100.21 ipproto tcp sport 8080 table 112");
  expect((await check(lab.host("nat21"), "real-server")).stdout).toContain("drift: missing: ip rule add pref 11200");
  const rebooted = ["gre", "nat21", "ipip", "gue"];
  await Promise.all(rebooted.map((name) => lab.host(name).reboot()));
  for (const name of rebooted) {
    expect((await check(lab.host(name), "real-server")).stdout).toContain("as deployed");
  }
  for (const end of NAT_ENDS) {
    const both = async () => isDeepStrictEqual(await lab.answers(end), { nat21: 2, nat22: 2 });
    await eventually(`nat21 answers ${end.protocol} for ${end.address} again`, both);
  }
  for (const [number, name] of [
    [2, "ipip"],
    [3, "gre"],
    [4, "gue"],
  ] as const) {
    for (const vip of [`192.0.2.10${number}`, `2001:db8:2::10${number}`]) {
      await eventually(`${name} answers at ${vip}`, async () => (await httpAnswers(vip, 1))[name] === 1);
    }
  }
});

test("a rule that is no longer needed stays for one deploy, and then goes", async () => {
  const rules = () => lab.host("nat22").run("ip rule show pref 11200");
  expect(await rules()).toContain("ipproto udp sport 5000");
  const output = await deploy({ WITHOUT_UDP: "1", GUE_CHECKSUM: "csum" });
  expect(output).toContain("stays until the next change of this host: ip rule add pref 11200");
  await gueAnswers("csum");
  await deploy({ GUE_CHECKSUM: "remcsum" });
  expect(await rules()).toContain("ipproto udp sport 5000");
  await gueAnswers("remcsum");
});

test("everything of a real server goes through the director, but its login", async () => {
  const nat22 = lab.host("nat22");
  const way = (packet: string) => nat22.run(`ip route get ${packet}`);
  expect(await way("203.0.113.23")).toContain("via 198.51.100.254 ");
  expect(await way("2001:db8:113::23")).toContain("via 2001:db8:100::254 ");
  expect(await way("203.0.113.23 ipproto tcp sport 22")).toContain("via 198.51.100.1 ");
  expect(await way("198.51.100.21")).not.toContain("via");
  // And it gets there.
  const far = { protocol: "http", address: "203.0.113.23", requests: 1, from: "nat22" } as const;
  expect(await lab.answers(far)).toEqual({ gue: 1 });
  await nat22.reboot();
  expect((await check(nat22, "real-server")).stdout).toContain("as deployed");
  expect(await way("203.0.113.23")).toContain("via 198.51.100.254 ");
});

test("another inside address takes the place of the old one", async () => {
  await deploy({ GATEWAY: "198.51.100.253" });
  await eventually("NAT answers", async () => Object.keys(await httpAnswers("192.0.2.101")).length === 2);
  for (const name of ["nat21", "nat22"]) {
    expect(await lab.host(name).run("ip route show table 112")).toMatch(/^default via 198\.51\.100\.253 /);
    expect((await check(lab.host(name), "real-server")).stdout).toContain("as deployed");
  }
});

test("the inside address moves with the VIPs when a director dies", async () => {
  await eventually("lb1 has the inside address", () => hasVip(lab.host("lb1"), "198.51.100.253", "eth1"));
  await lab.host("lb1").crash();
  const ms = await eventually("the NAT service answers again", async () => {
    return (await lab.request("http://192.0.2.101/", { timeoutMs: 300 })).status === 200;
  });
  tell(`NAT director crash: the VIP answered again after ${ms} ms`);
  expect(await hasVip(lab.host("lb2"), "198.51.100.253", "eth1")).toBe(true);
  await expectSoon(() => httpAnswers("2001:db8:2::101"), { nat21: 2, nat22: 2 });
  expect((await lab.request("http://192.0.2.106:8082/")).body.trim()).toBe("lb2");
  await lab.host("lb1").start();
  await eventually("lb1 is master again", () => hasVip(lab.host("lb1"), "198.51.100.253", "eth1"), 90_000);
});

test("a director whose inside interface goes down gives up everything", async () => {
  await lab.host("lb1").run("ip link set eth1 down");
  const ms = await eventually("the NAT service answers again", async () => {
    return (await lab.request("http://192.0.2.101/", { timeoutMs: 300 })).status === 200;
  });
  tell(`inside interface of the director down: the VIP answered again after ${ms} ms`);
  await eventually("lb1 gave up its VIPs", async () => !(await hasVip(lab.host("lb1"), "192.0.2.101")));
  await lab.host("lb1").reboot();
  await eventually("lb1 is master again", () => hasVip(lab.host("lb1"), "192.0.2.101"), 90_000);
});

test("destroy leaves nothing on the real servers", async () => {
  const { code } = await deployment.destroy();
  expect(code).toBe(0);
  for (const { name } of REAL_SERVERS) expect(await network(name)).toBe(tracesBefore[name]);
});
