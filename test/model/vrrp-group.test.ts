import { Deferred } from "../../src/model/deferred";
import type { PairDirector } from "../../src/model/vrrp-directors";
import {
  amongGroupsProblems,
  amongInstancesProblems,
  placementProblems,
  vrrpInterfaces,
  vrrpOn,
  type VipPlacement,
  type VrrpDefinition,
} from "../../src/model/vrrp-group";
import type { InstanceDefinition } from "../../src/model/vrrp-instance";
import type { SyncGroupDefinition } from "../../src/model/vrrp-sync-group";

const token = new Deferred("${x}");
const directors: PairDirector[] = [
  { prop: "primary", address: "10.0.0.11" },
  { prop: "secondary", address: "10.0.0.12" },
];

function instance(name: string, settings: Partial<InstanceDefinition["settings"]> = {}): InstanceDefinition {
  return { name, settings: { interface: "eth0", virtualRouterId: 51, ...settings }, directors, vips: [] };
}

const lb = instance("lb");
const api = instance("api", { preferred: "secondary", interface: "eth1", trackInterfaces: ["eth2"] });
const group = (
  name: string,
  instances: readonly InstanceDefinition[],
  settings: SyncGroupDefinition["settings"] = {},
): SyncGroupDefinition => ({ name, instances, settings });

function define(instances: readonly InstanceDefinition[], groups: readonly SyncGroupDefinition[] = []): VrrpDefinition {
  return { directors, instances, groups, settings: {} };
}

describe("vrrpOn", () => {
  const holding = (groups: readonly SyncGroupDefinition[], ...instances: InstanceDefinition[]): boolean[] =>
    vrrpOn("primary", define(instances, groups)).instances.map(({ mustHold }) => mustHold);

  test("every instance has the side of the director", () => {
    const { instances, syncGroups } = vrrpOn("secondary", define([lb, api]));
    expect(instances.map(({ name, initialState }) => [name, initialState])).toEqual([
      ["lb", "BACKUP"],
      ["api", "MASTER"],
    ]);
    expect(syncGroups).toEqual([]);
  });

  test("a group must hold where all of its instances must", () => {
    const two = instance("two");
    expect(holding([group("both", [lb, two])], lb, two)).toEqual([true, true]);
    expect(vrrpOn("primary", define([lb, two], [group("both", [lb, two])])).syncGroups).toEqual([
      { name: "both", instances: ["lb", "two"], settings: {} },
    ]);
  });

  test("what one instance of a group tracks may rightly move the others", () => {
    const two = instance("two", { trackInterfaces: [{ interface: "eth1", weight: -60 }] });
    const three = instance("three");
    expect(holding([group("both", [lb, two], { trackingWeight: true })], lb, two, three)).toEqual([false, false, true]);
  });

  test.each([
    { interface: "eth1", weight: -60 },
    { interface: "eth1", reverse: true },
  ])("what the group itself tracks may rightly move it: %j", (tracked) => {
    const two = instance("two");
    expect(holding([group("both", [lb, two], { trackInterfaces: [tracked] })], lb, two)).toEqual([false, false]);
  });
});

test("the interfaces of all instances and groups", () => {
  const groups = [group("both", [lb, api], { trackInterfaces: [token, { interface: "eth3", weight: 1 }] })];
  const settings = {
    interfaceDelays: [{ interface: "eth5", downSeconds: 1 }],
    linkbeatInterfaces: ["eth6"],
    staticRoutes: [{ to: "10.8.0.0/24", device: "eth7" }],
    staticRules: [{ preference: 1, inputInterface: "eth8", table: 7 }],
  };
  const gateway = { ...lb, vips: [{ address: "10.1.0.1", device: "eth4" }] };
  expect(vrrpInterfaces(vrrpOn("primary", { ...define([gateway, api], groups), settings }))).toEqual([
    "eth0",
    "eth4",
    "eth1",
    "eth2",
    token,
    "eth3",
    ...["eth7", "eth8", "eth5", "eth6"],
  ]);
});

describe("placementProblems", () => {
  const place = (path: string, vip: VipPlacement["vip"], on: string): VipPlacement => ({ path, vip, instance: on });

  test.each<[string, VipPlacement[]]>([
    ["nothing", []],
    ["two services of one VIP in one instance", [place("a", "10.0.0.1", "lb"), place("b", "10.0.0.1", "lb")]],
    ["two VIPs in two instances", [place("a", "10.0.0.1", "lb"), place("b", "10.0.0.2", "api")]],
    ["two tokens in two instances", [place("a", token, "lb"), place("b", new Deferred("${y}"), "api")]],
  ])("accepts %s", (_title, placements) => {
    expect(placementProblems(placements)).toEqual([]);
  });

  test.each<[string, VipPlacement[], string]>([
    [
      "one VIP in two instances",
      [place("a", "10.0.0.1", "lb"), place("b", "10.0.0.1", "api")],
      "must be in one VRRP instance with its VIP, got 10.0.0.1 in 'api'; a has it in 'lb'",
    ],
    [
      "one VIP in two spellings",
      [place("a", "2001:db8::1", "lb"), place("b", "2001:0DB8:0::1", "api")],
      "must be in one VRRP instance with its VIP, got 2001:db8::1 in 'api'; a has it in 'lb'",
    ],
    [
      "one token in two instances",
      [place("a", token, "lb"), place("b", token, "api")],
      "must be in one VRRP instance with its VIP, got ${x} in 'api'; a has it in 'lb'",
    ],
  ])("refuses %s", (_title, placements, message) => {
    expect(placementProblems(placements)).toEqual([{ path: "b", message }]);
  });
});

test("instances of one pair have names of their own", () => {
  expect(amongInstancesProblems(instance("api"), [lb, api])).toEqual([
    { path: "id", message: "must differ from those of the pair's other VRRP instances, got 'api' again" },
  ]);
});

test("instances of one pair have virtual MACs of their own", () => {
  const other = instance("other", { virtualMac: { name: "vrrp.51" } });
  expect(amongInstancesProblems(other, [lb, instance("api", { virtualMac: {} })])).toEqual([
    {
      path: "virtualMac.name",
      message: "must be an interface of its own, got 'vrrp.51' again; VRRP instance 'api' has it already",
    },
  ]);
  expect(amongInstancesProblems(other, [lb, instance("api", { virtualMac: { name: "vmac" } })])).toEqual([]);
});

test("instances of one pair have ipvlan interfaces of their own", () => {
  const other = instance("other", { ipvlan: {} });
  expect(amongInstancesProblems(other, [lb, instance("api", { ipvlan: {} })])).toEqual([
    {
      path: "ipvlan.name",
      message: "must be an interface of its own, got 'ipvl.51' again; VRRP instance 'api' has it already",
    },
  ]);
  const mac = instance("api", { virtualMac: { name: "ipvl.51" } });
  expect(amongInstancesProblems(other, [lb, mac])).toHaveLength(1);
  expect(amongInstancesProblems(other, [lb, instance("api", { ipvlan: { name: "ipvl6.51" } })])).toEqual([]);
});

test("sync groups of one pair have names and instances of their own", () => {
  const two = instance("two");
  expect(amongGroupsProblems(group("both", [lb, two]), [group("both", [api, two])])).toEqual([
    { path: "id", message: "must differ from those of the pair's other sync groups, got 'both' again" },
    { path: "instances[1]", message: "must be in one sync group, got 'two' again; 'both' has it already" },
  ]);
  expect(amongGroupsProblems(group("both", [lb, two]), [group("other", [api])])).toEqual([]);
});
