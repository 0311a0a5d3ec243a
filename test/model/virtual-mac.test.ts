import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import {
  IpvlanMode,
  ipvlanProblems,
  virtualMacProblems,
  type IpvlanSettings,
  type MacContext,
  type VirtualMacSettings,
} from "../../src/model/virtual-mac";

const token = new Deferred("${x}");
const unicast: MacContext = { interface: "eth0", multicast: false, promoteSecondaries: false };
const multicast: MacContext = { ...unicast, multicast: true };

test.each<[string, DeepDeferrable<VirtualMacSettings> | undefined, MacContext]>([
  ["none", undefined, unicast],
  ["an unnamed one", {}, unicast],
  ["a name of 15 bytes", { name: "vrrp.1234567890" }, unicast],
  ["five octets", { macAddress: "02:00:5e:10:00" }, multicast],
  ["six octets in capitals", { macAddress: "02:00:5E:10:00:FF" }, multicast],
  ["an address known only at apply", { macAddress: token }, multicast],
  ["the base interface by unicast", { transmitOnBase: true }, unicast],
  ["the macvlan interface by multicast", { transmitOnBase: false }, multicast],
  ["an interface known only at apply", { name: "vrrp.1" }, { ...unicast, interface: token }],
])("a virtual MAC: accepts %s", (_title, vmac, context) => {
  expect(virtualMacProblems("virtualMac", vmac, context)).toEqual([]);
});

test.each<[string, DeepDeferrable<VirtualMacSettings>, string, string]>([
  [
    "a name of 16 bytes",
    { name: "vrrp.12345678901" },
    "virtualMac.name",
    "must be an interface name of 1 to 15 bytes, got 'vrrp.12345678901'",
  ],
  [
    "a name known only at apply",
    { name: token },
    "virtualMac.name",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [
    "the interface of the adverts",
    { name: "eth0" },
    "virtualMac.name",
    "must be a new interface, got 'eth0', which the adverts go over",
  ],
  [
    "four octets",
    { macAddress: "02:00:5e:10" },
    "virtualMac.macAddress",
    "must be five or six octets such as 02:00:5e:10:00, got '02:00:5e:10'",
  ],
  [
    "a multicast address",
    { macAddress: "03:00:5e:10:00:01" },
    "virtualMac.macAddress",
    "must not be a multicast address, got '03:00:5e:10:00:01'; make the first octet even",
  ],
  [
    "an address of VRRP's own",
    { macAddress: "00:00:5E:00:01:07" },
    "virtualMac.macAddress",
    "must not be of VRRP's own range, got '00:00:5E:00:01:07'; leave it out instead",
  ],
  [
    "adverts on the macvlan interface by unicast",
    { transmitOnBase: false },
    "virtualMac.transmitOnBase",
    "must be true by unicast, got false; or set multicast: true",
  ],
])("a virtual MAC: refuses %s", (_title, vmac, path, message) => {
  expect(virtualMacProblems("virtualMac", vmac, unicast)).toEqual([{ path, message }]);
});

const promoteRule = "must not be set with promoteSecondaries, got both; leave promoteSecondaries out";

test("a virtual MAC: refuses promoteSecondaries beside it", () => {
  expect(virtualMacProblems("virtualMac", {}, { ...unicast, promoteSecondaries: true })).toEqual([
    { path: "virtualMac", message: promoteRule },
  ]);
});

const two = { ...multicast, directors: 2, family: "IPv4" as const };
const addresses = ["10.0.0.51", "10.0.0.52"];

test.each<[string, DeepDeferrable<IpvlanSettings> | undefined, Parameters<typeof ipvlanProblems>[2]]>([
  ["none", undefined, two],
  ["an address for each director", { addresses }, two],
  ["addresses known only at apply", { addresses: [token, token] }, two],
  ["a name and a mode", { addresses, name: "ipvl.1", mode: IpvlanMode.VEPA }, two],
  ["no address between IPv6 directors", {}, { ...two, family: "IPv6" }],
  [
    "addresses of directors known only at apply",
    { addresses: ["2001:db8::1", "2001:db8::2"] },
    {
      ...two,
      family: undefined,
    },
  ],
])("ipvlan: accepts %s", (_title, ipvlan, context) => {
  expect(ipvlanProblems("ipvlan", ipvlan, context)).toEqual([]);
});

test.each<[string, DeepDeferrable<IpvlanSettings>, string, string]>([
  ["no address between IPv4 directors", {}, "ipvlan.addresses", "needs one address per director (2), got none"],
  [
    "one address for two directors",
    { addresses: ["10.0.0.51"] },
    "ipvlan.addresses",
    "needs one address per director (2), got 1",
  ],
  [
    "an address that is none",
    { addresses: ["10.0.0.51", "lb2"] },
    "ipvlan.addresses[1]",
    "must be an IPv4 or IPv6 address, got 'lb2'",
  ],
  [
    "an address of the other family",
    { addresses: ["2001:db8::51", "10.0.0.52"] },
    "ipvlan.addresses[0]",
    "must be IPv4 like the directors, got '2001:db8::51'",
  ],
  [
    "an unknown mode",
    { addresses, mode: "l3" as IpvlanMode },
    "ipvlan.mode",
    "must be a known value, got 'l3'; use one of bridge, private, vepa",
  ],
  ["a blank name", { addresses, name: "" }, "ipvlan.name", "must be an interface name of 1 to 15 bytes, got ''"],
])("ipvlan: refuses %s", (_title, ipvlan, path, message) => {
  expect(ipvlanProblems("ipvlan", ipvlan, two)).toEqual([{ path, message }]);
});

test("ipvlan: refuses unicast, and promoteSecondaries", () => {
  const context = { ...two, multicast: false, promoteSecondaries: true };
  expect(ipvlanProblems("ipvlan", { addresses }, context)).toEqual([
    { path: "ipvlan", message: "needs multicast: true, got unicast, which keepalived cannot send over ipvlan" },
    { path: "ipvlan", message: promoteRule },
  ]);
});
