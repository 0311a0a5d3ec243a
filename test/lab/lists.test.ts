import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { answers, eventually, expectAsDeployed, hasVip, table, tell } from "./hosts";

jest.setTimeout(10 * 60_000);

const DIRECTORS: readonly HostOptions[] = [1, 2, 3, 4].map((number) => ({
  name: `lb${number}`,
  address: `192.0.2.1${number}`,
}));
const WEB_SERVERS: readonly HostOptions[] = [1, 2, 3].map((number) => ({
  name: `web${number}`,
  address: `192.0.2.2${number}`,
  web: true,
}));
const URL = "http://192.0.2.100/";

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS, ...WEB_SERVERS], progress: tell });
  deployment = new Deployment(lab, { app: "test/lab/apps/lists.ts" });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

async function deploy(...numbers: readonly number[]): Promise<string> {
  const addresses = JSON.stringify(numbers.map((number) => `192.0.2.2${number}`));
  const { code, stdout, stderr } = await deployment.deploy({ ADDRESSES: addresses });
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The rules of every director for a list of these real servers, and whether its host is as deployed. */
async function expectTables(...numbers: readonly number[]): Promise<void> {
  for (const [name, vip] of [
    ["lb1", "192.0.2.100"],
    ["lb2", "192.0.2.100"],
    ["lb3", "192.0.2.101"],
    ["lb4", "192.0.2.102"],
  ] as const) {
    const rules = await table(lab.host(name));
    expect([name, ...rules.filter((rule) => rule.includes(`${vip}:80 `))]).toEqual([
      name,
      // keepalived has no services without real servers.
      ...(numbers.length === 0 && name !== "lb4" ? [] : [`-A -t ${vip}:80 -s wlc`]),
      ...numbers.map((number) => `-a -t ${vip}:80 -r 192.0.2.2${number}:80 -g -w 1`),
    ]);
    await expectAsDeployed(lab.host(name));
  }
}

test("the real servers are those of the list, whatever its order", async () => {
  await deploy(2, 1);
  await expectTables(1, 2);
  expect(await answers(lab, URL, 10)).toEqual({ web1: 5, web2: 5 });
});

test("the same real servers in another order change nothing on any host", async () => {
  const output = await deploy(1, 2, 1);
  expect(output.match(/DONE lists\/[^:]*: no change/g)).toHaveLength(4);
  await expectTables(1, 2);
});

test("one more is added, and no request fails", async () => {
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  await deploy(1, 2, 3);
  const report = await load.stop();
  expect(report.failures).toEqual([]);
  await expectTables(1, 2, 3);
  await eventually("web3 answers", async () => "web3" in (await answers(lab, URL, 6)));
});

test("one that leaves the list is drained, and no request fails", async () => {
  const slow = Array.from({ length: 6 }, () => lab.request(`${URL}slow?ms=10000`, { timeoutMs: 60_000 }));
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const output = await deploy(1, 3);
  const report = await load.stop();
  expect(output).toContain("weight 0: -t 192.0.2.100:80 -r 192.0.2.22:80");
  expect(report.failures).toEqual([]);
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await expectTables(1, 3);
});

test("an empty list leaves no service, and the VIP where it is", async () => {
  await deploy();
  await expectTables();
  expect(await hasVip(lab.host("lb1"))).toBe(true);
  expect(await table(lab.host("lb1"))).toContain("-A -t 192.0.2.100:8080 -s wlc");
  await deploy(2);
  await expectTables(2);
  await eventually("web2 answers", async () => "web2" in (await answers(lab, URL, 2)));
});
