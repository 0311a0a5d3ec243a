import { TerraformVariable, Testing, type TerraformStack } from "cdktf";
import {
  AuthenticationType,
  DrRealServer,
  HaPair,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
  type VrrpInstanceProps,
} from "../../src";
import { confLines, hostFiles, newStack, resourceAt, ssh, synthesize } from "../support/stacks";

function pair(stack: TerraformStack, props: Partial<HaPairProps> = {}): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
}

interface Definition {
  readonly pair?: Partial<HaPairProps>;
  readonly api?: Partial<VrrpInstanceProps>;
}

/** A pair with a service of its own, and one in an instance of its own. */
function stackOf(definition: Definition, stack = newStack()): TerraformStack {
  const lb = pair(stack, definition.pair);
  const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, ...definition.api });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  new VirtualService(stack, "calls", { director: lb, vrrpInstance: api, vip: "10.0.0.101", port: 80 }).addRealServer(
    web1,
  );
  return stack;
}

test("an instance of its own, at home on the secondary", () => {
  const keywords = ["vrrp_instance", "state", "interface", "virtual_router_id", "priority", "10.0.0.100", "10.0.0.101"];
  const stack = stackOf({ api: { preferred: "secondary" } });
  const lb = ['vrrp_instance "lb" {', "interface eth0", "virtual_router_id 51", "10.0.0.100 dev eth0"];
  const api = ['vrrp_instance "api" {', "interface eth0", "virtual_router_id 52", "10.0.0.101 dev eth0"];
  const side = (all: string[], state: string, priority: number): (string | undefined)[] => [
    all[0],
    `state ${state}`,
    all[1],
    all[2],
    `priority ${priority}`,
    all[3],
  ];
  expect(confLines(stack, ...keywords)).toEqual({
    lb_primary: [...side(lb, "BACKUP", 150), ...side(api, "BACKUP", 100)],
    lb_secondary: [...side(lb, "BACKUP", 100), ...side(api, "BACKUP", 150)],
  });
});

test("the plan of a host tells the addresses of each instance, and which of them it must hold", () => {
  const files = hostFiles(synthesize(stackOf({ api: { preferred: "secondary", vips: ["10.0.0.102"] } })));
  const [plan = ""] = Object.entries(files).flatMap(([name, text]) =>
    /^lb_secondary.* plan$/.test(name) ? [text] : [],
  );
  expect(plan.split("\n").filter((line) => line.startsWith("vrrp_"))).toEqual([
    "vrrp_holds lb no",
    "vrrp_vip lb 127.112.0.51 lo",
    "vrrp_vip lb 10.0.0.100 eth0",
    "vrrp_holds api yes",
    "vrrp_vip api 127.112.0.52 lo",
    "vrrp_vip api 10.0.0.101 eth0",
    "vrrp_vip api 10.0.0.102 eth0",
  ]);
});

test("an instance on another interface, between other addresses of the directors", () => {
  const inside = { interface: "eth1", directorAddresses: ["192.168.0.11", "192.168.0.12"] };
  expect(confLines(stackOf({ api: inside }), "interface", "unicast_src_ip", "10.0.0.101")).toEqual({
    lb_primary: [
      "interface eth0",
      "unicast_src_ip 10.0.0.11",
      "interface eth1",
      "unicast_src_ip 192.168.0.11",
      "10.0.0.101 dev eth1",
    ],
    lb_secondary: [
      "interface eth0",
      "unicast_src_ip 10.0.0.12",
      "interface eth1",
      "unicast_src_ip 192.168.0.12",
      "10.0.0.101 dev eth1",
    ],
  });
});

describe("VIPs on another interface than the adverts", () => {
  const heartbeat = {
    interface: "eth1",
    directorAddresses: ["192.168.0.11", "192.168.0.12"],
    vipInterface: "eth0",
  };
  const words = ["vrrp_instance", "interface", "unicast_src_ip", "eth0", "10.0.0.100", "10.0.0.101"];
  const lines = (definition: Definition): string[] | undefined =>
    confLines(stackOf(definition), ...words)["lb_primary"];
  const usual = ['vrrp_instance "lb" {', "interface eth0", "unicast_src_ip 10.0.0.11"];

  test("an instance of its own, which loses them with either interface", () => {
    expect(lines({ api: heartbeat })).toEqual([
      ...usual,
      "10.0.0.100 dev eth0",
      ...['vrrp_instance "api" {', "interface eth1", "unicast_src_ip 192.168.0.11", "eth0", "10.0.0.101 dev eth0"],
    ]);
  });

  test("all instances of a pair that do not say otherwise", () => {
    const side = ["interface eth1", "unicast_src_ip 192.168.0.11", "eth0"];
    expect(lines({ pair: heartbeat })).toEqual([
      ...['vrrp_instance "lb" {', ...side, "10.0.0.100 dev eth0"],
      ...['vrrp_instance "api" {', ...side, "10.0.0.101 dev eth0"],
    ]);
    expect(lines({ pair: heartbeat, api: { interface: "eth0" } })).toEqual([
      ...['vrrp_instance "lb" {', ...side, "10.0.0.100 dev eth0"],
      'vrrp_instance "api" {',
      ...usual.slice(1),
      "10.0.0.101 dev eth0",
    ]);
  });

  test("an interface that is tracked already stays as it was told", () => {
    const trackInterfaces = [{ interface: "eth0", weight: -60 }];
    expect(lines({ pair: { ...heartbeat, trackInterfaces }, api: { interface: "eth0" } })).toContain("eth0 weight -60");
    expect(lines({ pair: { ...heartbeat, trackInterfaces }, api: { interface: "eth0" } })).not.toContain("eth0");
  });

  test("the host is asked for both interfaces, and where the VIPs are", () => {
    const files = hostFiles(synthesize(stackOf({ pair: heartbeat })));
    const [plan = ""] = Object.entries(files).flatMap(([name, text]) =>
      /^lb_primary.* plan$/.test(name) ? [text] : [],
    );
    expect(plan.split("\n").filter((line) => /^(interface|vrrp_vip lb) /.test(line))).toEqual([
      "interface eth1",
      "interface eth0",
      "vrrp_vip lb 127.112.0.51 lo",
      "vrrp_vip lb 10.0.0.100 eth0",
    ]);
  });
});

