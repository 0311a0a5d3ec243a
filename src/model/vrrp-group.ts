import { canonicalAddress } from "./address";
import type { BfdInstance } from "./bfd";
import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { directorSessions } from "./director-sessions";
import { linkbeats, type PairOptions } from "./pair-settings";
import type { Problem } from "./problem";
import { escaped } from "./rules";
import { routeDevices } from "./virtual-route";
import { ruleInterfaces } from "./virtual-rule";
import type { DirectorProp, PairDirector } from "./vrrp-directors";
import { instanceOn, ipvlanName, virtualMacName, type InstanceDefinition, type VrrpInstance } from "./vrrp-instance";
import { syncGroup, type SyncGroupDefinition, type VrrpSyncGroup } from "./vrrp-sync-group";
import { mayMovePriority, trackedInterfaces, type TrackingSettings } from "./vrrp-tracking";

/** All of VRRP on one director. */
export interface VrrpConfig {
  readonly instances: readonly VrrpInstance[];
  readonly syncGroups: readonly VrrpSyncGroup[];
  /** What all instances have in common. */
  readonly settings: PairOptions;
  /** Sessions with the other directors, where something tracks them. */
  readonly sessions: readonly BfdInstance[];
}

/** All of VRRP as it is defined for a pair. */
export interface VrrpDefinition {
  readonly directors: readonly PairDirector[];
  readonly instances: readonly InstanceDefinition[];
  readonly groups: readonly SyncGroupDefinition[];
  readonly settings: PairOptions;
}

/** Whether anything tracks the sessions between the directors. */
export function tracksDirectors({ instances, groups }: Pick<VrrpDefinition, "instances" | "groups">): boolean {
  return [...instances, ...groups].some(({ settings }) => settings.trackBfd === true);
}

/** The side of one director; the definitions must be free of problems. */
export function vrrpOn(prop: DirectorProp, { instances, groups, directors, settings }: VrrpDefinition): VrrpConfig {
  const sides = new Map(instances.map((definition) => [definition, instanceOn(definition, prop)]));
  return {
    instances: instances.map((definition) => {
      const instance = sides.get(definition) as VrrpInstance;
      const group = groups.find((one) => one.instances.includes(definition));
      const mustHold = group === undefined ? instance.mustHold : groupMustHold(group, sides);
      return { ...instance, mustHold };
    }),
    syncGroups: groups.map((group) => syncGroup(group, directors, prop)),
    settings,
    sessions: tracksDirectors({ instances, groups }) ? directorSessions(directors, prop) : [],
  };
}

/** One member that may rightly be elsewhere takes the others with it. */
function groupMustHold(
  { instances, settings }: SyncGroupDefinition,
  sides: ReadonlyMap<InstanceDefinition, VrrpInstance>,
): boolean {
  return instances.every((definition) => sides.get(definition)?.mustHold === true) && !mayMovePriority(settings);
}

/** Every network interface that VRRP needs, some perhaps several times. */
export function vrrpInterfaces({ instances, syncGroups, settings: pair }: VrrpConfig): Deferrable<string>[] {
  return [
    ...instances.flatMap(({ settings, vips }) => [
      settings.interface,
      ...trackedNames(settings),
      ...vips.map(({ device }) => device),
      ...(settings.virtualRoutes ?? []).flatMap(routeDevices),
      ...(settings.virtualRules ?? []).flatMap(ruleInterfaces),
    ]),
    ...syncGroups.flatMap(({ settings }) => trackedNames(settings)),
    ...(pair.staticRoutes ?? []).flatMap(routeDevices),
    ...(pair.staticRules ?? []).flatMap(ruleInterfaces),
    ...[...(pair.interfaceDelays ?? []), ...linkbeats(pair)].map((item) => item.interface),
  ];
}

function trackedNames(tracking: DeepDeferrable<TrackingSettings>): Deferrable<string>[] {
  return trackedInterfaces(tracking).map((item) => item.interface);
}

/** A VIP, and what asks for it to move with an instance. */
export interface VipPlacement {
  /** Where it is asked for, as problems name it. */
  readonly path: string;
  readonly vip: Deferrable<string>;
  /** Names the instance. */
  readonly instance: string;
}

/** An address can be moved by one instance only. */
export function placementProblems(placements: readonly VipPlacement[]): Problem[] {
  const first = new Map<string, VipPlacement>();
  return placements.flatMap((placement) => {
    const key = printed(canonicalAddress(placement.vip));
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, placement);
    if (earlier === undefined || earlier.instance === placement.instance) return [];
    const message = `must be in one VRRP instance with its VIP, got ${escaped(key)} in '${placement.instance}'; ${earlier.path} has it in '${earlier.instance}'`;
    return [{ path: placement.path, message }];
  });
}

/** Problems of an instance with those that were defined before it on the same directors. */
export function amongInstancesProblems(instance: InstanceDefinition, before: readonly InstanceDefinition[]): Problem[] {
  const { name, settings } = instance;
  const sameName = before.some((other) => other.name === name);
  return [...(sameName ? [nameProblem("VRRP instance", name)] : []), ...madeInterfaceProblems(settings, before)];
}

/** keepalived forgets the second name, and complains. */
function madeInterfaceProblems(
  settings: InstanceDefinition["settings"],
  before: readonly InstanceDefinition[],
): Problem[] {
  const made = madeInterface(settings);
  const other = made && before.find((one) => madeInterface(one.settings)?.name === made.name);
  if (other === undefined) return [];
  const message = `must be an interface of its own, got '${made?.name}' again; VRRP instance '${other.name}' has it already`;
  return [{ path: `${made?.prop}.name`, message }];
}

/** The interface that an instance makes for itself. */
function madeInterface(
  settings: InstanceDefinition["settings"],
): { readonly prop: "virtualMac" | "ipvlan"; readonly name: string } | undefined {
  if (settings.virtualMac !== undefined) return { prop: "virtualMac", name: virtualMacName(settings) };
  if (settings.ipvlan !== undefined) return { prop: "ipvlan", name: ipvlanName(settings) };
  return undefined;
}

/** Problems of a sync group with those that were defined before it on the same directors. */
export function amongGroupsProblems(group: SyncGroupDefinition, before: readonly SyncGroupDefinition[]): Problem[] {
  return [
    ...(before.some((other) => other.name === group.name) ? [nameProblem("sync group", group.name)] : []),
    ...group.instances.flatMap((instance, index) => {
      const other = before.find(({ instances }) => instances.includes(instance));
      if (other === undefined) return [];
      const message = `must be in one sync group, got '${instance.name}' again; '${other.name}' has it already`;
      return [{ path: `instances[${index}]`, message }];
    }),
  ];
}

function nameProblem(what: string, name: string): Problem {
  return { path: "id", message: `must differ from those of the pair's other ${what}s, got '${name}' again` };
}
