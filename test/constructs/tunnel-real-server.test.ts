import type { TerraformStack } from "cdktf";
import {
  Director,
  TunnelChecksum,
  TunnelRealServer,
  TunnelType,
  VirtualService,
  type TunnelRealServerProps,
} from "../../src";
import { hostText, newStack, ssh, synthError } from "../support/stacks";

function serve(stack: TerraformStack, props: Partial<TunnelRealServerProps>, vips: readonly string[]): void {
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
  const web = new TunnelRealServer(stack, "web", { address: "10.9.0.21", connection: ssh, ...props });
  vips.forEach((vip, index) => {
    new VirtualService(stack, `s${index}`, { director, vip, port: 80 }).addRealServer(web);
  });
}

test("IP in IP: a device that unpacks, loose about the way back, and the VIP hidden from ARP", () => {
  const stack = newStack();
  serve(stack, {}, ["10.0.0.100"]);
  expect(hostText(stack, "web", "plan")).toBe(`host stack/web (10.9.0.21)
role real-server
address 10.9.0.21
package iproute2 ip
sysctl net/ipv4/conf/lvs-ipip/rp_filter 2
sysctl net/ipv4/conf/*/arp_ignore 1
sysctl net/ipv4/conf/*/arp_announce 2
object link add name lvs-ipip type ipip local 10.9.0.21 | link delete lvs-ipip | link show lvs-ipip | lvs-ipip@
object link set lvs-ipip up | link set lvs-ipip down | link show lvs-ipip | UP
vip 10.0.0.100 lvs-ipip
unit cdktf-lvs-network.service
unit cdktf-lvs-vips.service
`);
  expect(hostText(stack, "web", "/etc/modules-load.d/cdktf-lvs.conf")).toBe("ipip\n");
  expect(hostText(stack, "lb", "rules")).toContain("-r 10.9.0.21:80 -i -w 1 --tun-type ipip\n");
});

const six = { ipv6Address: "2001:db8:9::21" };
const both = ["10.0.0.100", "2001:db8::100"];

test.each<[string, Partial<TunnelRealServerProps>, string[], string[], string[]]>([
  [
    "IP in IP",
    {},
    both,
    ["ipip", "sit"],
    ["name lvs-ipip type ipip local 10.9.0.21", "name lvs-sit type sit local 10.9.0.21"],
  ],
  [
    "IP in IP with an address of each family",
    six,
    both,
    ["ipip", "ip6_tunnel"],
    ["name lvs-ipip type ipip local 10.9.0.21", "name lvs-ip6tnl type ip6tnl mode any local 2001:db8:9::21"],
  ],
  [
    "IPv4 in IPv6",
    { address: "2001:db8:9::21" },
    ["10.0.0.100"],
    ["ip6_tunnel"],
    ["name lvs-ip6tnl type ip6tnl mode any local 2001:db8:9::21"],
  ],
  [
    "GRE, one device for both",
    { tunnel: { type: TunnelType.GRE } },
    both,
    ["ip_gre"],
    ["name lvs-gre type gre local 10.9.0.21"],
  ],
  [
    "GRE with an address of each family",
    { ...six, tunnel: { type: TunnelType.GRE } },
    both,
    ["ip_gre", "ip6_gre"],
    ["name lvs-gre type gre local 10.9.0.21", "name lvs-gre6 type ip6gre local 2001:db8:9::21"],
  ],
])("VIPs of both families by %s", (_title, props, vips, modules, links) => {
  const stack = newStack();
  serve(stack, props, vips);
  expect(hostText(stack, "web", "/etc/modules-load.d/cdktf-lvs.conf")).toBe(
    modules.map((name) => `${name}\n`).join(""),
  );
  const plan = hostText(stack, "web", "plan") ?? "";
  expect([...plan.matchAll(/^object link add ([^|]*) \|/gm)].map(([, words]) => words)).toEqual(links);
});

test.each([
  ["none", TunnelChecksum.NONE, "nocsum", "noicsum", "!icsum"],
  ["those of all packets", TunnelChecksum.FULL, "csum", "icsum", "icsum"],
])("GRE with checksums: %s, on both ends", (_title, checksum, sent, expected, text) => {
  const stack = newStack();
  serve(stack, { ...six, tunnel: { type: TunnelType.GRE, checksum } }, both);
  const change = "link change lvs-gre type gre";
  const change6 = "link change lvs-gre6 type ip6gre";
  const plan = hostText(stack, "web", "plan");
  expect(plan).toContain(`object ${change} ${expected} | ${change} noicsum | -details link show lvs-gre | ${text}\n`);
  expect(plan).toContain(
    `object ${change6} ${expected} | ${change6} noicsum | -details link show lvs-gre6 | ${text}\n`,
  );
  expect(hostText(stack, "lb", "rules")).toContain(`--tun-type gre --tun-${sent}\n`);
});

test("GUE: a port for each family beside the devices", () => {
  const stack = newStack();
  serve(stack, { ...six, tunnel: { type: TunnelType.GUE, port: 5555, checksum: TunnelChecksum.REMOTE } }, both);
  const plan = hostText(stack, "web", "plan") ?? "";
  expect(plan).toContain("object fou add port 5555 gue | fou del port 5555 | fou show | port 5555 gue\n");
  expect(plan).toContain("object fou add port 5555 gue -6 | fou del port 5555 -6 | fou show | port 5555 gue -6\n");
  expect(hostText(stack, "web", "/etc/modules-load.d/cdktf-lvs.conf")).toBe("fou\nipip\nfou6\nip6_tunnel\n");
  expect(hostText(stack, "lb", "/etc/keepalived/keepalived.conf")).toContain(
    "lvs_method TUN type gue port 5555 remcsum\n",
  );
});

test("without a service there is neither a device nor a VIP", () => {
  const stack = newStack();
  serve(stack, {}, ["10.0.0.100"]);
  new TunnelRealServer(stack, "idle", { address: "10.9.0.22", connection: ssh });
  expect(hostText(stack, "idle", "plan")).not.toMatch(/object|vip|sysctl|unit/);
});

test("refuses a port for IP in IP", () => {
  const stack = newStack();
  serve(stack, { tunnel: { port: 5555 } }, ["10.0.0.100"]);
  expect(synthError(stack)).toContain(
    "[stack/web] tunnel.port: must not be set for this type, got type 'ipip'; use type gue",
  );
});
