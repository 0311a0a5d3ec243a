import { Deferred } from "../../src/model/deferred";
import { RouteScope, RouteType, type Route } from "../../src/model/virtual-route";
import { RuleAction, RuleProtocol, type Rule } from "../../src/model/virtual-rule";
import { routeLine, ruleLine } from "../../src/render/routing-lines";

const token = new Deferred("${x}", "[${x}]");

const routes: [Route, string][] = [
  [{ to: "10.8.0.0/24", via: "10.0.0.1", device: "eth0" }, "10.8.0.0/24 via 10.0.0.1 dev eth0"],
  [{ to: "2001:0DB8:0::/32", device: "eth0", track: false }, "2001:db8::/32 dev eth0 no_track"],
  [{ to: "0.0.0.0/0", via: "10.0.0.1" }, "0.0.0.0/0 via 10.0.0.1 no_track"],
  [{ to: "10.0.0.0/8", type: RouteType.BLACKHOLE }, "blackhole 10.0.0.0/8 no_track"],
  [{ to: token, via: token, device: token, table: token }, "${x} via ${x} dev ${x} table ${x}"],
  [
    {
      to: "10.8.0.1",
      type: RouteType.UNICAST,
      via: "10.0.0.1",
      device: "eth0",
      source: "10.0.0.100",
      table: "vpn",
      metric: 0,
      scope: RouteScope.LINK,
      onLink: true,
      mtu: 1400,
      advertisedMss: 1360,
      initialCongestionWindow: 10,
      initialReceiveWindow: 20,
      track: true,
    },
    "10.8.0.1 via 10.0.0.1 dev eth0 src 10.0.0.100 table vpn metric 0 scope link onlink mtu 1400 advmss 1360 initcwnd 10 initrwnd 20",
  ],
  [
    {
      to: "::/0",
      nextHops: [
        { via: "2001:db8::1", device: "eth0", weight: 256 },
        { via: "2001:db8::2", onLink: true },
      ],
    },
    "::/0 no_track nexthop via 2001:db8::1 dev eth0 weight 256 nexthop via 2001:db8::2 weight 1 onlink",
  ],
];

test.each(routes)("the route %j", (route, line) => {
  expect(routeLine(route)).toBe(line);
});

const rules: [Rule, string][] = [
  [{ preference: 100, from: "10.8.0.0/24", table: 7 }, "from 10.8.0.0/24 table 7 preference 100"],
  [{ preference: 1, to: "10.8.0.1", action: RuleAction.PROHIBIT }, "to 10.8.0.1 prohibit preference 1"],
  [{ preference: 1, inputInterface: "eth0", goTo: 2 }, "iif eth0 goto 2 preference 1"],
  [{ preference: 1, family: "IPv6", table: "main" }, "from ::/0 table main preference 1"],
  [{ preference: 1, family: "IPv6", to: "2001:0db8::/32", table: 7 }, "to 2001:db8::/32 table 7 preference 1"],
  [
    { preference: token, from: token, table: token, firewallMark: token },
    "from ${x} fwmark ${x} table ${x} preference ${x}",
  ],
  [
    {
      preference: 1,
      not: true,
      from: "10.0.0.0/8",
      to: "10.9.0.0/16",
      inputInterface: "eth0",
      outputInterface: "eth1",
      firewallMark: 5,
      firewallMask: 255,
      tos: 16,
      protocol: RuleProtocol.TCP,
      sourcePorts: "1024-65535",
      destinationPorts: "443",
      table: 7,
      suppressPrefixLength: 0,
      track: false,
    },
    "not from 10.0.0.0/8 to 10.9.0.0/16 iif eth0 oif eth1 fwmark 5/255 tos 16 ipproto tcp sport 1024-65535 dport 443-443 table 7 suppress_prefixlength 0 preference 1 no_track",
  ],
];

test.each(rules)("the rule %j", (rule, line) => {
  expect(ruleLine(rule)).toBe(line);
});
