import { Fn, TerraformVariable, Token, type TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  ForwardingMethod,
  HaPair,
  SyncGroup,
  TunnelRealServer,
  TunnelType,
  UnmanagedDirector,
  UnmanagedRealServer,
  UnmanagedRealServers,
  VirtualService,
  VrrpInstance,
  type UnmanagedRealServersProps,
} from "../../src";
import { hostText, newStack, resourceAt, ssh, synthError, synthesize } from "../support/stacks";

function listToken(stack: TerraformStack, name = "ips"): string[] {
  return new TerraformVariable(stack, name, { type: "list(string)" }).listValue;
}

function serviceOn(stack: TerraformStack): VirtualService {
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, vipInterface: "eth0" });
  return new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
}

/** The rules of real servers on the director. */
function rulesOf(stack: TerraformStack): string[] | null | undefined {
  return hostText(stack, "lb", "rules")?.match(/^-a .*$/gm);
}

test("a list token: every file repeats what belongs to a real server, and nothing is done before the list is looked at", () => {
  const stack = newStack();
  const servers = new UnmanagedRealServers(stack, "servers", { addresses: listToken(stack) });
  serviceOn(stack).addRealServers(servers, { weight: 3 });
  expect(hostText(stack, "lb", "/etc/keepalived/keepalived.conf")).toMatchSnapshot("keepalived.conf");
  expect(hostText(stack, "lb", "rules")).toMatchSnapshot("rules");
  expect(resourceAt(synthesize(stack), "terraform_data.lb_host_config").lifecycle).toMatchSnapshot("preconditions");
});

test("a list that synth knows is written out, sorted and each address once", () => {
  const stack = newStack();
  const addresses = ["10.0.0.22", "10.0.0.21", "10.0.0.22"];
  serviceOn(stack).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses }));
  expect(rulesOf(stack)).toEqual([
    "-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1",
    "-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1",
  ]);
  expect(resourceAt(synthesize(stack), "terraform_data.lb_host_config").lifecycle).toEqual({});
});

test("a list in which one address is a token is a list at apply, and so is one that Fn makes", () => {
  const stack = newStack();
  const ips = listToken(stack);
  const web = serviceOn(stack);
  const item = Token.asString(Fn.element(ips, 0));
  web.addRealServers(new UnmanagedRealServers(stack, "some", { addresses: ["10.0.0.21", item] }));
  const both = Token.asList(Fn.concat([ips, ["10.0.0.31"]]));
  web.addRealServers(new UnmanagedRealServers(stack, "more", { addresses: both }));
  const { locals = {} } = synthesize(stack);
  const list = (id: string): unknown => Object.entries(locals).find(([name]) => name.startsWith(id))?.[1];
  expect(list("some_addresses")).toContain('tolist(["10.0.0.21", element(var.ips, 0)])');
  expect(list("more_addresses")).toContain('tolist(concat(var.ips, ["10.0.0.31"]))');
});

test.each<[string, Partial<UnmanagedRealServersProps>, string]>([
  ["NAT", { forwardingMethod: ForwardingMethod.NAT }, "-m -w 1"],
  ["a tunnel", { forwardingMethod: ForwardingMethod.TUN }, "-i -w 1 --tun-type ipip"],
  [
    "GRE",
    { forwardingMethod: ForwardingMethod.TUN, tunnel: { type: TunnelType.GRE } },
    "-i -w 1 --tun-type gre --tun-nocsum",
  ],
])("are reached by %s", (_title, props, switches) => {
  const stack = newStack();
  serviceOn(stack).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: ["10.0.0.21"], ...props }));
  expect(rulesOf(stack)).toEqual([`-a -t 10.0.0.100:80 -r 10.0.0.21:80 ${switches}`]);
});

test.each<[string, Partial<UnmanagedRealServersProps>, string]>([
  [
    "what is no address",
    { addresses: ["10.0.0.21", "web2"] },
    "addresses[1]: must be an IPv4 or IPv6 address, got 'web2'",
  ],
  [
    "a tunnel under direct routing",
    { tunnel: {} },
    "tunnel: must be set for tunneling only, got forwardingMethod DR; leave it out",
  ],
  [
    "a maintenance switch",
    { maintenanceSwitch: true } as never,
    "maintenanceSwitch: must not be set for a list, got true; make an UnmanagedRealServer of each address, whose name the switch then has",
  ],
])("refuses %s", (_title, props, message) => {
  const stack = newStack();
  serviceOn(stack).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: ["10.0.0.21"], ...props }));
  expect(synthError(stack)).toContain(`[stack/servers] ${message}`);
});

