import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Construct } from "constructs";

/** A framework, and the library on it. */
interface Platform {
  readonly framework: typeof import("cdktf");
  readonly lvs: typeof import("../src");
  readonly testing: typeof import("../src/testing");
}

function platform(name: "cdktf" | "cdktn"): Platform {
  let loaded: Platform | undefined;
  // Tokens are counted per process, and each program has one of its own.
  delete (globalThis as { __cdktfTokenMap?: unknown }).__cdktfTokenMap;
  // What the build for cdktn does.
  jest.doMock("cdktf", () => jest.requireActual<object>(name));
  jest.isolateModules(() => {
    loaded = {
      framework: jest.requireActual(name),
      lvs: jest.requireActual("../src"),
      testing: jest.requireActual("../src/testing"),
    };
  });
  jest.dontMock("cdktf");
  return loaded!;
}

const cdktf = platform("cdktf");
const cdktn = platform("cdktn");
const outdir = mkdtempSync(join(tmpdir(), "two-frameworks-"));

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** One of everything that becomes a resource, a local or a provider. */
function build({ framework, lvs }: Platform, scope: InstanceType<Platform["framework"]["App"]>): void {
  const { TerraformStack, TerraformVariable } = framework;
  const stack = new TerraformStack(scope, "web");
  const connection = { hostKey: "ssh-ed25519 AAAA", privateKeyPath: "~/.ssh/id_ed25519" };
  const host = (last: number) => ({ address: `192.0.2.${last}`, connection });
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const port = new TerraformVariable(stack, "port", { type: "number" });
  const pair = new lvs.HaPair(stack, "lb", {
    primary: host(11),
    secondary: host(12),
    interface: "eth0",
    virtualRouterId: 51,
    authentication: password,
    monitoring: { metrics: {} },
  });
  const other = new lvs.VrrpInstance(stack, "other", { pair, virtualRouterId: 52 });
  new lvs.SyncGroup(stack, "group", { instances: [pair, other] });
  const alone = new lvs.Director(stack, "alone", {
    ...host(13),
    tableOwner: lvs.TableOwner.IPVSADM,
    delivery: { carrier: lvs.CarrierType.NULL_RESOURCE, planDetail: lvs.PlanDetail.DIGESTS },
  });
  const direct = new lvs.DrRealServer(stack, "web1", {
    address: "192.0.2.21",
    connection: { ...connection, user: "ops" },
  });
  const leaving = new lvs.DrRealServer(stack, "web2", { ...host(22), decommission: true });
  const tunnelled = new lvs.TunnelRealServer(stack, "web3", host(23));
  const foreign = new lvs.UnmanagedRealServer(stack, "web4", { address: "192.0.2.24" });
  new lvs.VirtualService(stack, "web", {
    director: pair,
    vip: "192.0.2.100",
    port: port.numberValue,
    healthCheck: lvs.HealthCheck.http({ path: "/${not_a_token}" }),
  })
    .addRealServer(direct)
    .addRealServer(leaving)
    .addRealServer(tunnelled)
    .addRealServer(foreign);
  new lvs.VirtualService(stack, "dns", { director: alone, vip: "192.0.2.101", port: 53 }).addRealServer(direct);
  new lvs.MonitoringFiles(stack, "monitoring", {});
}

interface Written {
  readonly terraform: unknown;
  readonly resource: Record<string, Record<string, unknown>>;
  "//"?: unknown;
}

/** What the framework writes for Terraform, apart from what it says of itself. */
function written(name: "cdktf" | "cdktn"): Written {
  const made = platform(name);
  const app = new made.framework.App({ outdir: join(outdir, name) });
  build(made, app);
  app.synth();
  const stack = JSON.parse(readFileSync(join(outdir, name, "stacks/web/cdk.tf.json"), "utf8")) as Written;
  delete stack["//"];
  return stack;
}

test("a program that moves from cdktf to cdktn keeps every resource as it is", () => {
  const before = written("cdktf");
  expect(written("cdktn")).toEqual(before);
  expect(Object.keys(before.resource)).toEqual(["null_resource", "terraform_data"]);
});

describe.each([
  [
    "cdktn",
    cdktf,
    cdktn,
    "'cdktf-lvs' was given a stack of cdktn in 'web/it'; import from 'cdktf-lvs/cdktn', or make the app and its stacks with cdktf",
  ],
  [
    "cdktf",
    cdktn,
    cdktf,
    "'cdktf-lvs/cdktn' was given a stack of cdktf in 'web/it'; import from 'cdktf-lvs', or make the app and its stacks with cdktn",
  ],
])("in a stack of %s the library for the other", (_name, { lvs, testing }, { framework }, words) => {
  const connection = {};

  test.each<[string, (scope: Construct) => unknown]>([
    ["Director", (scope) => new lvs.Director(scope, "it", { address: "192.0.2.11", connection })],
    ["DrRealServer", (scope) => new lvs.DrRealServer(scope, "it", { address: "192.0.2.21", connection })],
    ["UnmanagedRealServer", (scope) => new lvs.UnmanagedRealServer(scope, "it", { address: "192.0.2.24" })],
    ["MonitoringFiles", (scope) => new lvs.MonitoringFiles(scope, "it", {})],
  ])("is refused: %s", (_construct, make) => {
    const stack = new framework.TerraformStack(framework.Testing.app(), "web");
    expect(() => make(stack)).toThrow(new Error(words));
  });

  test("is refused: synthHosts", () => {
    const stack = new framework.TerraformStack(framework.Testing.app(), "web");
    expect(() => testing.synthHosts(stack)).toThrow(new Error(words.replace("web/it", "web")));
  });

  test("is refused in a stack of a class of the program's own", () => {
    class Own extends framework.TerraformStack {}
    const stack = new Own(framework.Testing.app(), "web");
    expect(() => new lvs.UnmanagedRealServer(stack, "it", { address: "192.0.2.24" })).toThrow(words);
  });
});

test("another copy of the same framework is taken", () => {
  const { framework } = platform("cdktf");
  expect(framework.TerraformStack).not.toBe(cdktf.framework.TerraformStack);
  const stack = new framework.TerraformStack(framework.Testing.app(), "web");
  expect(() => new cdktf.lvs.UnmanagedRealServer(stack, "it", { address: "192.0.2.24" })).not.toThrow();
});