test("three directors: all others are peers, and the furthest backup is configured first", () => {
  const furtherBackups = [{ address: "10.0.0.13", connection: ssh }];
  const stack = stackOf({ pair: { furtherBackups }, api: { preferred: "furtherBackups[0]" } });
  expect(confLines(stack, "router_id", "priority", "10.0.0.11", "10.0.0.12", "10.0.0.13")).toEqual({
    lb_primary: [
      'router_id "lb-primary"',
      ...["priority 150", "10.0.0.12", "10.0.0.13"],
      ...["priority 100", "10.0.0.12", "10.0.0.13"],
    ],
    lb_secondary: [
      'router_id "lb-secondary"',
      ...["priority 100", "10.0.0.11", "10.0.0.13"],
      ...["priority 90", "10.0.0.11", "10.0.0.13"],
    ],
    "lb_further-backup-0": [
      'router_id "lb-further-backup-0"',
      ...["priority 90", "10.0.0.11", "10.0.0.12"],
      ...["priority 150", "10.0.0.11", "10.0.0.12"],
    ],
  });
  const waits = (name: string): string[] => {
    const { depends_on = [] } = resourceAt(synthesize(stack), `terraform_data.${name}_config`);
    return depends_on.map((address) => address.replace(/^terraform_data\.|_[0-9A-F]{8}$/g, "")).sort();
  };
  expect(waits("lb_further-backup-0")).toEqual(["lb_further-backup-0_teardown", "web1_host_config"]);
  expect(waits("lb_secondary")).toEqual(["lb_further-backup-0_config", "lb_secondary_teardown", "web1_host_config"]);
  expect(waits("lb_primary")).toEqual(["lb_primary_teardown", "lb_secondary_config", "web1_host_config"]);
});

describe("authentication", () => {
  const secret = (stack: TerraformStack, name: string): TerraformVariable =>
    new TerraformVariable(stack, name, { type: "string", sensitive: true });
  const lines = (definition: (stack: TerraformStack) => Definition): string[] | undefined => {
    const stack = newStack();
    return confLines(stackOf(definition(stack), stack), "vrrp_instance", "auth_type", "auth_pass")["lb_primary"];
  };
  const inherited = 'auth_pass "(sensitive VRRP password)"';

  test("an instance has the password of its pair", () => {
    const authenticationType = AuthenticationType.AH;
    expect(lines((stack) => ({ pair: { authentication: secret(stack, "password"), authenticationType } }))).toEqual([
      ...['vrrp_instance "lb" {', "auth_type AH", inherited],
      ...['vrrp_instance "api" {', "auth_type AH", inherited],
    ]);
  });

  test("an instance of version 3 has none", () => {
    expect(lines((stack) => ({ pair: { authentication: secret(stack, "password") }, api: { version: 3 } }))).toEqual([
      ...['vrrp_instance "lb" {', "auth_type PASS", inherited],
      'vrrp_instance "api" {',
    ]);
  });

  test("an instance may have a password of its own, which takes its own place", () => {
    const stack = newStack();
    const passwords = { pair: secret(stack, "one"), api: secret(stack, "two") };
    stackOf({ pair: { authentication: passwords.pair }, api: { authentication: passwords.api } }, stack);
    expect(confLines(stack, "auth_pass")["lb_primary"]).toEqual([
      inherited,
      'auth_pass "(sensitive VRRP password of api)"',
    ]);
    const synthesized = Testing.synth(stack, true);
    // Once per director; all else refers to these locals.
    expect(synthesized.match(/\$\{var\.(one|two)\}/g)?.sort()).toEqual([
      ...["${var.one}", "${var.one}"],
      ...["${var.two}", "${var.two}"],
    ]);
    const replaced = /replace\(replace\([^"]*\["\/etc\/keepalived\/keepalived.conf"\], "(\(.*?\))", .*?\), "(\(.*?\))"/;
    const [, first, second] = replaced.exec(synthesized.replaceAll('\\"', '"')) ?? [];
    expect([first, second]).toEqual(["(sensitive VRRP password)", "(sensitive VRRP password of api)"]);
    expect(resourceAt(synthesize(stack), "terraform_data.lb_primary_config").lifecycle?.["precondition"]).toHaveLength(
      2,
    );
  });

  test("a literal password of an instance never reaches the output unvalidated", () => {
    const stack = stackOf({ api: { authentication: "hunter2" } });
    expect(() => Testing.synth(stack)).toThrow("authentication: must be a token, got a literal (not shown)");
  });
});
