import { addressFamily, canonicalAddress, unicastProblems, type AddressFamily } from "../../src/model/address";
import { Deferred, type Deferrable } from "../../src/model/deferred";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import type { DirectorProp, PairDirector } from "../../src/model/vrrp-directors";
import { anchorAddress, heldAddresses, instanceOn, type InstanceDefinition } from "../../src/model/vrrp-instance";

const token = new Deferred("${x}");
const directors: PairDirector[] = [
  { prop: "primary", address: "10.0.0.11" },
  { prop: "secondary", address: "10.0.0.12" },
  { prop: "furtherBackups[0]", address: "10.0.0.13" },
];

type Settings = Partial<InstanceDefinition["settings"]>;

function definition(settings: Settings = {}, different: Partial<InstanceDefinition> = {}): InstanceDefinition {
  const vips = [{ address: "10.0.0.100", device: "eth0" }];
  return {
    name: "lb",
    settings: { interface: "eth0", virtualRouterId: 51, ...settings },
    directors,
    vips,
    ...different,
  };
}

test("each director has its side: its rank, its address, and all others as its peers", () => {
  const sides = directors.map(({ prop }) => instanceOn(definition(), prop));
  const common = {
    name: "lb",
    version: 2,
    anchor: "127.112.0.51",
    vips: [{ address: "10.0.0.100", device: "eth0" }],
    settings: { interface: "eth0", virtualRouterId: 51 },
  };
  expect(sides).toEqual([
    {
      ...common,
      initialState: "MASTER",
      priority: 150,
      sourceAddress: "10.0.0.11",
      peers: ["10.0.0.12", "10.0.0.13"],
      mustHold: true,
    },
    {
      ...common,
      initialState: "BACKUP",
      priority: 100,
      sourceAddress: "10.0.0.12",
      peers: ["10.0.0.11", "10.0.0.13"],
      mustHold: false,
    },
    {
      ...common,
      initialState: "BACKUP",
      priority: 90,
      sourceAddress: "10.0.0.13",
      peers: ["10.0.0.11", "10.0.0.12"],
      mustHold: false,
    },
  ]);
});

const password = { passwordPlaceholder: "(password)" };
const starts: [string, Settings, Partial<InstanceDefinition>, DirectorProp, "MASTER" | "BACKUP", boolean][] = [
  ["the preferred one", {}, {}, "primary", "MASTER", true],
  ["the secondary when it is preferred", { preferred: "secondary" }, {}, "secondary", "MASTER", true],
  ["the primary when it is not", { preferred: "secondary" }, {}, "primary", "BACKUP", false],
  ["without preemption", { preempt: false }, {}, "primary", "BACKUP", false],
  ["with a delay", { preemptDelaySeconds: 65 }, {}, "primary", "BACKUP", true],
  ["with a delay longer than a deploy", { preemptDelaySeconds: 66 }, {}, "primary", "BACKUP", false],
  ["with no delay", { preemptDelaySeconds: 0 }, {}, "primary", "MASTER", true],
  ["with a password", {}, password, "primary", "MASTER", true],
  ["with AH", { authenticationType: AuthenticationType.AH }, password, "primary", "BACKUP", true],
  ["with a plain tracked interface", { trackInterfaces: ["eth1"] }, {}, "primary", "MASTER", true],
  [
    "with a weighted tracked interface",
    { trackInterfaces: [{ interface: "eth1", weight: -60 }] },
    {},
    "primary",
    "MASTER",
    false,
  ],
  [
    "with a reversed tracked interface",
    { trackInterfaces: [{ interface: "eth1", reverse: true }] },
    {},
    "primary",
    "MASTER",
    false,
  ],
];

test.each(starts)("%s: how it starts, and whether it must hold", (_title, settings, different, prop, state, holds) => {
  const { initialState, mustHold } = instanceOn(definition(settings, different), prop);
  expect([initialState, mustHold]).toEqual([state, holds]);
});

test("the type of authentication is PASS unless another one is asked for", () => {
  expect(instanceOn(definition({}, password), "primary").authentication).toEqual({
    type: "PASS",
    placeholder: "(password)",
  });
  const authenticationType = AuthenticationType.AH;
  expect(instanceOn(definition({ authenticationType }, password), "primary").authentication).toEqual({
    type: "AH",
    placeholder: "(password)",
  });
});

