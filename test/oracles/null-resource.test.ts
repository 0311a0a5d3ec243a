import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resource } from "@cdktf/provider-null/lib/resource";
import type { TerraformStack } from "cdktf";
import { CarrierType, Director, DrRealServer, VirtualService } from "../../src";
import { NullProviderMirror } from "../support/null-provider/mirror";
import { CLEAN, describeWithOracles, judge, type Verdict } from "../support/oracles";
import { newStack, resources, synthesize, type Synthesized } from "../support/stacks";

jest.setTimeout(180_000);

interface Definition {
  readonly weight?: number;
  readonly port?: number;
  readonly release?: string;
}

interface ShownPlan {
  readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

/** `lb config` for `null_resource.lb_host_config_9332BF5A`. */
function shortName(address: string): string {
  return address
    .replace("null_resource.", "")
    .replace("_host", "")
    .replace(/_[0-9A-F]{8}$/, "")
    .replace("_", " ");
}

// The code behind the provider is ours here: LIMITATIONS.md says what that leaves open.
describeWithOracles("null_resource, applied by terraform", ["terraform", "openssl"], () => {
  const folder = mkdtempSync(join(tmpdir(), "null-resource-"));
  const log = join(folder, "log");
  const privateKeyPath = join(folder, "id_ed25519");
  let mirror: NullProviderMirror;

  beforeAll(() => {
    mirror = new NullProviderMirror();
    writeFileSync(privateKeyPath, "(key)");
  });

  afterAll(() => {
    mirror.remove();
    rmSync(folder, { recursive: true });
  });

  /** One of the director's triggers is known only when another resource is there. */
  function stackOf({ weight = 1, port = 22, release = "1" }: Definition): TerraformStack {
    const stack = newStack();
    const machine = new Resource(stack, "machine", { triggers: { release } });
    const host = {
      connection: { privateKeyPath, hostKey: "ssh-ed25519 AAAA", port },
      delivery: { carrier: CarrierType.NULL_RESOURCE },
    };
    const director = new Director(stack, "lb", { ...host, address: "10.0.0.11", instanceId: machine.id });
    const server = new DrRealServer(stack, "web1", { ...host, address: "10.0.0.21" });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(server, { weight });
    return stack;
  }

  function terraform(command: string, ...args: string[]): Verdict {
    const env = Object.entries(mirror.environment).map(([name, value]) => `${name}=${value}`);
    return judge("env", [...env, "terraform", `-chdir=${folder}`, command, "-no-color", ...args]);
  }

  function done(command: string, ...args: string[]): string {
    const { status, output } = terraform(command, ...args);
    if (status !== 0) throw new Error(`terraform ${command}: ${output}`);
    return output;
  }

  /** Terraform shows whole lines of what it does not like. */
  function write(synthesized: Synthesized): void {
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(synthesized, undefined, 1));
  }

  /** There is no host to log in to: instead of its script, a provisioner logs the connection that it would use. */
  function define(definition: Definition): void {
    const synthesized = synthesize(stackOf(definition));
    for (const [address, resource] of Object.entries(resources(synthesized))) {
      const provisioner = resource.provisioner?.map(({ "remote-exec": { when, connection } }) => {
        const line = `${shortName(address)} ${when ?? "create"}`;
        const command = `echo "${line} $user@$host:$port $host_key $private_key" >>${log}`;
        return { "local-exec": { ...(when && { when }), command, environment: connection } };
      });
      if (provisioner) Object.assign(resource, { provisioner });
    }
    write(synthesized);
  }

  /** What the plan would do to each resource; all that is not a change is left out. */
  function planned(...args: string[]): Record<string, string> {
    const { status, output } = terraform("plan", "-input=false", "-detailed-exitcode", "-out=saved", ...args);
    // 0 without changes.
    if (status !== 2) throw new Error(`terraform plan ended with ${String(status)}: ${output}`);
    const { resource_changes } = JSON.parse(done("show", "-json", "saved")) as ShownPlan;
    const changes = resource_changes.map(({ address, change }) => [shortName(address), change.actions.join(", ")]);
    return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op")) as Record<string, string>;
  }

  /** Carries the plan out; what the provisioners logged. */
  function applied(): string[] {
    writeFileSync(log, "");
    done("apply", "-input=false", "saved");
    return readFileSync(log, "utf8").trim().split("\n").filter(Boolean);
  }

  test("takes the stack as it is", () => {
    write(synthesize(stackOf({})));
    done("init", "-input=false");
    const { status, output } = terraform("validate");
    expect({ status, output: output.replace("Success! The configuration is valid.\n\n", "") }).toEqual(CLEAN);
  });

  test("creates real servers before the director, with a trigger that is not known before", () => {
    define({});
    expect(planned()).toEqual({
      machine: "create",
      "lb config": "create",
      "lb teardown": "create",
      "web1 config": "create",
      "web1 teardown": "create",
    });
    expect(applied()).toEqual([
      "web1 config create root@10.0.0.21:22 ssh-ed25519 AAAA (key)",
      "lb config create root@10.0.0.11:22 ssh-ed25519 AAAA (key)",
    ]);
  });

  test("has nothing to do without a change", () => {
    const { status, output } = terraform("plan", "-input=false", "-detailed-exitcode");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("No changes.") as string });
  });

  test("does the work again where a trigger changes, and there alone", () => {
    define({ weight: 2 });
    expect(planned()).toEqual({ "lb config": "delete, create" });
    expect(applied()).toEqual(["lb config create root@10.0.0.11:22 ssh-ed25519 AAAA (key)"]);
  });

  test("does the work again when another resource is a new one", () => {
    define({ weight: 2, release: "2" });
    expect(planned()).toEqual({ machine: "delete, create", "lb config": "delete, create" });
    expect(applied()).toEqual(["lb config create root@10.0.0.11:22 ssh-ed25519 AAAA (key)"]);
  });

  test("does not clean hosts that are reached in another way from now on", () => {
    define({ weight: 2, release: "2", port: 2222 });
    expect(planned()).toEqual({ "lb teardown": "create, delete", "web1 teardown": "create, delete" });
    expect(applied()).toEqual([]);
  });

  test("cleans the director before its real servers, with what the state knows", () => {
    expect(planned("-destroy")).toEqual({
      machine: "delete",
      "lb config": "delete",
      "lb teardown": "delete",
      "web1 config": "delete",
      "web1 teardown": "delete",
    });
    expect(applied()).toEqual([
      "lb teardown destroy root@10.0.0.11:2222 ssh-ed25519 AAAA",
      "[*]:2222 ssh-ed25519 AAAA (key)",
      "web1 teardown destroy root@10.0.0.21:2222 ssh-ed25519 AAAA",
      "[*]:2222 ssh-ed25519 AAAA (key)",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8"))).toMatchObject({ resources: [] });
  });
});
