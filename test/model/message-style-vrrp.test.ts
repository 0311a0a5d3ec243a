import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { takenGatewayProblems } from "../../src/model/nat-gateway";
import { vrrpProblems, type VrrpInstanceSettings } from "../../src/model/vrrp";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import {
  ownAddresses,
  pairDirectorsProblems,
  pairVipsProblems,
  type PairDirector,
} from "../../src/model/vrrp-directors";
import { amongGroupsProblems, amongInstancesProblems, placementProblems } from "../../src/model/vrrp-group";
import type { InstanceDefinition } from "../../src/model/vrrp-instance";
import { syncGroupProblems } from "../../src/model/vrrp-sync-group";
import type { IpvlanMode } from "../../src/model/virtual-mac";
import { isOneOf, synthMessages } from "../support/messages";

const messages = synthMessages();
const token = new Deferred("${x}");
const pair = (primary: string, secondary: string): PairDirector[] => [
  { prop: "primary", address: primary },
  { prop: "secondary", address: secondary },
];
const ipv4 = pair("10.0.0.1", "10.0.0.2");
const ipv6 = pair("2001:db8::1", "2001:db8::2");
const base = { interface: "eth0", virtualRouterId: 1 };
const vmac = {
  ...base,
  promoteSecondaries: true,
  virtualMac: { name: "eth0", macAddress: "x", transmitOnBase: false },
};

function problems(different: Partial<DeepDeferrable<VrrpInstanceSettings>>, directors = ipv4, authenticated = false) {
  return vrrpProblems({ ...base, ...different }, directors, authenticated);
}

const lb: InstanceDefinition = { name: "lb", settings: vmac, directors: ipv4, vips: [] };
const other: InstanceDefinition = {
  ...lb,
  settings: { ...vmac, preferred: "secondary", preempt: false, trackInterfaces: [{ interface: "eth1", weight: 1 }] },
};
const group = { name: "both", instances: [lb, other, other], settings: { trackInterfaces: ["", ""] } };

const all = [
  ...problems({ interface: "", virtualRouterId: token, advertIntervalSeconds: 0.001, version: 4 as never }),
  ...problems({ interface: "lo", virtualRouterId: 0, trackInterfaces: ["lo", "lo"], downTimerAdverts: 0 }),
  ...problems({ vipInterface: "lo" }),
  ...problems({ vipInterface: "eth1", virtualMac: {} }),
  ...problems({ advertIntervalSeconds: 41, version: 2 }, ipv6, true),
  ...problems({ advertIntervalSeconds: 41 }, ipv6),
  ...problems({ preempt: false, preemptDelaySeconds: 1, authenticationType: AuthenticationType.AH }),
  ...problems({ preferred: "furtherBackups[0]", priorities: [1], directorAddresses: [], vips: ["x"] }),
  ...problems({ priorities: [1, 2], directorAddresses: ["10.0.0.1", "10.0.0.1"] }),
  ...problems({ multicastGroup: "ff02::1", minTtl: 2, maxTtl: 1, unicastTtl: 0 }),
  ...problems({ multicast: true, multicastGroup: "10.0.0.1", minTtl: 2, trackSourceAddress: true }),
  ...problems({ gratuitousArp: { masterRefreshRepeat: 0, extraInterfaceAll: true } }),
  ...problems({ ...vmac, ipvlan: { mode: "l3" as IpvlanMode } }),
  ...problems({ virtualMac: { macAddress: "01:00:00:00:00" }, ipvlan: { addresses: ["10.0.0.3", "2001:db8::4"] } }),
  ...problems({ virtualMac: { macAddress: "00:00:5e:00:01" }, ipvlan: { addresses: [] } }),
  ...pairDirectorsProblems(pair("10.0.0.1", "10.0.0.1")),
  ...pairDirectorsProblems(pair("10.0.0.1", "2001:db8::a")),
  ...pairDirectorsProblems(Array.from({ length: 12 }, () => ipv4[0] as PairDirector)),
  ...pairVipsProblems(ownAddresses(ipv4), [{ path: "a", vip: "10.0.0.1" }]),
  ...takenGatewayProblems("natGateway", { interface: "eth1", address: "10.0.0.1" }, ownAddresses(ipv4)),
  ...placementProblems([
    { path: "a", vip: "10.0.0.1", instance: "lb" },
    { path: "b", vip: "10.0.0.1", instance: "api" },
  ]),
  ...amongInstancesProblems(lb, [lb]),
  ...amongGroupsProblems(group, [group]),
  ...syncGroupProblems(group),
  ...syncGroupProblems({ ...group, instances: [] }),
];

test.each(all)("a message starts in lower case, tells what was got and has no full stop: $message", ({ message }) => {
  expect(message).toMatch(/^(must|needs) .*\bgot .*[^.]$/);
});

test.each(all)("a message is on the page of messages: $message", ({ message }) => {
  expect(isOneOf(messages, message)).toBe(true);
});
