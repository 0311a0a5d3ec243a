import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { vrrpProblems, type VrrpInstanceSettings } from "../../src/model/vrrp";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import type { PairDirector } from "../../src/model/vrrp-directors";

type Settings = DeepDeferrable<VrrpInstanceSettings>;

const token = new Deferred("${x}");
const settings: Settings = { interface: "eth0", virtualRouterId: 51 };
const directors: PairDirector[] = [
  { prop: "primary", address: "10.0.0.1" },
  { prop: "secondary", address: "10.0.0.2" },
];

const accepted: [string, Partial<Settings>][] = [
  ["an interface and a VRID", {}],
  ["an interface known only at apply", { interface: token }],
  ["the lowest VRID", { virtualRouterId: 1 }],
  ["the highest VRID", { virtualRouterId: 255 }],
  ["VIPs on another interface", { vipInterface: "eth1" }],
  ["VIPs on an interface known only at apply", { vipInterface: token }],
  ["a virtual MAC, and VIPs that are said to be there", { vipInterface: "eth0", virtualMac: {} }],
  ["no VIP of its own", { vips: [] }],
  ["VIPs of both families and one known only at apply", { vips: ["192.0.2.1", "2001:db8::1", token] }],
  [
    "switches",
    {
      lowerPriorityNoAdvert: true,
      higherPrioritySendAdvert: false,
      skipCheckAdvertAddress: true,
      promoteSecondaries: true,
      dontTrackPrimary: true,
    },
  ],
];

test.each(accepted)("accepts %s", (_title, props) => {
  expect(vrrpProblems({ ...settings, ...props }, directors, false)).toEqual([]);
});

const lengthRule = "must be an interface name of 1 to 15 bytes";
const characterRule = `must be an interface name without white space, control characters and / : " ' # ! { } @ $ % \\`;
const literalRule = "must be known at synth, got a token; what else is written depends on it, pass a literal";

const refused: [string, Partial<Settings>, string, string][] = [
  ["no interface", { interface: "" }, "interface", `${lengthRule}, got ''`],
  ["an interface with an alias", { interface: "eth0:1" }, "interface", `${characterRule}, got 'eth0:1'`],
  [
    "the loopback interface",
    { interface: "lo" },
    "interface",
    "must be an interface that reaches the other director, got 'lo'",
  ],
  ["VIPs on an interface with an alias", { vipInterface: "eth0:1" }, "vipInterface", `${characterRule}, got 'eth0:1'`],
  [
    "VIPs on the loopback interface",
    { vipInterface: "lo" },
    "vipInterface",
    "must be an interface that clients are behind, got 'lo'; nobody would be told of the VIPs",
  ],
  [
    "a virtual MAC, and VIPs elsewhere",
    { vipInterface: "eth1", virtualMac: {} },
    "vipInterface",
    "must be the interface of the adverts with virtualMac, got 'eth1'; the virtual MAC address is there alone, leave one out",
  ],
  ["VRID 0", { virtualRouterId: 0 }, "virtualRouterId", "must be an integer from 1 to 255, got 0"],
  ["VRID 256", { virtualRouterId: 256 }, "virtualRouterId", "must be an integer from 1 to 255, got 256"],
  ["VRID 1.5", { virtualRouterId: 1.5 }, "virtualRouterId", "must be an integer from 1 to 255, got 1.5"],
  ["a token as VRID", { virtualRouterId: token }, "virtualRouterId", literalRule],
  [
    "a VIP with a prefix length",
    { vips: ["192.0.2.1", "192.0.2.2/24"] },
    "vips[1]",
    "must be an IPv4 or IPv6 address, got '192.0.2.2/24'; leave out the prefix length",
  ],
  [
    "a VIP on the loopback network",
    { vips: ["127.112.0.51"] },
    "vips[0]",
    "must be a unicast address, got '127.112.0.51' (loopback)",
  ],
  [
    "a virtual MAC and ipvlan",
    { multicast: true, virtualMac: {}, ipvlan: { addresses: ["10.0.0.3", "10.0.0.4"] } },
    "ipvlan",
    "must not be set with virtualMac, got both; leave one out",
  ],
  [
    "a type of authentication without a password",
    { authenticationType: AuthenticationType.AH },
    "authenticationType",
    "needs a password, got AH without one; set authentication",
  ],
];

test.each(refused)("refuses %s", (_title, props, path, message) => {
  expect(vrrpProblems({ ...settings, ...props }, directors, false)).toEqual([{ path, message }]);
});

test("every problem is found at once", () => {
  const wrong: Settings = {
    interface: "",
    vipInterface: "lo",
    virtualRouterId: token,
    preferred: "furtherBackups[0]",
    directorAddresses: [],
    advertIntervalSeconds: 0,
    unicastTtl: 0,
    trackInterfaces: ["eth 1", "eth/2"],
    vips: ["x"],
    authenticationType: "MD5" as AuthenticationType,
    gratuitousArp: { masterRepeat: 0 },
    virtualMac: { macAddress: "x" },
  };
  expect(vrrpProblems(wrong, directors, true).map(({ path }) => path)).toEqual([
    "interface",
    "vipInterface",
    "virtualRouterId",
    "preferred",
    "directorAddresses",
    "advertIntervalSeconds",
    "unicastTtl",
    "trackInterfaces[0]",
    "trackInterfaces[1]",
    "vips[0]",
    "authenticationType",
    "gratuitousArp.masterRepeat",
    "virtualMac.macAddress",
  ]);
});

test("the family of the addresses that the adverts go between counts, not that of the directors' own", () => {
  const inside = { ...settings, directorAddresses: ["2001:db8::1", "2001:db8::2"], version: 2 } as const;
  expect(vrrpProblems(inside, directors, false)).toEqual([
    { path: "version", message: "must be 3 between IPv6 directors, got 2; only version 3 speaks IPv6" },
  ]);
});
