import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing, type TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  NatRealServer,
  TableOwner,
  UnmanagedRealServer,
  VirtualService,
  type SshConnectionSettings,
} from "../../src";
import { literals, variables, type Values, type ValueSource } from "../support/apply-sources";
import { keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack } from "../support/stacks";
import { AppliedStack } from "../support/terraform";

jest.setTimeout(240_000);

const CONF = "/etc/keepalived/keepalived.conf";

function connection({ text, number }: ValueSource): SshConnectionSettings {
  const privateKeyPath = text("key_path");
  return {
    host: text("ssh_host"),
    port: number("ssh_port"),
    user: text("ssh_user"),
    hostKey: text("host_key"),
    timeoutSeconds: number("ssh_timeout"),
    privateKeyPath,
    bastion: {
      host: text("bastion"),
      port: number("bastion_port"),
      user: text("bastion_user"),
      hostKey: text("bastion_key"),
      privateKeyPath,
    },
  };
}

/** Services of every kind; those of a director without keepalived are not checked. */
function addServices(stack: TerraformStack, source: ValueSource, director: Director | HaPair): void {
  const { text, number } = source;
  const host = (name: string) => ({ address: text(name), connection: connection(source) });
  const part = { weight: number("weight"), upperThreshold: number("upper"), lowerThreshold: number("lower") };
  const service = { director, port: number("port") };
  const isChecked = director.tableOwner === TableOwner.KEEPALIVED;
  const web1 = new DrRealServer(stack, "web1", host("web1"));
  new VirtualService(stack, "web", {
    ...service,
    vip: text("vip"),
    additionalVips: [text("second_vip")],
    persistence: { timeoutSeconds: number("persistence") },
    ...(isChecked && {
      sorryServer: { address: text("sorry") },
      delayLoopSeconds: number("delay"),
      healthCheck: HealthCheck.http({ path: text("page"), port: number("check_port") }),
    }),
  })
    .addRealServer(web1, part)
    .addRealServer(new UnmanagedRealServer(stack, "box", { address: text("box") }), part);
  new VirtualService(stack, "six", { ...service, vip: text("vip6") }).addRealServer(
    new UnmanagedRealServer(stack, "six1", { address: text("six1") }),
    part,
  );
  new VirtualService(stack, "app", { ...service, vip: text("nat_vip") }).addRealServer(
    new NatRealServer(stack, "app1", host("app1")),
    { ...part, port: number("app_port") },
  );
  const firewallMark = { mark: number("mark"), ports: [number("port"), number("app_port")] };
  const site = { director, vip: "10.0.0.103", firewallMark };
  // Of marked ports that are tokens nobody knows at synth whether they are ranges, so one is named for the check.
  const healthCheck = isChecked ? HealthCheck.tcp({ port: number("port") }) : HealthCheck.none();
  new VirtualService(stack, "site", { ...site, healthCheck }).addRealServer(web1);
}

function pairStack(sourceOf: (stack: TerraformStack) => ValueSource): TerraformStack {
  const stack = newStack();
  const source = sourceOf(stack);
  const { text, number } = source;
  const pair = new HaPair(stack, "lb", {
    primary: { address: text("primary"), connection: connection(source) },
    secondary: { address: text("secondary"), connection: connection(source) },
    interface: text("device"),
    virtualRouterId: 51,
    trackInterfaces: [text("inside")],
    gratuitousArp: { masterRepeat: number("repeat") },
    drainTimeoutSeconds: number("drain"),
    natGateway: { interface: text("inside"), address: text("gateway") },
  });
  addServices(stack, source, pair);
  return stack;
}

function plainStack(sourceOf: (stack: TerraformStack) => ValueSource): TerraformStack {
  const stack = newStack();
  const source = sourceOf(stack);
  const director = new Director(stack, "lb", {
    address: source.text("primary"),
    connection: connection(source),
    tableOwner: TableOwner.IPVSADM,
    vipInterface: source.text("device"),
    drainTimeoutSeconds: source.number("drain"),
    natGateway: { interface: source.text("inside"), address: source.text("gateway") },
  });
  addServices(stack, source, director);
  return stack;
}

/** All texts for hosts, and what Terraform would run on them and how it would get there. */
function asOutputs(text: string): Readonly<Record<string, unknown>> {
  const { locals, resource } = JSON.parse(text) as {
    locals: Readonly<Record<string, unknown>>;
    resource: { terraform_data: Readonly<Record<string, { readonly provisioner?: readonly Provisioner[] }>> };
  };
  const sessions = Object.entries(resource.terraform_data).map(([name, { provisioner = [] }]) => [
    name,
    // The others refer to the state.
    provisioner.filter((one) => one["remote-exec"].when === undefined),
  ]);
  return {
    texts: { value: Object.fromEntries(Object.keys(locals).map((name) => [name, `\${local.${name}}`])) },
    sessions: { value: Object.fromEntries(sessions) as unknown },
  };
}

interface Provisioner {
  readonly "remote-exec": { readonly when?: "destroy"; readonly inline: readonly string[] };
}

interface Applied {
  readonly texts: unknown;
  readonly triggers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly sessions: unknown;
}

