import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import type { FirewallDefinition } from "./apps/firewall";
import { check, DIRECTORS, dropped, eventually, expectAsDeployed, hasVip, tell, VIP } from "./hosts";

jest.setTimeout(15 * 60_000);

const URL = `http://${VIP}/`;
const OPEN: FirewallDefinition = { ports: [80, 8080] };
const GUARDED: FirewallDefinition = {
  ...OPEN,
  firewall: { servicesOnly: true },
  allowedClients: ["192.0.2.1", "192.0.2.48/28"],
};

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  const web = { web: true, webPorts: [80, 8080] } as const;
  lab = await Lab.up({
    hosts: [
      ...DIRECTORS,
      { name: "web1", address: "192.0.2.21", ...web },
      { name: "web2", address: "192.0.2.22", ...web },
      { name: "client", address: "192.0.2.50", image: "bare" },
      { name: "stranger", address: "192.0.2.70", image: "bare" },
    ],
    progress: tell,
  });
  deployment = new Deployment(lab, { app: "test/lab/apps/firewall.ts", withoutCli: true });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(definition: FirewallDefinition): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy({ FIREWALL: JSON.stringify(definition) });
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The real server that a client's requests to both ports of the site land on; more than one would be wrong. */
async function served(from?: string, timeoutMs = 5000): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const port of [80, 8080]) {
    const question = { protocol: "http", address: VIP, port, requests: 2, timeoutMs } as const;
    const answers = await lab.answers({ ...question, ...(from !== undefined && { from }) });
    for (const [answer, count] of Object.entries(answers)) counts[answer] = (counts[answer] ?? 0) + count;
  }
  return counts;
}

test("ports 80 and 443 of a site, here 80 and 8080, lead each client to one real server", async () => {
  await deploy(OPEN);
  const here = await served();
  const there = await served("client");
  tell(`without a firewall: ${JSON.stringify({ here, there })}`);
  expect(Object.values(here)).toEqual([4]);
  expect(Object.values(there)).toEqual([4]);
});

test("a firewall comes up under load: no request fails, and the VIP stays", async () => {
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const output = await deploy(GUARDED);
  const report = await load.stop();
  tell(`firewall under load: ${JSON.stringify(report)}`);
  expect(report.failures).toEqual([]);
  expect(output).toContain("loaded the nftables table");
  expect(output).not.toContain("reloaded keepalived");
  expect([await hasVip(lab.host("lb1")), await hasVip(lab.host("lb2"))]).toEqual([true, false]);
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
});

test("clients of the list reach the site, others do not, and nobody reaches more", async () => {
  expect(Object.values(await served("client"))).toEqual([4]);
  expect(await served("stranger", 2000)).toEqual({ "(no answer)": 4 });
  expect(await dropped(lab.host("lb1"), "tcp dport { 80, 8080 } ip saddr !=")).toBeGreaterThanOrEqual(4);
  expect((await lab.host("client").exec(`timeout 3 bash -c 'exec 3<>/dev/tcp/${VIP}/22'`)).code).toBe(124);
});

/** An advert of VRID 51 with the highest priority, which only its source tells from a true one. */
const FORGED = String.raw`perl -e 'use Socket; socket(S, PF_INET, SOCK_RAW, 112) or die $!;
  my $advert = pack("C8 a4 a8", 0x21, 51, 255, 1, 0, 1, 0, 0, inet_aton("127.112.0.51"), "");
  my $sum = 0; $sum += $_ for unpack("n*", $advert); $sum = ($sum & 0xffff) + ($sum >> 16);
  substr($advert, 6, 2) = pack("n", ~$sum & 0xffff);
  for (1 .. 5) { send(S, $advert, 0, sockaddr_in(0, inet_aton($_))) or die $! for @ARGV; select undef, undef, undef, 0.5 }'`;

/** To the group that the backup listens to, and to both directors. */
const FORGED_SYNC = "for to in 224.0.0.81 192.0.2.11 192.0.2.12; do echo sync >/dev/udp/$to/8848; done";

test("adverts and synchronisation of a stranger are dropped, the VIP stays, and directors hear each other", async () => {
  await lab.host("stranger").run(`${FORGED} 192.0.2.11 192.0.2.12`);
  await lab.host("stranger").run(`bash -c '${FORGED_SYNC}'`);
  const [lb1, lb2] = [lab.host("lb1"), lab.host("lb2")];
  expect([await dropped(lb1, "meta l4proto vrrp"), await dropped(lb2, "meta l4proto vrrp")]).toEqual([5, 5]);
  expect([await dropped(lb1, "udp dport 8848"), await dropped(lb2, "udp dport 8848")]).toEqual([1, 2]);
  const connections = await lb2.run("ipvsadm -Lcn | grep -c 192.0.2.100:");
  tell(`connections that the backup has from the master: ${connections.trim()}`);
  expect(Number(connections)).toBeGreaterThan(0);
  expect([await hasVip(lb1), await hasVip(lb2)]).toEqual([true, false]);
});

test("without the firewall the same adverts take the VIP away", async () => {
  await lab.host("lb1").run("nft delete chain inet cdktf_lvs firewall");
  const forging = lab.host("stranger").run(`${FORGED} 192.0.2.11 192.0.2.12`);
  await eventually("lb1 has lost the VIP", async () => !(await hasVip(lab.host("lb1"))), 20_000);
  await forging;
  expect((await check(lab.host("lb1"), "director")).stdout).toContain("drift: the nftables table is not as deployed");
  await lab.host("lb1").run("systemctl restart cdktf-lvs-nftables");
  await eventually("lb1 is master again", () => hasVip(lab.host("lb1")));
  const compared = async () => (await check(lab.host("lb1"), "director")).stdout.includes("as deployed");
  await eventually("all is as deployed", compared, 20_000);
});

test("another port: the marks change, keepalived does not", async () => {
  const output = await deploy({ ...GUARDED, ports: [80, 8080, 8081] });
  expect(output).toContain("loaded the nftables table");
  expect(output).not.toContain("keepalived");
});

test("the other director takes over with the firewall on, and gives back", async () => {
  await eventually("lb1 is master", () => hasVip(lab.host("lb1")));
  await lab.host("lb1").crash();
  const ms = await eventually(
    "the VIP answers again",
    async () => (await lab.request(URL, { timeoutMs: 300 })).status === 200,
  );
  tell(`director crash with the firewall on: the VIP answered again after ${ms} ms`);
  expect(Object.values(await served("client"))).toEqual([4]);
  expect(await served("stranger", 2000)).toEqual({ "(no answer)": 4 });
  await lab.host("lb1").start();
  await lab.host("lb1").waitUntilBooted();
  await eventually("lb1 is master again", () => hasVip(lab.host("lb1")), 120_000);
  expect(Object.values(await served("client"))).toEqual([4]);
  await expectAsDeployed(lab.host("lb1"));
});

test("destroy leaves no table", async () => {
  expect((await deployment.destroy({ FIREWALL: JSON.stringify(GUARDED) })).code).toBe(0);
  for (const { name } of DIRECTORS) {
    const left = await lab.host(name).exec("nft list tables; ls -d /etc/systemd/system/nftables.service.d");
    expect(left.stdout).toBe("");
  }
});
