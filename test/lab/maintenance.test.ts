import { Lab } from "../../lab/lab";
import type { LabHost } from "../../lab/host";
import { HealthCheck } from "../../src/model/health-check";
import type { HostPlan } from "../../src/provisioners/host-plan";
import { removeScript } from "../../src/provisioners/remove-script";
import { checkedPlan, checkedService, WEB1, weighs } from "./checked-services";
import { apply } from "./direct";
import { check, eventually, tell, VIP } from "./hosts";

jest.setTimeout(5 * 60_000);

const ECHO = 7;
const WEB = 80;
const FILE = "/var/lib/cdktf-lvs/maintenance/web1";

let lab: Lab;
let director: LabHost;

beforeAll(async () => {
  const services = ["web", "echo"] as const;
  lab = await Lab.up({
    hosts: [
      { name: "lb1", address: "192.0.2.11" },
      { name: "web1", address: WEB1, services },
      { name: "web2", address: "192.0.2.22", services },
    ],
    progress: tell,
  });
  director = lab.host("lb1");
  for (const name of ["web1", "web2"]) {
    const quiet = "echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore; echo 2 >/proc/sys/net/ipv4/conf/all/arp_announce";
    await lab.host(name).run(`${quiet}; ip address add ${VIP}/32 dev lo`);
  }
});

afterAll(async () => {
  await lab?.down();
});

const quick = { connectTimeoutSeconds: 1, retries: 0, warmupSeconds: 0 };

/** Both services, with a switch for the first real server, or without. */
function plan(different: { switched?: boolean; weight?: number; version?: string } = {}): HostPlan {
  const { switched = true, weight = 2, version } = different;
  const first = { ...(switched && { maintenanceSwitch: "web1" }), weight };
  return checkedPlan(
    [ECHO, WEB].map((port) => checkedService(port, HealthCheck.tcp(quick), first)),
    version,
  );
}

async function deploy(what: HostPlan): Promise<string> {
  const { code, stdout } = await apply(director, what);
  if (code !== 0) throw new Error(`the deploy failed:\n${stdout}`);
  return stdout;
}

function program(args: string): ReturnType<LabHost["exec"]> {
  return director.exec(`sh /etc/cdktf-lvs/director/current/program ${args}`);
}

test("a host with an older keepalived is left as it is", async () => {
  const { code, stdout } = await apply(director, plan({ version: "2.2.8" }));
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining(
      "FAILED lb (192.0.2.11) at preflight: this host has keepalived 2.2.7, the definition is for 2.2.8",
    ),
  ]);
  expect(await director.run("ls -A /etc/keepalived /etc/cdktf-lvs")).not.toContain("keepalived.conf\n");
});

test("a connection goes on through maintenance, and new ones go elsewhere", async () => {
  await deploy(plan());
  expect((await program("maintenance")).stdout).toBe("web1 off\n");
  for (const port of [ECHO, WEB]) await weighs(director, "before", port, 2);
  const talking = (wanted: number) =>
    eventually(`${wanted} connections`, async () => {
      const lines = (await director.run("ipvsadm -Lnc")).split("\n");
      return lines.filter((line) => line.includes(" ESTABLISHED ") && line.includes(` ${VIP}:7 `)).length === wanted;
    });
  const before = [lab.startEcho({ address: VIP }), lab.startEcho({ address: VIP })];
  await talking(2);
  expect(await program("maintenance web1 on")).toMatchObject({ code: 0, stdout: "web1: maintenance on\n" });
  for (const port of [ECHO, WEB]) await weighs(director, "in maintenance", port, 0);
  expect(await lab.answers({ protocol: "http", address: VIP, requests: 6 })).toEqual({ web2: 6 });
  const during = [lab.startEcho({ address: VIP }), lab.startEcho({ address: VIP })];
  await talking(4);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const reports = await Promise.all([...before, ...during].map((echo) => echo.stop()));
  tell(`long connections through maintenance: ${JSON.stringify(reports)}`);
  expect(reports.map(({ host }) => host).sort()).toEqual(["web1", "web2", "web2", "web2"]);
  for (const { sent, received, brokenBy } of reports) expect([received, brokenBy]).toEqual([sent, null]);
});

