import { Director, VirtualService, type HaPairProps, type VirtualServiceSettings } from "../../src";
import { inside, pairOn, service, webOn } from "../support/nat-stacks";
import { newStack, ssh, synthError } from "../support/stacks";

const refused: [string, Partial<HaPairProps>, Partial<VirtualServiceSettings>, string][] = [
  [
    "a pair without an inside address",
    {},
    service,
    "[stack/web] virtual service 'stack/one': needs a natGateway on its director, got none; replies must come back through it",
  ],
  [
    "an IPv6 service without an IPv6 inside address",
    { natGateway: { interface: "eth1", address: "10.1.0.254" } },
    { ...service, vip: "2001:db8::100" },
    "[stack/web] virtual service 'stack/one': needs an IPv6 natGateway on its director, got none; replies must come back through it",
  ],
  [
    "marks that somebody else sets",
    { natGateway: inside },
    { vip: "10.0.0.100", firewallMark: { mark: 1 } },
    "[stack/web] virtual service 'stack/one': needs ports that replies can be told by, got a firewall mark alone; name its ports, or set replaceDefaultRoute",
  ],
];

test.each(refused)("refuses %s", (_title, pair, settings, message) => {
  const stack = newStack();
  const director = pairOn(stack, pair);
  new VirtualService(stack, "one", { director, vip: "10.0.0.100", ...settings }).addRealServer(webOn(stack));
  expect(synthError(stack)).toContain(message);
});

test("a lone director refuses the address of a real server as its inside address", () => {
  const stack = newStack();
  const natGateway = { ...inside, ipv6Address: "2001:DB8:1:0::21" };
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, natGateway });
  new VirtualService(stack, "six", { director, vip: "2001:db8::100", port: 80 }).addRealServer(webOn(stack));
  expect(synthError(stack)).toContain(
    "[stack/lb] natGateway.ipv6Address: must be an address of its own, got '2001:DB8:1:0::21'; it is realServers[0] of virtual service 'stack/six'",
  );
});
