import { Deferred } from "../../src/model/deferred";
import { routeDevices, routeProblems, RouteScope, RouteType, type Route } from "../../src/model/virtual-route";

const token = new Deferred("${x}");
const plain: Route = { to: "10.8.0.0/24", via: "10.0.0.1", device: "eth0" };

const accepted: [string, Route][] = [
  ["a router on a device", plain],
  ["a device alone", { to: "10.8.0.1", device: "eth0" }],
  ["a router alone", { to: "0.0.0.0/0", via: "10.0.0.1" }],
  ["IPv6", { to: "::/0", via: "fe80::1", device: "eth0", source: "2001:db8::100" }],
  ["what is known only at apply", { to: token, via: token, device: token, table: token, metric: token }],
  ["a route to nowhere", { to: "10.0.0.0/8", type: RouteType.BLACKHOLE }],
  ["a named table", { ...plain, table: "vpn_1" }],
  [
    "the least of all numbers",
    {
      ...plain,
      table: 1,
      metric: 0,
      mtu: 68,
      advertisedMss: 1,
      initialCongestionWindow: 1,
      initialReceiveWindow: 1,
    },
  ],
  [
    "the most of all numbers",
    {
      ...plain,
      table: 4294967295,
      metric: 4294967295,
      mtu: 65535,
      advertisedMss: 65535,
      initialCongestionWindow: 65535,
      initialReceiveWindow: 65535,
    },
  ],
  ["words", { ...plain, type: RouteType.UNICAST, scope: RouteScope.LINK, onLink: true, track: true }],
  ["a route that nobody watches", { to: "10.8.0.0/24", via: "10.0.0.1", track: false }],
  [
    "two ways",
    {
      to: "10.8.0.0/24",
      nextHops: [
        { via: "10.0.0.1", device: "eth0", weight: 1 },
        { via: token, weight: 256, onLink: true },
      ],
    },
  ],
];

test.each(accepted)("accepts %s", (_title, route) => {
  expect(routeProblems("virtualRoutes[0]", route)).toEqual([]);
});

const first = (got: string) =>
  `must be the first address of its network, got '${got}'; clear the bits after the prefix, or leave out its length for one address`;
const nowhere = "needs a way, got none to '10.8.0.0/24'; set via, device or nextHops";
const refused: [string, Route, string, string][] = [
  [
    "no network",
    { ...plain, to: "default" },
    ".to",
    "must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6, got 'default'",
  ],
  ["an IPv4 network with bits after its prefix", { ...plain, to: "10.8.0.5/16" }, ".to", first("10.8.0.5/16")],
  [
    "an IPv6 network with bits after its prefix",
    { to: "2001:db8:8::5/64", device: "eth0" },
    ".to",
    first("2001:db8:8::5/64"),
  ],
  ["a router that is none", { ...plain, via: "gw" }, ".via", "must be an IPv4 or IPv6 address, got 'gw'"],
  [
    "a source with a prefix",
    { ...plain, source: "10.0.0.1/24" },
    ".source",
    "must be an IPv4 or IPv6 address, got '10.0.0.1/24'; leave out the prefix length",
  ],
  ["no device", { ...plain, device: "" }, ".device", "must be an interface name of 1 to 15 bytes, got ''"],
  [
    "an unknown type",
    { to: "10.8.0.0/24", type: "nat" as RouteType },
    ".type",
    "must be a known value, got 'nat'; use one of unicast, blackhole, unreachable, prohibit",
  ],
  [
    "an unknown scope",
    { ...plain, scope: "world" as RouteScope },
    ".scope",
    "must be a known value, got 'world'; use one of global, site, link, host",
  ],
  ["table 0", { ...plain, table: 0 }, ".table", "must be an integer from 1 to 4294967295, got 0"],
  [
    "the table of the host's own addresses",
    { ...plain, table: "local" },
    ".table",
    "must be a number, or a name of rt_tables other than local, got 'local'",
  ],
  [
    "a table with a blank",
    { ...plain, table: "a b" },
    ".table",
    "must be a number, or a name of rt_tables other than local, got 'a b'",
  ],
  ["metric -1", { ...plain, metric: -1 }, ".metric", "must be an integer from 0 to 4294967295, got -1"],
  ["MTU 67", { ...plain, mtu: 67 }, ".mtu", "must be an integer from 68 to 65535, got 67"],
  ["MSS 0", { ...plain, advertisedMss: 0 }, ".advertisedMss", "must be an integer from 1 to 65535, got 0"],
  [
    "a congestion window of 0",
    { ...plain, initialCongestionWindow: 0 },
    ".initialCongestionWindow",
    "must be an integer from 1 to 65535, got 0",
  ],
  [
    "a receive window of 65536",
    { ...plain, initialReceiveWindow: 65536 },
    ".initialReceiveWindow",
    "must be an integer from 1 to 65535, got 65536",
  ],
  [
    "a router of the other family",
    { ...plain, via: "2001:db8::1" },
    ".via",
    "must be IPv4 like virtualRoutes[0].to, got '2001:db8::1'",
  ],
  ["no way", { to: "10.8.0.0/24" }, "", nowhere],
  [
    "a way to nowhere",
    { ...plain, type: RouteType.PROHIBIT },
    ".type",
    "must be unicast where there is a way, got prohibit; leave it out",
  ],
  [
    "several ways and one",
    { ...plain, nextHops: [{ via: "10.0.0.2" }] },
    ".nextHops",
    "must stand alone, got '10.0.0.1' beside it",
  ],
  [
    "several ways that are none",
    { to: "10.8.0.0/24", nextHops: [] },
    ".nextHops",
    "must hold at least one way, got none; leave it out instead",
  ],
  [
    "a way of weight 0",
    { to: "10.8.0.0/24", nextHops: [{ via: "10.0.0.1", weight: 0 }] },
    ".nextHops[0].weight",
    "must be an integer from 1 to 256, got 0",
  ],
  [
    "a way of the other family",
    { to: "10.8.0.0/24", nextHops: [{ via: "2001:db8::1" }] },
    ".nextHops[0].via",
    "must be IPv4 like virtualRoutes[0].to, got '2001:db8::1'",
  ],
  [
    "a route that cannot be watched",
    { to: "10.8.0.0/24", via: "10.0.0.1", track: true },
    ".track",
    "needs a device, got track: true without one; keepalived watches routes of a known device only",
  ],
];

test.each(refused)("refuses %s", (_title, route, path, message) => {
  expect(routeProblems("virtualRoutes[0]", route)).toEqual([{ path: `virtualRoutes[0]${path}`, message }]);
});

test("the devices of a route", () => {
  expect(routeDevices(plain)).toEqual(["eth0"]);
  const nextHops = [{ via: "10.0.0.1", device: "eth1" }, { via: "10.0.0.2" }, { via: "10.0.0.3", device: token }];
  expect(routeDevices({ to: "::/0", nextHops })).toEqual(["eth1", token]);
});
