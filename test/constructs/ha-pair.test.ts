import { TerraformVariable, type TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, Scheduler, VirtualService, type HaPairProps } from "../../src";
import { confLines, hostFiles, newStack, outline, resourceAt, ssh, synthesize } from "../support/stacks";

function pairStack(props: Partial<HaPairProps> = {}): TerraformStack {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  return stack;
}

test("a pair with two services and two real servers", () => {
  const stack = newStack();
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh, instanceId: "i-1" },
    secondary: { address: "10.0.0.12", connection: ssh, instanceId: "i-2" },
    interface: "eth0",
    virtualRouterId: 51,
    authentication: password,
    authenticationVersion: "2024-01",
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  const web2 = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh });
  new VirtualService(stack, "http", {
    director: lb,
    vip: "10.0.0.100",
    port: 80,
    scheduler: Scheduler.RR,
    healthCheck: HealthCheck.http({ path: "/" }),
  })
    .addRealServer(web1)
    .addRealServer(web2, { weight: 2 });
  new VirtualService(stack, "https", { director: lb, vip: "10.0.0.100", port: 443 }).addRealServer(web1);
  const synthesized = synthesize(stack);
  expect(outline(synthesized)).toMatchSnapshot("resources");
  const planAndRules = Object.entries(hostFiles(synthesized)).filter(([name]) => / (plan|rules)$/.test(name));
  expect(Object.fromEntries(planAndRules)).toMatchSnapshot("plans and rules");
});

test("the sides differ in their names, priorities and addresses only", () => {
  const keywords = ["router_id", "state", "priority", "unicast_src_ip", "10.0.0.11", "10.0.0.12"];
  expect(confLines(pairStack(), ...keywords)).toEqual({
    lb_primary: ['router_id "lb-primary"', "state BACKUP", "priority 150", "unicast_src_ip 10.0.0.11", "10.0.0.12"],
    lb_secondary: ['router_id "lb-secondary"', "state BACKUP", "priority 100", "unicast_src_ip 10.0.0.12", "10.0.0.11"],
  });
});

test.each([
  ["synchronised", {}, ["state BACKUP", "preempt_delay 15"]],
  ["announced again more often", { connectionSync: { refreshPeriodSeconds: 3 } }, ["state BACKUP", "preempt_delay 8"]],
  ["not synchronised", { connectionSync: false }, ["state MASTER"]],
  ["not waited for", { preemptDelaySeconds: 0 }, ["state MASTER", "preempt_delay 0"]],
  ["waited for longer", { preemptDelaySeconds: 120 }, ["state BACKUP", "preempt_delay 120"]],
] as const)("a primary that comes back while connections are %s", (_title, props, primary) => {
  expect(confLines(pairStack(props), "state", "preempt_delay")["lb_primary"]).toEqual(primary);
});

test("without preemption both start as backup, and neither must hold the VIPs", () => {
  const stack = pairStack({ preempt: false });
  const sides = ["state BACKUP", "nopreempt"];
  expect(confLines(stack, "state", "nopreempt")).toEqual({ lb_primary: sides, lb_secondary: sides });
  const plans = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => /^lb.* plan$/.test(name));
  expect(plans.map(([, text]) => text.split("\n").filter((line) => line.startsWith("vrrp_holds")))).toEqual([
    ["vrrp_holds lb no"],
    ["vrrp_holds lb no"],
  ]);
});

test.each([
  ["the default", {}, "1", "2"],
  ["whole seconds", { advertIntervalSeconds: 3 }, "3", "2"],
  ["a fraction", { advertIntervalSeconds: 0.5 }, "0.5", "3"],
])("an advert interval of %s decides the VRRP version", (_title, props, interval, version) => {
  const sides = [`advert_int ${interval}`, `version ${version}`];
  expect(confLines(pairStack(props), "advert_int", "version")).toEqual({ lb_primary: sides, lb_secondary: sides });
});

/** The addresses in a block of keepalived.conf, for each side. */
function addressesIn(stack: TerraformStack, keyword: string): Record<string, string[]> {
  const files = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => name.endsWith("keepalived.conf"));
  return Object.fromEntries(
    files.map(([name, text]) => {
      const block = new RegExp(`^ +${keyword} \\{\\n([^}]*)\\}`, "m").exec(text)?.[1] ?? "";
      const lines = block.split("\n").map((line) => line.trim());
      return [name.startsWith("lb_primary") ? "primary" : "secondary", lines.filter((line) => line !== "")];
    }),
  );
}

const ipv6Directors = {
  primary: { address: "2001:db8::11", connection: ssh },
  secondary: { address: "2001:db8::12", connection: ssh },
};

test.each([
  ["IPv4 directors", {}, "127.112.0.51 dev lo scope host"],
  ["IPv6 directors", ipv6Directors, "fe80::5e:33 dev lo"],
  ["another VRID", { virtualRouterId: 7 }, "127.112.0.7 dev lo scope host"],
])("adverts carry an address that stays when VIPs change: %s", (_title, props, anchor) => {
  const anchors = { primary: [anchor], secondary: [anchor] };
  const stack = pairStack(props);
  expect(addressesIn(stack, "virtual_ipaddress")).toEqual(anchors);
  const vip = "10.0.0.100 dev eth0";
  expect(addressesIn(stack, "virtual_ipaddress_excluded")).toEqual({ primary: [vip], secondary: [vip] });
});

test("an id that keepalived could not read back is made plain", () => {
  const stack = newStack();
  const lb = new HaPair(stack, "lb öst {1}", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const text = Object.entries(hostFiles(synthesize(stack))).find(([name]) => name.endsWith("keepalived.conf"))?.[1];
  expect(text?.split("\n").filter((line) => line.includes("lb-"))).toEqual([
    expect.stringMatching(/^ {4}router_id "lb--st--1--(primary|secondary)"$/),
    '    lvs_sync_daemon eth0 inst "lb--st--1-" id 51',
    'vrrp_instance "lb--st--1-" {',
  ]);
});

test("Terraform refuses a password that keepalived would cut off or not read back", () => {
  const stack = newStack();
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    authentication: password,
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const { lifecycle } = resourceAt(synthesize(stack), "terraform_data.lb_primary_config");
  expect(lifecycle).toEqual({
    precondition: [
      {
        condition: expect.stringMatching(/^\$\{can\(regex\("\^\[!#-\\\\\[\\\\\]-~\]\{1,8\}\$", /) as string,
        error_message:
          "authentication: the VRRP password must have 1 to 8 printable ASCII characters without space, quote or backslash",
      },
    ],
  });
});