test("other addresses of the directors take the place of their own", () => {
  const directorAddresses = ["2001:db8:0::1", "2001:db8::2", "2001:db8::3"];
  const { sourceAddress, peers, version, anchor } = instanceOn(definition({ directorAddresses }), "secondary");
  expect({ sourceAddress, peers, version, anchor }).toEqual({
    sourceAddress: "2001:db8::2",
    peers: ["2001:db8::1", "2001:db8::3"],
    version: 3,
    anchor: "fe80::5e:33",
  });
});

test("each director has an ipvlan address of its own", () => {
  const ipvlan = { addresses: ["10.0.0.21", token, "10.0.0.23"] };
  expect(directors.map(({ prop }) => instanceOn(definition({ ipvlan }), prop).ipvlanAddress)).toEqual([
    "10.0.0.21",
    token,
    "10.0.0.23",
  ]);
});

const ipv6Directors: PairDirector[] = [
  { prop: "primary", address: "2001:db8::1" },
  { prop: "secondary", address: "2001:db8::2" },
];
const laterDirectors: PairDirector[] = [
  { prop: "primary", address: token },
  { prop: "secondary", address: new Deferred("${y}") },
];

// keepalived moves only those of the instance's family to the virtual MAC.
test.each<[string, readonly PairDirector[], Settings, Deferrable<string>, string]>([
  ["an IPv4 VIP of IPv4 directors", directors, { virtualMac: {} }, "10.0.0.100", "vrrp.51"],
  ["an IPv6 VIP of IPv4 directors", directors, { virtualMac: {} }, "2001:db8::100", "eth0"],
  ["an IPv4 VIP of IPv6 directors", ipv6Directors, { virtualMac: {} }, "10.0.0.100", "eth0"],
  ["an IPv6 VIP of IPv6 directors", ipv6Directors, { virtualMac: { name: "vmac" } }, "2001:db8::100", "vmac"],
  ["an IPv4 VIP of directors known only at apply", laterDirectors, { virtualMac: {} }, "10.0.0.100", "vrrp.51"],
  ["a VIP known only at apply", directors, { virtualMac: {} }, token, "vrrp.51"],
  ["a VIP without a virtual MAC", directors, {}, "10.0.0.100", "eth0"],
])("the device of %s", (_title, pair, settings, vip, device) => {
  const vips = [{ address: vip, device: "eth0" }];
  const instance = instanceOn(definition(settings, { directors: pair, vips }), "primary");
  expect(heldAddresses(instance)).toEqual([
    { address: instance.anchor, device: "lo" },
    { address: vip, device },
  ]);
});

test("an address on another interface than that of the adverts stays off the virtual MAC", () => {
  const vips = [{ address: "10.0.0.100", device: "eth1" }];
  expect(heldAddresses(instanceOn(definition({ virtualMac: {} }, { vips }), "primary"))[1]).toEqual(vips[0]);
});

const anchors: [string, number, AddressFamily | undefined, string][] = [
  ["the first VRID of IPv4 directors", 1, "IPv4", "127.112.0.1"],
  ["the last VRID of IPv4 directors", 255, "IPv4", "127.112.0.255"],
  ["the first VRID of IPv6 directors", 1, "IPv6", "fe80::5e:1"],
  ["the last VRID of IPv6 directors", 255, "IPv6", "fe80::5e:ff"],
  ["directors known only at apply", 51, undefined, "127.112.0.51"],
];

test.each(anchors)("the anchor address of %s", (_title, virtualRouterId, family, expected) => {
  expect(anchorAddress(virtualRouterId, family)).toBe(expected);
});

test.each(["IPv4", "IPv6"] as const)("no two instances of %s directors share an anchor address", (family) => {
  const virtualRouterIds = Array.from({ length: 255 }, (_, index) => index + 1);
  const addresses = virtualRouterIds.map((virtualRouterId) => anchorAddress(virtualRouterId, family));
  expect(new Set(addresses).size).toBe(255);
  expect(addresses.map(canonicalAddress)).toEqual(addresses);
  expect(addresses.map(addressFamily)).toEqual(addresses.map(() => family));
});

// So the anchor can never be one of the VIPs.
test.each(["IPv4", "IPv6"] as const)("the anchor address of %s directors is refused as a VIP", (family) => {
  expect(unicastProblems("vip", anchorAddress(51, family))).toHaveLength(1);
});
