import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { Lab } from "../../lab/lab";
import {
  answers,
  DIRECTORS,
  eventually,
  expectAsDeployed,
  hasVip,
  table,
  tell,
  traces,
  VIP,
  WEB_SERVERS,
} from "./hosts";
import { packedLibrary, PackageProject, type Framework } from "./package-project";

jest.setTimeout(15 * 60_000);

const URL = `http://${VIP}/`;

let lab: Lab;
let library: string;
let project: PackageProject;
let tracesBefore: string;

beforeAll(async () => {
  [lab, library] = await Promise.all([
    Lab.up({ hosts: [...DIRECTORS, ...WEB_SERVERS], progress: tell }),
    packedLibrary(),
  ]);
  tracesBefore = await traces(lab.host("web1"));
});

afterAll(async () => {
  project?.remove();
  if (library !== undefined) rmSync(dirname(library), { recursive: true });
  await lab?.down();
});

async function expectService(): Promise<void> {
  await eventually("lb1 is master", () => hasVip(lab.host("lb1")));
  await eventually("both real servers are in the table", async () => (await table(lab.host("lb1"))).length === 3);
  // Weights 2 and 1.
  expect(await answers(lab, URL, 12)).toEqual({
    web1: expect.any(Number) as number,
    web2: expect.any(Number) as number,
  });
  for (const { name } of DIRECTORS) await expectAsDeployed(lab.host(name));
}

/** Does all that the README says, from an empty folder on. */
async function followReadme(framework: Framework): Promise<void> {
  project = new PackageProject(lab, library, framework);
  await project.install();
  project.write((program) => program.replace("healthCheck:", "healtCheck:"));
  await project.writeTest();
  expect(await project.typeErrors()).toMatch(/main\.ts.*'healtCheck' does not exist in type 'VirtualServiceProps'/);
  project.write();
  expect(await project.typeErrors()).toBe("");
  await project.runTest();
  expect(await project.run("deploy")).toContain("Plan: 8 to add, 0 to change, 0 to destroy.");
  await eventually("an answer", async () => (await lab.request(URL)).status === 200);
  project.tellTime("an answered request");
  await expectService();
}

test("an empty folder becomes a load balancer on cdktf", () => followReadme("cdktf"));

test("on cdktn the same program changes nothing", async () => {
  await project.moveToCdktn();
  project.write();
  expect(await project.run("deploy")).toContain("No changes.");
});

test("what cdktf made, cdktn changes and destroys", async () => {
  project.write((program) => program.replace("weight: 2", "weight: 3"));
  expect(await project.run("deploy")).toContain("Plan: 2 to add, 0 to change, 2 to destroy.");
  expect(await table(lab.host("lb1"))).toContain(`-a -t ${VIP}:80 -r 192.0.2.21:80 -g -w 3`);
  await project.run("destroy");
  expect(await traces(lab.host("web1"))).toBe(tracesBefore);
  project.remove();
});

test("an empty folder becomes a load balancer on cdktn", async () => {
  await followReadme("cdktn");
  await project.run("destroy");
});
