import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import {
  answers,
  check,
  defined,
  DIRECTORS,
  eventually,
  expectSoon,
  hasVip,
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
const DEFINITION = { director: "ipvsadm", vips: [VIP, VIP6], servers: servers(), user: "deploy" } as const;

let lab: Lab;
let deployment: Deployment;
let tracesBefore: string;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS.slice(0, 1), ...WEB_SERVERS], progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/web.ts", withoutCli: true });
  tracesBefore = await traces(lab.host("lb1"));
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

test("a table that somebody filled by hand is not taken over", async () => {
  await lab.host("lb1").run("ipvsadm -A -t 192.0.2.200:80");
  const { code, stdout } = await deployment.deploy(defined(DEFINITION));
  expect(code).toBe(1);
  expect(stdout).toContain("the IPVS table of this host has services already");
  expect(await table(lab.host("lb1"))).toEqual(["-A -t 192.0.2.200:80 -s wlc"]);
  await lab.host("lb1").run("ipvsadm -C");
});

test("plain rules and VIPs are there, deployed by a user with sudo", async () => {
  const { code, stdout, stderr } = await deployment.deploy(defined(DEFINITION));
  expect([code, stderr]).toEqual([0, expect.anything()]);
  expect(stdout).toContain("ipvsadm -A -t 192.0.2.100:80 -s wlc");
  expect(await hasVip(lab.host("lb1"))).toBe(true);
  expect(await answers(lab, URL, 10)).toEqual({ web1: 5, web2: 5 });
  expect(await answers(lab, `http://[${VIP6}]/`, 10)).toEqual({ web1: 5, web2: 5 });
  // Terraform's own last write comes after the script has ended.
  const left = () => lab.host("lb1").run("cd /home/deploy/.cdktf-lvs; ls -A run; stat -c '%a %U' . run");
  await expectSoon(left, "700 deploy\n700 deploy\n");
});

test("weights and real servers change by single steps, under load", async () => {
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const lighter = { ...DEFINITION, servers: servers({ web1: { weight: 1 }, web2: { weight: 0 } }) };
  expect((await deployment.deploy(defined(lighter))).code).toBe(0);
  expect(await table(lab.host("lb1"))).toContain(`-a -t ${VIP}:80 -r 192.0.2.22:80 -g -w 0`);
  const { web1 } = servers();
  const alone = await deployment.deploy(defined({ ...DEFINITION, servers: { web1: web1! } }));
  const report = await load.stop();
  tell(`ipvsadm changes under load: ${JSON.stringify(report)}`);
  expect(alone.stdout).toContain("ipvsadm -d -t 192.0.2.100:80 -r 192.0.2.22:80");
  expect(report.failures).toEqual([]);
  expect((await deployment.deploy(defined(DEFINITION))).code).toBe(0);
});

test("rules and VIPs are back after a reboot", async () => {
  await lab.host("lb1").reboot();
  await eventually("the VIP answers", async () => (await lab.request(URL, { timeoutMs: 500 })).status === 200);
  expect(await answers(lab, URL, 10)).toEqual({ web1: 5, web2: 5 });
  expect((await check(lab.host("lb1"), "director")).stdout).toContain("as deployed");
});

test("a rule changed by hand is found", async () => {
  await lab.host("lb1").run("ipvsadm -e -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 9");
  const { code, stdout } = await check(lab.host("lb1"), "director");
  expect([code, stdout]).toEqual([2, expect.stringContaining("-r 192.0.2.21:80 -g -w 9")]);
});

test("destroy leaves a clean host", async () => {
  expect((await deployment.destroy(defined(DEFINITION))).code).toBe(0);
  expect(await traces(lab.host("lb1"))).toBe(tracesBefore);
  const gone = async () => (await lab.host("lb1").exec("ls -d /home/deploy/.cdktf-lvs")).code === 2;
  await eventually("the directory for scripts is gone", gone, 10_000);
});
