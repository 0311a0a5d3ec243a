import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sites } from "../../examples/platform-repo/settings";
import { runCommand } from "../../lab/command";
import { Deployment } from "../../lab/deployment";
import type { HostOptions } from "../../lab/host-options";
import { Lab } from "../../lab/lab";
import { eventually, expectAsDeployed, hasVip, resolved, table, tell, traces } from "./hosts";

jest.setTimeout(10 * 60_000);

const ROOT = join(__dirname, "../..");
const SITE = sites.staging;
const { web, dns } = SITE;

/** The hosts of staging, as its settings have them, and a client. */
const HOSTS: readonly HostOptions[] = [
  { name: "lb1", address: SITE.directors.primary },
  { name: "lb2", address: SITE.directors.secondary },
  ...Object.entries(web.servers).map(([name, { address }]): HostOptions => ({
    name,
    address,
    services: ["web"],
    webPorts: [80, 443],
  })),
  ...Object.entries(dns.servers).map(([name, { address }]): HostOptions => ({ name, address, services: ["dns"] })),
  { name: "client", address: "198.51.100.200" },
];

let lab: Lab;
let deployment: Deployment;
const folder = mkdtempSync(join(tmpdir(), "cdktf-lvs-platform-repo-"));
const agentSocket = join(folder, "agent");
const before: Record<string, string> = {};

beforeAll(async () => {
  const segments = [{ name: "staging", ipv4: "198.51.100.0/24", ipv6: "2001:db8:100::/64" }];
  lab = await Lab.up({ hosts: HOSTS, segments, progress: tell });
  for (const { name } of HOSTS) before[name] = await traces(lab.host(name));
  deployment = new Deployment(lab, { app: join(copyOfRepository(), "main.ts"), stack: "edge-staging" });
  // Its hosts take the key of whoever deploys.
  lab.spawnInNamespace(["ssh-agent", "-D", "-a", agentSocket], { stdio: "ignore" });
  const add = () => runCommand(["env", `SSH_AUTH_SOCK=${agentSocket}`, "ssh-add", "-q", lab.keyPath]);
  await eventually("the agent has the key", () => add().then(() => true));
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
  rmSync(folder, { recursive: true, force: true });
});

/** As its README has users make it: their own backend and the keys of their own hosts. */
function copyOfRepository(): string {
  const copy = join(folder, "repository");
  const source = join(ROOT, "examples/platform-repo");
  cpSync(source, copy, {
    recursive: true,
    filter: (path) => !/node_modules|cdktf\.out/.test(path.slice(source.length)),
  });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const stack = readFileSync(join(copy, "stacks/edge.ts"), "utf8");
  const local = stack.replace(/ {4}new S3Backend[^]*?use_lockfile", true\);\n/, "");
  expect(local).not.toContain("new S3Backend");
  writeFileSync(join(copy, "stacks/edge.ts"), local);
  // Production's keys are asked for too, and stay as they are.
  const production = readFileSync(join(copy, "known_hosts"), "utf8").replace(/^198\.51\.100\..*\n/gm, "");
  writeFileSync(join(copy, "known_hosts"), production + readFileSync(lab.knownHostsPath, "utf8"));
  return copy;
}

const ENV = { SSH_AUTH_SOCK: agentSocket, TF_VAR_vrrp_password: "lab12345" };

function answers(port: number): Promise<Record<string, number>> {
  return lab.answers({ protocol: "http", address: web.vip, port, requests: 4, from: "client" });
}

test("staging is deployed, and nothing in it is left to change", async () => {
  const { code, stdout, stderr } = await deployment.deploy(ENV);
  if (code !== 0) throw new Error(`cdktf deploy ended with ${code}:\n${stdout}\n${stderr}`);
  expect(stdout).not.toContain("lab12345");
  await eventually("lb1 has both VIPs", async () => {
    return (await hasVip(lab.host("lb1"), web.vip)) && hasVip(lab.host("lb1"), dns.vip);
  });
  // Three services of two real servers.
  await eventually("all real servers are in the table", async () => (await table(lab.host("lb1"))).length === 9);
  for (const name of ["lb1", "lb2"]) await expectAsDeployed(lab.host(name));
  expect((await deployment.deploy(ENV)).stdout).toContain("No changes.");
});

test("a client has one web server for HTTP and HTTPS", async () => {
  const [http, https] = [await answers(80), await answers(443)];
  expect(Object.values(http)).toEqual([4]);
  expect(https).toEqual(http);
});

test("names are resolved", async () => {
  // What every name server of the lab says.
  expect(await resolved(lab, dns.vip)).toBe("192.0.2.1");
});

test("the site outlives its primary", async () => {
  await lab.host("lb1").crash();
  const ms = await eventually("lb2 answers", async () =>
    Object.keys(await answers(80)).every((name) => name in web.servers),
  );
  tell(`director crash: the VIP answered again after ${ms} ms`);
  await lab.host("lb1").start();
  await lab.host("lb1").waitUntilBooted();
});

test("destroyed, it leaves nothing", async () => {
  const { code, stdout } = await deployment.destroy(ENV);
  expect([code, stdout]).toEqual([0, expect.anything()]);
  for (const { name } of HOSTS) expect(await traces(lab.host(name))).toBe(before[name]);
});