/** A number comes out of a variable as one, and out of a literal as text, which is the same to a connection. */
function printed(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(printed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printed(item)]));
}

/** The scripts are long. What they need on the disk is a guess that synth makes. */
function digests(sessions: unknown): unknown {
  return Object.entries(sessions as Readonly<Record<string, readonly Provisioner[]>>).map(([name, provisioners]) => [
    name,
    provisioners.map((one) => {
      const { inline, ...others } = one["remote-exec"];
      return {
        ...others,
        script: createHash("sha256")
          .update(inline.join("\n").replace(/^payload=\d+$/m, ""))
          .digest("hex"),
      };
    }),
  ]);
}

describeWithOracles("tokens at apply", ["terraform", "keepalived", "network namespaces (needs root)"], () => {
  const folder = mkdtempSync(join(tmpdir(), "applied-tokens-"));
  const keyPaths = ["first", "second"].map((name) => join(folder, name));
  const [firstKey = "", secondKey = ""] = keyPaths;
  const made: AppliedStack[] = [];

  beforeAll(() => {
    for (const path of keyPaths) writeFileSync(path, `the key ${path}\n`);
  });
  afterAll(() => {
    for (const one of made) one.remove();
    rmSync(folder, { recursive: true });
  });

  const first: Values = {
    ...{ primary: "10.0.0.11", secondary: "10.0.0.12", device: "eth0", inside: "eth1", gateway: "10.1.0.254" },
    ...{ vip: "10.0.0.100", second_vip: "10.0.0.101", vip6: "2001:db8::100", nat_vip: "10.0.0.102" },
    ...{ mark: 7, port: 80, app_port: 8080, check_port: 8081, page: "/health" },
    ...{ web1: "10.0.0.21", box: "10.0.0.22", six1: "2001:db8::21", app1: "10.1.0.21", sorry: "10.0.0.99" },
    ...{ weight: 2, upper: 1000, lower: 900, persistence: 300, delay: 3, repeat: 4, drain: 30 },
    ...{ ssh_host: "10.9.0.11", ssh_port: 2222, ssh_user: "deploy", host_key: "ssh-ed25519 AAAA", ssh_timeout: 45 },
    ...{ bastion: "10.9.9.9", bastion_port: 2022, bastion_user: "jump", bastion_key: "ssh-ed25519 BBBB" },
    key_path: firstKey,
  };
  const second: Values = {
    ...{ primary: "10.2.0.11", secondary: "10.2.0.12", device: "eth1", inside: "eth0", gateway: "10.3.0.254" },
    ...{ vip: "10.2.0.100", second_vip: "10.2.0.101", vip6: "2001:db8:2::100", nat_vip: "10.2.0.102" },
    ...{ mark: 8, port: 443, app_port: 8443, check_port: 8444, page: "/ok" },
    ...{ web1: "10.2.0.21", box: "10.2.0.22", six1: "2001:db8:2::21", app1: "10.3.0.21", sorry: "10.2.0.99" },
    ...{ weight: 5, upper: 2000, lower: 1500, persistence: 600, delay: 7, repeat: 2, drain: 60 },
    ...{ ssh_host: "10.9.0.12", ssh_port: 2223, ssh_user: "ops", host_key: "ssh-ed25519 CCCC", ssh_timeout: 20 },
    ...{ bastion: "10.9.9.8", bastion_port: 2023, bastion_user: "hop", bastion_key: "ssh-ed25519 DDDD" },
    key_path: secondKey,
  };

  function readied(stack: TerraformStack): AppliedStack {
    const text = Testing.synth(stack, true);
    const one = new AppliedStack(text, { output: asOutputs(text) });
    made.push(one);
    return one;
  }

  function applied(one: AppliedStack, values: Values = {}): Applied {
    // Variables that the stack has no use for are not declared in it.
    const declared = Object.entries(values).filter(([name]) => one.hasVariable(name));
    const { status, output } = one.apply(Object.fromEntries(declared));
    expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
    return {
      texts: one.output("texts"),
      triggers: printed(one.allTriggers()) as Applied["triggers"],
      sessions: printed(digests(one.output("sessions"))),
    };
  }

  test("every value differs from its counterpart, so that none is compared with itself", () => {
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(Object.keys(first).filter((name) => first[name] === second[name])).toEqual([]);
  });

  test.each<[string, (sourceOf: (stack: TerraformStack) => ValueSource) => TerraformStack]>([
    ["a pair with keepalived", pairStack],
    ["a director with plain ipvsadm rules", plainStack],
  ])("%s gets the same, byte for byte, from variables as from literals", (_title, build) => {
    const tokens = readied(build(variables));
    for (const values of [first, second]) {
      const got = applied(tokens, values);
      const wanted = applied(readied(build(() => literals(values))));
      expect(got.texts).toEqual(wanted.texts);
      expect(got.triggers).toEqual(wanted.triggers);
      expect(got.sessions).toEqual(wanted.sessions);
      const confs = Object.values(got.triggers).flatMap(({ [CONF]: conf }) => (conf === undefined ? [] : [conf]));
      expect(confs.map(keepalivedVerdict)).toEqual(confs.map(() => CLEAN));
      expect(confs).toHaveLength(build === pairStack ? 2 : 0);
    }
  });
});
