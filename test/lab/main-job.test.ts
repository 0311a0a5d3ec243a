import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import {
  answers,
  check,
  defined,
  DIRECTORS,
  eventually,
  expectAsDeployed,
  expectSoon,
  hasVip,
  PASSWORD,
  servers,
  table,
  traces,
  VIP,
  VIP6,
  WEB_SERVERS,
  tell,
} from "./hosts";

jest.setTimeout(10 * 60_000);

const URL = `http://${VIP}/`;
const VIPS = [VIP, VIP6];
const DEFINITION = { director: "pair", vips: VIPS, servers: servers() } as const;

let lab: Lab;
let deployment: Deployment;
const tracesBefore: Record<string, string> = {};

beforeAll(async () => {
  // The directors have no packages yet.
  const directors = DIRECTORS.map((host) => ({ ...host, image: "bare" as const }));
  lab = await Lab.up({ hosts: [...directors, ...WEB_SERVERS], progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/web.ts", env: { TF_VAR_vrrp_password: PASSWORD } });
  for (const { name } of WEB_SERVERS) tracesBefore[name] = await traces(lab.host(name));
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(definition: Parameters<typeof defined>[0]): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy(defined(definition));
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

test("a deploy from nothing installs the packages and brings the service up", async () => {
  const output = await deploy(DEFINITION);
  expect(output).toContain("installing ipvsadm keepalived");
  expect(output).not.toContain(PASSWORD);
  expect(output).not.toContain("output suppressed");
  expect(await hasVip(lab.host("lb1"))).toBe(true);
  await expectSoon(() => hasVip(lab.host("lb2")), false);
  for (const name of ["lb1", "lb2"]) {
    expect(await table(lab.host(name))).toEqual([
      `-A -t ${VIP}:80 -s wlc`,
      `-a -t ${VIP}:80 -r 192.0.2.21:80 -g -w 2`,
      `-a -t ${VIP}:80 -r 192.0.2.22:80 -g -w 2`,
      `-A -t [${VIP6}]:80 -s wlc`,
      `-a -t [${VIP6}]:80 -r [2001:db8:2::21]:80 -g -w 2`,
      `-a -t [${VIP6}]:80 -r [2001:db8:2::22]:80 -g -w 2`,
    ]);
  }
});

test("both real servers answer, over IPv4 and IPv6", async () => {
  expect(await answers(lab, URL, 20)).toEqual({ web1: 10, web2: 10 });
  expect(await answers(lab, `http://[${VIP6}]/`, 20)).toEqual({ web1: 10, web2: 10 });
});

test("the password is on the directors and nowhere else", async () => {
  const conf = await lab.host("lb1").readFile("/etc/keepalived/keepalived.conf");
  expect(conf).toContain(`auth_pass "${PASSWORD}"`);
  expect(await lab.host("lb1").run("stat -c '%a %U' /etc/keepalived/keepalived.conf /etc/cdktf-lvs")).toBe(
    "600 root\n700 root\n",
  );
  const found = await lab.host("lb1").exec(`grep -rlF '${PASSWORD}' /tmp /root /run /var/log /etc`);
  expect(found.stdout.trim().split("\n").sort()).toEqual([
    expect.stringMatching(/^\/etc\/cdktf-lvs\/director\/current\/files\/\d$/),
    "/etc/keepalived/keepalived.conf",
  ]);
});

test("a second deploy changes nothing", async () => {
  expect(await deploy(DEFINITION)).toContain("No changes.");
});

test("check finds nothing on any host", async () => {
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
  for (const { name } of WEB_SERVERS)
    expect((await check(lab.host(name), "real-server")).stdout).toContain("as deployed");
});

test("a changed weight drops no request", async () => {
  const pid = await lab.host("lb1").run("systemctl show -P MainPID keepalived");
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const output = await deploy({ ...DEFINITION, servers: servers({ web1: { weight: 6 } }) });
  const report = await load.stop();
  tell(`weight change under load: ${JSON.stringify(report)}`);
  expect(output).toContain("reloaded keepalived");
  expect(report.failures).toEqual([]);
  expect(report.ok).toBe(report.sent);
  expect(await lab.host("lb1").run("systemctl show -P MainPID keepalived")).toBe(pid);
  expect(await table(lab.host("lb1"))).toContain(`-a -t ${VIP}:80 -r 192.0.2.21:80 -g -w 6`);
});

test("a real server that leaves is drained, then removed, then cleaned, and no request fails", async () => {
  const slow = Array.from({ length: 6 }, () => lab.request(`${URL}slow?ms=15000`, { timeoutMs: 60_000 }));
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const output = await deploy({ ...DEFINITION, servers: servers({ web2: { decommission: true } }) });
  const report = await load.stop();
  tell(`removal under load: ${JSON.stringify(report)}`);
  expect(output).toContain("weight 0: -t 192.0.2.100:80 -r 192.0.2.22:80");
  expect(output).toContain("no active connections left");
  expect(report.failures).toEqual([]);
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(await table(lab.host("lb1"))).not.toContainEqual(expect.stringContaining("192.0.2.22"));
  expect(await traces(lab.host("web2"))).toBe(tracesBefore["web2"]);
});

test("it comes back, and weight 0 keeps it without new connections", async () => {
  await deploy({ ...DEFINITION, servers: servers({ web2: { weight: 0 } }) });
  const rule = `-a -t ${VIP}:80 -r 192.0.2.22:80 -g -w 0`;
  await eventually("it is in the table", async () => (await table(lab.host("lb1"))).includes(rule));
  expect(await answers(lab, URL, 10)).toEqual({ web1: 10 });
  await deploy(DEFINITION);
  // wlc makes up for what web1 has had meanwhile, so all of them may go to web2 at first.
  expect((await answers(lab, URL, 20))["web2"]).toBeGreaterThan(0);
});

test("what the backup refuses never reaches the master", async () => {
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const { code, stdout } = await deployment.deploy(defined({ ...DEFINITION, interface: "bond7" }));
  expect(code).toBe(1);
  expect(stdout).toContain("FAILED web/lb (192.0.2.12), secondary at preflight: this host has no interface bond7");
  expect(stdout).not.toContain("primary, as director");
  expect(await deploy(DEFINITION)).toContain("DONE web/lb (192.0.2.11), primary: no change");
  expect((await load.stop()).failures).toEqual([]);
});

test("a change made by hand is found", async () => {
  const lb1 = lab.host("lb1");
  await lb1.run(
    "cp -p /etc/keepalived/keepalived.conf /root/kept && echo '# by hand' >> /etc/keepalived/keepalived.conf",
  );
  const file = await check(lb1, "director");
  expect(file.code).toBe(2);
  expect(file.stdout).toContain("/etc/keepalived/keepalived.conf was changed by hand:\n  + # by hand\n");
  await lb1.run("mv /root/kept /etc/keepalived/keepalived.conf && ipvsadm -D -t 192.0.2.100:80");
  const rules = await check(lb1, "director");
  expect([rules.code, rules.stdout]).toEqual([
    2,
    expect.stringContaining("service not in the IPVS table: -A -t 192.0.2.100:80"),
  ]);
  await lb1.run("ipvsadm -A -t 192.0.2.200:80");
  expect((await check(lb1, "director")).stdout).toContain("more than was deployed: -A -t 192.0.2.200:80");
  await lb1.run("ipvsadm -D -t 192.0.2.200:80; systemctl restart keepalived");
  await eventually("lb1 is master again", () => hasVip(lb1));
  const web1 = lab.host("web1");
  await web1.run("ip address delete 192.0.2.100/32 dev lo; echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore");
  const realServer = await check(web1, "real-server");
  expect(realServer.stdout).toContain("drift: 192.0.2.100 is not on lo");
  expect(realServer.stdout).toContain("drift: net/ipv4/conf/all/arp_ignore is 0, not 1");
  await web1.run("echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore; ip address add 192.0.2.100/32 dev lo");
});

test("a real server that dies is taken out by its check", async () => {
  await lab.host("web2").crash();
  const ms = await eventually("web2 is out of the table", async () =>
    (await table(lab.host("lb1"))).every((rule) => !rule.includes("192.0.2.22")),
  );
  tell(`real server crash: out of the table after ${ms} ms`);
  expect(await answers(lab, URL, 10)).toEqual({ web1: 10 });
  await lab.host("web2").start();
  await eventually("web2 is back in the table", async () =>
    (await table(lab.host("lb1"))).some((rule) => rule.includes("192.0.2.22")),
  );
});

test("the other director takes over when one dies", async () => {
  await eventually("lb1 is master", () => hasVip(lab.host("lb1")));
  await lab.host("lb1").crash();
  const ms = await eventually("the VIP answers again", async () => {
    return (await lab.request(URL, { timeoutMs: 300 })).status === 200;
  });
  tell(`director crash: the VIP answered again after ${ms} ms`);
  expect(await hasVip(lab.host("lb2"))).toBe(true);
  await lab.host("lb1").start();
  await eventually("lb1 is master again", () => hasVip(lab.host("lb1")), 90_000);
});

test("everything comes back by itself after every host was rebooted", async () => {
  await Promise.all([...DIRECTORS, ...WEB_SERVERS].map(({ name }) => lab.host(name).reboot()));
  await eventually("lb1 is master", () => hasVip(lab.host("lb1")), 120_000);
  await eventually("both real servers are in the table", async () => (await table(lab.host("lb1"))).length === 6);
  expect(await answers(lab, URL, 10)).toEqual({ web1: 5, web2: 5 });
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
  for (const { name } of WEB_SERVERS)
    expect((await check(lab.host(name), "real-server")).stdout).toContain("as deployed");
});

test("destroy leaves clean hosts", async () => {
  const { code, stdout } = await deployment.destroy(defined(DEFINITION));
  expect([code, stdout]).toEqual([0, expect.stringContaining("Destroy complete")]);
  for (const { name } of WEB_SERVERS) expect(await traces(lab.host(name))).toBe(tracesBefore[name]);
  for (const { name } of DIRECTORS) {
    const left = await traces(lab.host(name));
    expect(left.split("\n").filter((line) => !line.startsWith("ls: cannot access"))).not.toContainEqual(
      expect.stringMatching(/cdktf|192\.0\.2\.100|2001:db8:2::100|127\.112/),
    );
    expect(left).toMatch(/^inactive$/m);
  }
});
