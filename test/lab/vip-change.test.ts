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
  deployment = new Deployment(lab, { app: "test/lab/apps/web.ts", env: { TF_VAR_vrrp_password: PASSWORD } });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(...vips: string[]): Promise<void> {
  const { code, stdout } = await deployment.deploy(defined({ director: "pair", vips, servers: servers() }));
  expect([code, stdout]).toEqual([0, expect.stringContaining("Apply complete")]);
}

/** How often a VIP was seen on each director and on both while something went on. */
async function watched(vip: string, work: Promise<void>): Promise<{ looks: number; both: number; none: number }> {
  const seen = { looks: 0, both: 0, none: 0 };
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  while (!isOver) {
    const [first, second] = await Promise.all(DIRECTORS.map(({ name }) => hasVip(lab.host(name), vip)));
    seen.looks += 1;
    if (first && second) seen.both += 1;
    if (!first && !second) seen.none += 1;
  }
  await over;
  return seen;
}

test("a VIP more, and one less, leaves the others where they are", async () => {
  await deploy(VIP, SECOND_VIP);
  const load = lab.startLoad({ url: `http://${VIP}/`, perSecond: 25 });
  const adding = await watched(VIP, deploy(VIP, SECOND_VIP, THIRD_VIP));
  const removing = await watched(VIP, deploy(VIP, THIRD_VIP));
  const report = await load.stop();
  tell(`VIP changes under load: ${JSON.stringify({ adding, removing, report })}`);
  expect([adding.both, adding.none, removing.both, removing.none]).toEqual([0, 0, 0, 0]);
  expect(report.failures).toEqual([]);
  await eventually("the VIP is gone", async () => !(await hasVip(lab.host("lb1"), SECOND_VIP)));
  expect(await hasVip(lab.host("lb1"), THIRD_VIP)).toBe(true);
});

test("the first VIP is as free to go as any other", async () => {
  const load = lab.startLoad({ url: `http://${THIRD_VIP}/`, perSecond: 25 });
  const seen = await watched(THIRD_VIP, deploy(THIRD_VIP));
  const report = await load.stop();
  tell(`the first VIP removed under load: ${JSON.stringify({ seen, report })}`);
  expect(report.failures).toEqual([]);
  await eventually("the VIP is gone", async () => !(await hasVip(lab.host("lb1"), VIP)));
  expect(await hasVip(lab.host("lb1"), THIRD_VIP)).toBe(true);
  expect(await hasVip(lab.host("lb2"), THIRD_VIP)).toBe(false);
});
