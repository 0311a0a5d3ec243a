import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import { defined, DIRECTORS, eventually, hasVip, PASSWORD, servers, tell, VIP, WEB_SERVERS } from "./hosts";

jest.setTimeout(10 * 60_000);

const SECOND_VIP = "192.0.2.101";
const THIRD_VIP = "192.0.2.102";

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS, ...WEB_SERVERS], progress: tell });
  deployment = new Deployment(lab, {
    app: "test/lab/apps/web.ts",
    env: { TF_VAR_vrrp_password: PASSWORD },
    withoutCli: true,
  });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(...vips: string[]): Promise<void> {
  const { code, stdout } = await deployment.deploy(defined({ director: "pair", vips, servers: servers() }));
  expect([code, stdout]).toEqual([0, expect.stringContaining("Apply complete")]);
}

/** What the kernel of each director tells of a VIP while something goes on: `Deleted` lines among them. */
async function events(vip: string, work: () => Promise<void>): Promise<{ lb1: string[]; lb2: string[] }> {
  const hosts = [lab.host("lb1"), lab.host("lb2")] as const;
  expect(await Promise.all(hosts.map((host) => hasVip(host, vip)))).toEqual([true, false]);
  const listen = "ip -oneline monitor address >/run/addresses 2>&1 & echo $! >/run/listener";
  for (const host of hosts) await host.run(listen);
  await work();
  const told = `kill $(cat /run/listener); grep -F ' ${vip}/' /run/addresses; true`;
  const [lb1, lb2] = await Promise.all(hosts.map(async (host) => lines(await host.run(told))));
  return { lb1: lb1 ?? [], lb2: lb2 ?? [] };
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

test("a VIP more, and one less, leaves the others where they are", async () => {
  await deploy(VIP, SECOND_VIP);
  const load = lab.startLoad({ url: `http://${VIP}/`, perSecond: 25 });
  const adding = await events(VIP, () => deploy(VIP, SECOND_VIP, THIRD_VIP));
  const removing = await events(VIP, () => deploy(VIP, THIRD_VIP));
  const report = await load.stop();
  tell(`VIP changes under load: ${JSON.stringify({ adding, removing, report })}`);
  expect([adding, removing]).toEqual([
    { lb1: [], lb2: [] },
    { lb1: [], lb2: [] },
  ]);
  expect(report.failures).toEqual([]);
  await eventually("the VIP is gone", async () => !(await hasVip(lab.host("lb1"), SECOND_VIP)));
  expect(await hasVip(lab.host("lb1"), THIRD_VIP)).toBe(true);
});

test("the first VIP is as free to go as any other", async () => {
  const load = lab.startLoad({ url: `http://${THIRD_VIP}/`, perSecond: 25 });
  const seen = await events(THIRD_VIP, () => deploy(THIRD_VIP));
  const report = await load.stop();
  tell(`the first VIP removed under load: ${JSON.stringify({ seen, report })}`);
  expect(seen).toEqual({ lb1: [], lb2: [] });
  expect(report.failures).toEqual([]);
  await eventually("the VIP is gone", async () => !(await hasVip(lab.host("lb1"), VIP)));
  expect(await hasVip(lab.host("lb1"), THIRD_VIP)).toBe(true);
  expect(await hasVip(lab.host("lb2"), THIRD_VIP)).toBe(false);
});
