import { BfdListener } from "../../src/model/bfd";
import type { DeepDeferrable } from "../../src/model/deferred";
import type { VrrpInstanceSettings } from "../../src/model/vrrp";
import { instanceNeedsProblems, pairNeedsProblems, type PairProvisions } from "../../src/model/vrrp-needs";

type Settings = Partial<DeepDeferrable<VrrpInstanceSettings>>;

const newest: Settings = {
  multicastGroup: "224.0.0.99",
  downTimerAdverts: 5,
  gratuitousArp: { extraInterfaceSeconds: 60 },
  virtualMac: { macAddress: "02:00:5e:10:00" },
};

function problems(settings: Settings, pair: PairProvisions): string[] {
  const all = instanceNeedsProblems({ interface: "eth0", virtualRouterId: 51, ...settings }, pair);
  return all.map(({ path, message }) => `${path}: ${message}`);
}

const lacks = (path: string, since: string, feature: string): string =>
  `${path}: needs keepalived ${since} (${feature}), got 2.1.5; leave it out, or set keepalivedVersion of the director if its hosts have ${since}`;

test("options that the oldest keepalived does not know", () => {
  expect(problems(newest, {})).toEqual([
    lacks("multicastGroup", "2.2.5", "mcast_dst_ip"),
    lacks("downTimerAdverts", "2.2.3", "down_timer_adverts"),
    lacks("gratuitousArp.extraInterfaceSeconds", "2.2.3", "garp_extra_if"),
    lacks("virtualMac.macAddress", "2.2.5", "address of use_vmac"),
  ]);
  expect(problems(newest, { keepalivedVersion: "2.2.5" })).toEqual([]);
  expect(problems({ virtualMac: {}, gratuitousArp: {} }, {})).toEqual([]);
});

test("delays of interfaces that the oldest keepalived does not know", () => {
  const interfaceDelays = [{ interface: "eth0", downSeconds: 1 }];
  expect(pairNeedsProblems({ interfaceDelays }).map(({ path, message }) => `${path}: ${message}`)).toEqual([
    lacks("interfaceDelays", "2.2.3", "interface_up_down_delays"),
  ]);
  expect(pairNeedsProblems({ interfaceDelays, keepalivedVersion: "2.2.3" })).toEqual([]);
  expect(pairNeedsProblems({})).toEqual([]);
});

const session = { name: "router", neighborAddress: "192.0.2.1" };

test("BFD sessions must be there, and be for VRRP", () => {
  const must = "must be a BFD instance of the pair";
  expect(problems({ trackBfd: ["router", { name: "other", weight: -20 }] }, { bfdInstances: [session] })).toEqual([
    `trackBfd[1]: ${must}, got 'other'; it has router`,
  ]);
  const deaf = { ...session, listeners: [BfdListener.CHECKER] };
  expect(problems({ trackBfd: ["router"] }, { bfdInstances: [deaf] })).toEqual([
    `trackBfd[0]: ${must}, got 'router'; it has none for VRRP, set bfdInstances`,
  ]);
  expect(problems({ trackBfd: ["router"] }, { bfdInstances: [{ ...session, listeners: [BfdListener.VRRP] }] })).toEqual(
    [],
  );
  expect(problems({ trackBfd: true }, {})).toEqual([]);
});

test("mails and changes of the priority need somebody who hears of them", () => {
  const told = { smtpAlert: true, notifyPriorityChanges: true };
  expect(problems(told, {})).toEqual([
    "smtpAlert: needs mail on the pair, got none; tell whom to write to",
    "notifyPriorityChanges: needs notifyFifo on the pair, got none; no script is told of them",
  ]);
  const mail = { to: ["a@example.org"], server: "192.0.2.25" };
  expect(problems(told, { mail, notifyFifo: { path: "/run/fifo" } })).toEqual([]);
  expect(problems({ smtpAlert: false, notifyPriorityChanges: false }, {})).toEqual([]);
});
