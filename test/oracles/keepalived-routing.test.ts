import { RouteScope, RouteType, type Route } from "../../src/model/virtual-route";
import { RuleAction, RuleProtocol, type Rule } from "../../src/model/virtual-rule";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { keepalivedVerdict } from "../support/keepalived";
import { directorConfig, vrrpConfig } from "../support/models";
import { CLEAN, describeWithOracles } from "../support/oracles";

const virtualRoutes: Route[] = [
  { to: "10.8.0.0/24", via: "10.0.0.1", device: "eth0" },
  { to: "10.8.1.0/24", via: "10.0.0.1", device: "eth0", onLink: true },
  { to: "10.8.2.1", device: "eth1", scope: RouteScope.LINK, source: "10.0.0.100" },
  { to: "0.0.0.0/0", via: "10.0.0.1", table: 4294967295 },
  { to: "::/0", via: "2001:db8::1", device: "eth0", table: "main", metric: 4294967295 },
  { to: "2001:db8:1::/48", via: "fe80::1", device: "eth0", source: "2001:db8::100", track: false },
  ...Object.values(RouteType)
    .filter((type) => type !== RouteType.UNICAST)
    .map((type, index) => ({ to: `10.9.${index}.0/24`, type })),
  ...Object.values(RouteScope).map((scope, index) => ({ to: `10.10.${index}.0/24`, device: "eth1", scope })),
  {
    to: "10.11.0.0/16",
    device: "eth0",
    mtu: 65535,
    advertisedMss: 65535,
    initialCongestionWindow: 65535,
    initialReceiveWindow: 65535,
  },
  {
    to: "10.12.0.0/16",
    nextHops: [
      { via: "10.0.0.1", weight: 256 },
      { via: "10.0.0.2", device: "eth1", onLink: true },
    ],
  },
];

const virtualRules: Rule[] = [
  { preference: 1, from: "10.8.0.0/24", table: 7 },
  { preference: 4294967295, to: "2001:db8::/32", table: "main" },
  { preference: 2, family: "IPv6", inputInterface: "eth0", table: 4294967295 },
  { preference: 3, outputInterface: "eth1", goTo: 4, track: false },
  ...Object.values(RuleAction).map((action, index) => ({ preference: 10 + index, from: "10.8.0.0/24", action })),
  ...Object.values(RuleProtocol).map((protocol, index) => ({ preference: 20 + index, protocol, table: 7 })),
  { preference: 30, firewallMark: 4294967295, firewallMask: 1, tos: 255, table: 7 },
  { preference: 31, protocol: RuleProtocol.TCP, sourcePorts: "443", destinationPorts: "1-65535", table: 7 },
  { preference: 32, not: true, to: "10.0.0.0/8", table: "main", suppressPrefixLength: 0 },
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(virtualRoutes)("takes the virtual route %j in silence", (route) => {
    const vrrp = vrrpConfig({ settings: { virtualRoutes: [route] } });
    expect(keepalivedVerdict(keepalivedConf(directorConfig({ vrrp })))).toEqual(CLEAN);
  });

  test.each(virtualRules)("takes the virtual rule %j in silence", (rule) => {
    const vrrp = vrrpConfig({ settings: { virtualRules: [rule] } });
    expect(keepalivedVerdict(keepalivedConf(directorConfig({ vrrp })))).toEqual(CLEAN);
  });

  test("is a judge that refuses a table that is not there", () => {
    const vrrp = vrrpConfig({ settings: { virtualRoutes: [{ to: "::/0", device: "eth0", table: "nowhere" }] } });
    expect(keepalivedVerdict(keepalivedConf(directorConfig({ vrrp }))).status).toBe(5);
  });
});
