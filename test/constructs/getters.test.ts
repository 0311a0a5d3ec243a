import { TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import {
  Director,
  DrRealServer,
  ForwardingMethod,
  HaPair,
  LocalRealServer,
  Protocol,
  TableOwner,
  UnmanagedDirector,
  UnmanagedRealServer,
  UnmanagedRealServers,
  VirtualService,
  VrrpInstance,
  type IDirector,
  type IRealServer,
} from "../../src";
import { newStack, ssh, synthesize } from "../support/stacks";

function text(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: "string" }).stringValue;
}

/** What Terraform gets for outputs of these values. */
function outputs(stack: TerraformStack, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  for (const [name, value] of Object.entries(values)) new TerraformOutput(stack, `output_${name}`, { value });
  const { output = {} } = synthesize(stack) as { output?: Record<string, { readonly value: unknown }> };
  return Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name.replace("output_", ""), value]));
}

function pairOn(stack: TerraformStack): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: text(stack, "primary"), connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    furtherBackups: [{ address: "10.0.0.13", connection: ssh }],
    interface: text(stack, "device"),
    virtualRouterId: 51,
  });
}

test("outputs of a pair and its services have the tokens that were given", () => {
  const stack = newStack();
  const lb = pairOn(stack);
  const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
  const vip = text(stack, "vip");
  const web = new VirtualService(stack, "web", { director: lb, vip, port, additionalVips: ["10.0.0.101"] });
  const server = new DrRealServer(stack, "web1", { address: text(stack, "server"), connection: ssh });
  web.addRealServer(server).addRealServer(new LocalRealServer(stack, "local", { director: lb }));
  const blue = new VrrpInstance(stack, "blue", { pair: lb, virtualRouterId: 52, vips: ["10.0.0.102"] });
  expect(
    outputs(stack, {
      addresses: lb.addresses,
      device: lb.interface,
      vrids: [lb.virtualRouterId, blue.virtualRouterId],
      blue_device: blue.interface,
      url: `http://${web.vip}:${web.port}/`,
      vips: web.additionalVips,
      protocol: web.protocol,
      server: server.address,
      server_ipv6: server.ipv6Address ?? "none",
    }),
  ).toEqual({
    addresses: ["${var.primary}", "10.0.0.12", "10.0.0.13"],
    device: "${var.device}",
    vrids: [51, 52],
    blue_device: "${var.device}",
    url: "http://${var.vip}:${var.port}/",
    vips: ["10.0.0.101"],
    protocol: Protocol.TCP,
    server: "${var.server}",
    server_ipv6: "none",
  });
});

test("what a construct has is a value for the props of another", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: text(stack, "own"), connection: ssh, vipInterface: "eth0" });
  const servers = new UnmanagedRealServers(stack, "servers", {
    addresses: new TerraformVariable(stack, "list", { type: "list(string)" }).listValue,
    forwardingMethod: ForwardingMethod.NAT,
  });
  const one = new UnmanagedRealServer(stack, "one", {
    address: director.address,
    ipv6Address: "2001:db8::1",
    forwardingMethod: ForwardingMethod.NAT,
  });
  const elsewhere = new UnmanagedDirector(stack, "elsewhere", { addresses: director.addresses });
  const marked = { mark: 1, ports: [80, 443] };
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", firewallMark: marked });
  web.addRealServer(one);
  new VirtualService(stack, "there", { director: elsewhere, vip: web.vip, port: 80 }).addRealServer(one);
  expect(servers.forwardingMethod).toBe(ForwardingMethod.NAT);
  expect([web.port, web.additionalVips]).toEqual([undefined, []]);
  expect(
    outputs(stack, { list: servers.addresses, one: [one.address, one.ipv6Address], elsewhere: elsewhere.addresses }),
  ).toEqual({
    list: "${var.list}",
    one: ["${var.own}", "2001:db8::1"],
    elsewhere: ["${var.own}"],
  });
});

test("a director that serves too has the address of its host", () => {
  const stack = newStack();
  const lb = pairOn(stack);
  const second: IRealServer = new LocalRealServer(stack, "local", { director: lb, hostIndex: 1 });
  expect(second.address).toBe("10.0.0.12");
  expect(new LocalRealServer(stack, "none", { director: lb, hostIndex: 3 }).address).toBe("");
});

test("lists that were passed are not changed by those who passed them", () => {
  const stack = newStack();
  const addresses = ["10.0.0.11"];
  const director = new UnmanagedDirector(stack, "lb", { addresses });
  const additionalVips = ["10.0.0.101"];
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80, additionalVips });
  addresses.push("10.0.0.12");
  additionalVips.pop();
  expect([director.addresses, web.additionalVips]).toEqual([["10.0.0.11"], ["10.0.0.101"]]);
});

/** The compiler is the test: see tsconfig.json. */
test("the interfaces are implemented by classes of the library alone", () => {
  const { node } = newStack() as IConstruct;
  // @ts-expect-error -- it has not what the library's own classes tell each other
  const director: IDirector = { node, tableOwner: TableOwner.KEEPALIVED, addresses: [] };
  expect(director.addresses).toEqual([]);
});