test("a service whose list synth knows to be empty has no real servers", () => {
  const stack = newStack();
  serviceOn(stack).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: [] }));
  expect(synthError(stack)).toContain("[stack/web] realServers: must hold at least one real server, got none");
});

describe("a token for a whole list where there can be none", () => {
  const WHOLE =
    "must be known item by item, got one token for a whole list; take items with Fn.element(list, 0), or make UnmanagedRealServers where it is about real servers";
  const PIECE =
    "must not be list[0] or ...list of a token for a whole list, which has no items at synth; use Fn.element(list, 0) or Fn.concat([list, others])";
  const stack = newStack();
  const ips = listToken(stack);
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
  const host = { address: "10.0.0.11", connection: ssh };
  const pairProps = { primary: host, secondary: host, interface: "eth0", virtualRouterId: 1 };
  const pair = new HaPair(stack, "pair", pairProps);
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });

  test.each<[string, () => unknown, string, string]>([
    [
      "a prop that needs its items",
      () => new HaPair(stack, "a", { ...pairProps, trackInterfaces: ips }),
      "pair 'stack/a'",
      `trackInterfaces: ${WHOLE}`,
    ],
    [
      "a managed real server",
      () => new DrRealServer(stack, "b", { ...host, address: ips as never }),
      "real server 'stack/b'",
      `address: ${WHOLE}`,
    ],
    [
      "its first item",
      () => new DrRealServer(stack, "c", { ...host, address: ips[0] ?? "" }),
      "real server 'stack/c'",
      `address: ${PIECE}`,
    ],
    [
      "an item inside of a list",
      () =>
        new VirtualService(stack, "d", {
          director,
          vip: "10.0.0.100",
          port: 80,
          additionalVips: ["10.0.0.101", ...ips],
        }),
      "virtual service 'stack/d'",
      `additionalVips[1]: ${PIECE}`,
    ],
    [
      "the items of a list of real servers",
      () => new UnmanagedRealServers(stack, "e", { addresses: [...ips, "10.0.0.21"] }),
      "real servers 'stack/e'",
      `addresses[0]: ${PIECE}`,
    ],
    [
      "an option of a real server",
      () => web.addRealServer(new UnmanagedRealServer(stack, "f", { address: "10.0.0.22" }), { extraLines: ips }),
      "part of 'stack/f' in virtual service 'stack/web'",
      `extraLines: ${WHOLE}`,
    ],
    [
      "a tunnel",
      () => new TunnelRealServer(stack, "g", { ...host, tunnel: { port: ips as never } }),
      "real server 'stack/g'",
      `tunnel.port: ${WHOLE}`,
    ],
    [
      "a director",
      () => new Director(stack, "h", { ...host, routerId: ips[0] ?? "" }),
      "director 'stack/h'",
      `routerId: ${PIECE}`,
    ],
    [
      "a director of another app",
      () => new UnmanagedDirector(stack, "i", { addresses: ips }),
      "director 'stack/i'",
      `addresses: ${WHOLE}`,
    ],
    [
      "a real server of somebody else",
      () => new UnmanagedRealServer(stack, "j", { address: ips[0] ?? "" }),
      "real server 'stack/j'",
      `address: ${PIECE}`,
    ],
    [
      "a VRRP instance",
      () => new VrrpInstance(stack, "k", { pair, virtualRouterId: 2, vips: ips }),
      "VRRP instance 'stack/k'",
      `vips: ${WHOLE}`,
    ],
    [
      "a sync group",
      () => new SyncGroup(stack, "l", { instances: [pair], trackInterfaces: ips }),
      "sync group 'stack/l'",
      `trackInterfaces: ${WHOLE}`,
    ],
  ])("%s", (_title, build, subject, message) => {
    expect(build).toThrow(new Error(`invalid ${subject}, 1 problem:\n  ${message}`));
  });

  test("several are told at once", () => {
    const build = (): unknown =>
      new HaPair(stack, "m", { ...pairProps, trackInterfaces: ips, vips: ["10.0.0.100", ...ips] });
    expect(build).toThrow(
      new Error(`invalid pair 'stack/m', 2 problems:\n  trackInterfaces: ${WHOLE}\n  vips[1]: ${PIECE}`),
    );
  });
});
