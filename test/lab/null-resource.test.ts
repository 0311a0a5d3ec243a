import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import { CarrierType } from "../../src";
import { NullProviderMirror } from "../support/null-provider/mirror";
import { answers, check, defined, DIRECTORS, servers, table, tell, traces, VIP, WEB_SERVERS } from "./hosts";

jest.setTimeout(10 * 60_000);

const URL = `http://${VIP}/`;
const DEFINITION = { director: "keepalived", carrier: CarrierType.NULL_RESOURCE, servers: servers() } as const;
const LIGHTER = { ...DEFINITION, servers: servers({ web2: { weight: 1 } }) };

let lab: Lab;
let mirror: NullProviderMirror;
let deployment: Deployment;
let tracesBefore: string[];

const allTraces = () => Promise.all(["lb1", "web1", "web2"].map((name) => traces(lab.host(name))));

beforeAll(async () => {
  lab = await Lab.up({ hosts: [...DIRECTORS.slice(0, 1), ...WEB_SERVERS], progress: tell });
  mirror = new NullProviderMirror();
  deployment = new Deployment(lab, { app: "test/lab/apps/web.ts", env: mirror.environment });
  tracesBefore = await allTraces();
});

afterAll(async () => {
  deployment?.remove();
  mirror?.remove();
  await lab?.down();
});

async function deployed(definition: Parameters<typeof defined>[0]): Promise<string> {
  const { code, stdout, stderr } = await deployment.deploy(defined(definition));
  expect([code, stderr]).toEqual([0, expect.anything()]);
  return stdout;
}

test("a lone director and its real servers are deployed", async () => {
  expect(await deployed(DEFINITION)).toContain("null_resource.lb_host_config");
  const state = readFileSync(join(deployment.directory, "terraform.web.tfstate"), "utf8");
  const { resources } = JSON.parse(state) as { resources: { type: string }[] };
  expect(resources.map(({ type }) => type)).toEqual(Array<string>(6).fill("null_resource"));
  expect(await answers(lab, URL, 10)).toEqual({ web1: 5, web2: 5 });
  expect((await check(lab.host("lb1"), "director")).stdout).toContain("as deployed");
});

test("a second deploy changes nothing", async () => {
  expect(await deployed(DEFINITION)).toContain("No changes.");
});

test("a weight changes under load, and the real servers are left alone", async () => {
  const load = lab.startLoad({ url: URL, perSecond: 25 });
  const output = await deployed(LIGHTER);
  const report = await load.stop();
  tell(`a change of a null_resource under load: ${JSON.stringify(report)}`);
  expect(output).toContain("Plan: 1 to add, 0 to change, 1 to destroy.");
  expect(report.failures).toEqual([]);
  expect(await table(lab.host("lb1"))).toContain(`-a -t ${VIP}:80 -r 192.0.2.22:80 -g -w 1`);
  expect(await deployed(LIGHTER)).toContain("No changes.");
});

test("destroy leaves clean hosts", async () => {
  expect((await deployment.destroy(defined(LIGHTER))).code).toBe(0);
  expect(await allTraces()).toEqual(tracesBefore);
});
