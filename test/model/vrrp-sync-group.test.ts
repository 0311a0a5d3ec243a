import { Deferred } from "../../src/model/deferred";
import type { PairDirector } from "../../src/model/vrrp-directors";
import type { InstanceDefinition } from "../../src/model/vrrp-instance";
import {
  apartInstances,
  syncGroup,
  syncGroupProblems,
  type SyncGroupDefinition,
} from "../../src/model/vrrp-sync-group";

const token = new Deferred("${x}");

function instance(name: string, settings: Partial<InstanceDefinition["settings"]> = {}): InstanceDefinition {
  return { name, settings: { interface: "eth0", virtualRouterId: 51, ...settings }, directors: [], vips: [] };
}

function group(
  instances: readonly InstanceDefinition[],
  settings: SyncGroupDefinition["settings"] = {},
): SyncGroupDefinition {
  return { name: "together", instances, settings };
}

const one = instance("one");
const two = instance("two");
const weighted = instance("weighted", { trackInterfaces: ["eth2", { interface: "eth1", weight: -20 }] });

test.each<[string, SyncGroupDefinition]>([
  ["two instances", group([one, two])],
  ["three instances", group([one, two, instance("three")])],
  [
    "instances at home on the same director",
    group([one, two].map(({ name }) => instance(name, { preferred: "secondary" }))),
  ],
  ["the default and the same said aloud", group([one, instance("two", { preferred: "primary", preempt: true })])],
  [
    "the own interface of instances that do not track it",
    group([instance("one", { dontTrackPrimary: true }), instance("two", { interface: "eth1" })], {
      trackInterfaces: ["eth0"],
    }),
  ],
  ["weights of its own", group([one, two], { trackInterfaces: [{ interface: "eth1", weight: -20 }] })],
  ["interfaces that an instance tracks without weight", group([one, instance("two", { trackInterfaces: ["eth1"] })])],
  ["weights of an instance with trackingWeight", group([one, weighted], { trackingWeight: true })],
])("accepts %s", (_title, definition) => {
  expect(syncGroupProblems(definition)).toEqual([]);
});

const advice = "track it in the group, or set trackingWeight";
const twice = "must be tracked by the group or by its instances";
const reason = "instances of a sync group fail over as one";
test.each<[string, SyncGroupDefinition, string, string]>([
  ["no instance", group([]), "instances", "must hold at least two VRRP instances, got 0"],
  ["one instance", group([one]), "instances", "must hold at least two VRRP instances, got 1"],
  [
    "an instance twice",
    group([one, two, one]),
    "instances[2]",
    "must be listed once, got 'one' again; it is instances[0] already",
  ],
  [
    "weights that keepalived would ignore",
    group([one, weighted]),
    "instances[1].trackInterfaces[1].weight",
    `must be 0 in a sync group, got -20; ${advice}`,
  ],
  [
    "a weight known only at apply",
    group([one, instance("two", { trackInterfaces: [{ interface: "eth1", weight: token }] })]),
    "instances[1].trackInterfaces[0].weight",
    `must be 0 in a sync group, got a value known only at apply; ${advice}`,
  ],
  [
    "instances at home on different directors",
    group([one, instance("two", { preferred: "secondary" })]),
    "instances[1].preferred",
    `must be primary like that of 'one', got secondary; ${reason}`,
  ],
  [
    "one that takes the VIPs back and one that does not",
    group([one, instance("two", { preempt: false })]),
    "instances[1].preempt",
    `must be true like that of 'one', got false; ${reason}`,
  ],
  [
    "an interface that an instance tracks too",
    group([one, instance("two", { trackInterfaces: ["eth1"] })], { trackInterfaces: ["eth2", "eth1"] }),
    "trackInterfaces[1]",
    `${twice}, got 'eth1' for both; 'two' tracks it already`,
  ],
  [
    "the own interface of an instance",
    group([one, instance("two", { interface: "eth1" })], { trackInterfaces: ["eth1"] }),
    "trackInterfaces[0]",
    `${twice}, got 'eth1' for both; 'two' tracks it already`,
  ],
  [
    "a weight of its own that is out of range",
    group([one, two], { trackInterfaces: [{ interface: "eth1", weight: 254 }] }),
    "trackInterfaces[0].weight",
    "must be an integer from -253 to 253, got 254",
  ],
])("refuses %s", (_title, definition, path, message) => {
  expect(syncGroupProblems(definition)).toEqual([{ path, message }]);
});

test("a group names its instances, and the sessions that it tracks", () => {
  const directors: PairDirector[] = [
    { prop: "primary", address: "10.0.0.11" },
    { prop: "secondary", address: "10.0.0.12" },
  ];
  expect(syncGroup(group([one, two], { trackingWeight: true, trackBfd: true }), directors, "primary")).toEqual({
    name: "together",
    instances: ["one", "two"],
    settings: { trackingWeight: true, trackBfd: [{ name: "director-secondary", weight: 10 }] },
  });
});

test.each<[string, string[], string[][], string[]]>([
  ["no instances", [], [["a", "b"]], []],
  ["without groups", ["a", "b"], [], ["a", "b"]],
  ["one group", ["a", "b", "c"], [["c", "a", "b"]], ["a"]],
  ["a group and one that is in none", ["a", "b", "c"], [["a", "c"]], ["a", "b"]],
  [
    "two groups",
    ["a", "b", "c", "d"],
    [
      ["a", "c"],
      ["b", "d"],
    ],
    ["a", "b"],
  ],
])("instances that fail over apart: %s", (_title, names, groups, apart) => {
  expect(apartInstances(names, groups)).toEqual(apart);
});