test("maintenance is told, and is no difference from the last deploy", async () => {
  const { code, stdout } = await check(director, "director");
  expect([code, stdout]).toEqual([0, "note: web1 is in maintenance\nlb (192.0.2.11): as deployed\n"]);
  expect((await program("maintenance")).stdout).toBe("web1 on\n");
});

test("maintenance outlives hands, deploys, a restart of keepalived and a failed check", async () => {
  expect(await deploy(plan())).toContain("DONE lb (192.0.2.11): no change");
  // A weight given by hand is found and put back.
  await director.run(`ipvsadm -e -t ${VIP}:${WEB} -r ${WEB1}:${WEB} -g -w 5`);
  const { code, stdout } = await check(director, "director");
  expect([code, stdout]).toEqual([2, expect.stringContaining("drift: real server without its weight")]);
  expect(await deploy(plan({ weight: 3 }))).toContain(`put back: -a -t ${VIP}:${WEB} -r ${WEB1}:${WEB} -g -w 0`);
  for (const port of [ECHO, WEB]) await weighs(director, "after a deploy", port, 0);
  await director.run("systemctl restart keepalived");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const port of [ECHO, WEB]) await weighs(director, "after a restart", port, 0);
  await lab.host("web1").run("systemctl stop lab-web");
  await weighs(director, "failed", WEB, undefined);
  await lab.host("web1").run("systemctl start lab-web");
  await weighs(director, "recovered", WEB, 0);
  expect(await director.readFile(FILE)).toBe("1\n");
});

test("back in service with the weight of the last deploy", async () => {
  expect(await program("maintenance web1 off")).toMatchObject({ code: 0, stdout: "web1: maintenance off\n" });
  for (const port of [ECHO, WEB]) await weighs(director, "back", port, 3);
});

test.each([
  ["web9 on", 1, "no switch has the name web9; there are: web1"],
  ["web1 please", 64, "usage: program apply | check | repair | maintenance [NAME on|off] | remove"],
  ["web1", 64, "usage: program apply | check | repair | maintenance [NAME on|off] | remove"],
])("the command refuses: maintenance %s", async (args, status, message) => {
  const { code, stderr } = await program(`maintenance ${args}`);
  expect([code, stderr]).toEqual([status, expect.stringContaining(message)]);
});

test("a switch that leaves the definition leaves the director, and the real server is in service", async () => {
  await program("maintenance web1 on");
  await deploy(plan({ switched: false }));
  for (const port of [ECHO, WEB]) await weighs(director, "without a switch", port, 2);
  expect(await director.exec(`cat ${FILE}`)).toMatchObject({ code: 1 });
});

test("remove, and a first deploy that fails, leave no switch behind", async () => {
  await deploy(plan());
  expect(await director.readFile(FILE)).toBe("0\n");
  const { stdout } = await director.exec("sh -s", { stdin: removeScript("director") });
  expect(stdout).toContain("DONE lb (192.0.2.11): removed");
  const traces = "ls -A /var/lib | grep cdktf; ls -A /etc | grep cdktf; true";
  expect(await director.run(traces)).toBe("");
  const impossible = `${plan().rules}-A -t ${VIP}:9999 -s rr\n`;
  const failed = await apply(director, { ...plan(), rules: impossible, verifyTimeoutSeconds: 3 });
  expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining("service not in the IPVS table")]);
  expect(await director.run(traces)).toBe("cdktf-lvs\n");
  expect(await director.run("find /var/lib/cdktf-lvs /etc/cdktf-lvs 2>/dev/null; true")).toBe(
    "/etc/cdktf-lvs\n/etc/cdktf-lvs/director\n",
  );
});
