import type { DeepDeferrable } from "./deferred";
import { withDirectorSessions } from "./director-sessions";
import type { Problem } from "./problem";
import { shown } from "./rules";
import type { DirectorProp, PairDirector } from "./vrrp-directors";
import type { InstanceDefinition } from "./vrrp-instance";
import { notifyProblems, type MailAlertSettings, type NotifySettings } from "./vrrp-notify";
import { trackedItems, trackingProblems, trackKey, type TrackingSettings } from "./vrrp-tracking";

/** What instances that fail over as one have together. */
export interface SyncGroupSettings extends TrackingSettings, MailAlertSettings {
  /**
   * What a director runs when its state in the group changes.
   * @default - nothing
   */
  readonly notify?: NotifySettings;
  /**
   * Whether what the instances track by themselves may change their priorities (keepalived:
   * `sync_group_tracking_weight`). Weights of the group itself always count, for all of them alike.
   * @default false
   */
  readonly trackingWeight?: boolean;
}

/** A sync group as it is defined. */
export interface SyncGroupDefinition {
  readonly name: string;
  readonly settings: DeepDeferrable<SyncGroupSettings>;
  readonly instances: readonly InstanceDefinition[];
}

/** A sync group as it is on a director. */
export interface VrrpSyncGroup {
  readonly name: string;
  readonly instances: readonly string[];
  readonly settings: DeepDeferrable<SyncGroupSettings>;
}

/** A group on one director; it must be free of problems. */
export function syncGroup(
  { name, settings, instances }: SyncGroupDefinition,
  directors: readonly PairDirector[],
  own: DirectorProp,
): VrrpSyncGroup {
  return {
    name,
    instances: instances.map((instance) => instance.name),
    settings: withDirectorSessions(settings, directors, own),
  };
}

/** One name for each set of instances that always have the same master: those of one group have. */
export function apartInstances(names: readonly string[], groups: readonly (readonly string[])[]): string[] {
  return names.filter((name, index) => {
    const earlier = names.slice(0, index);
    return !groups.some((group) => group.includes(name) && earlier.some((other) => group.includes(other)));
  });
}

/** Problems of a group by itself. */
export function syncGroupProblems({ settings, instances }: SyncGroupDefinition): Problem[] {
  return [
    ...memberProblems(instances),
    ...trackingProblems(settings, undefined),
    ...notifyProblems("notify", settings.notify),
    ...instances.flatMap((instance, index) => [
      ...trackedTwiceProblems(settings, instance),
      ...(settings.trackingWeight === true ? [] : ignoredWeightProblems(`instances[${index}]`, instance)),
      ...likeFirstProblems(`instances[${index}]`, instance, instances[0] ?? instance),
    ]),
  ];
}

function memberProblems(instances: readonly InstanceDefinition[]): Problem[] {
  const repeated = instances.flatMap((instance, index) => {
    const first = instances.indexOf(instance);
    if (first === index) return [];
    const message = `must be listed once, got '${instance.name}' again; it is instances[${first}] already`;
    return [{ path: `instances[${index}]`, message }];
  });
  if (instances.length > 1) return repeated;
  return [{ path: "instances", message: `must hold at least two VRRP instances, got ${instances.length}` }];
}

/** keepalived wants it in one place. */
function trackedTwiceProblems(
  group: DeepDeferrable<SyncGroupSettings>,
  { name, settings }: InstanceDefinition,
): Problem[] {
  const { dontTrackPrimary = false } = settings;
  const keys = [
    ...(dontTrackPrimary ? [] : [trackKey("trackInterfaces", settings.interface)]),
    ...trackedItems(settings).map(({ key }) => key),
  ];
  return trackedItems(group).flatMap(({ path, name: tracked, key }) => {
    if (!keys.includes(key)) return [];
    const message = `must be tracked by the group or by its instances, got ${shown(tracked)} for both; '${name}' tracks it already`;
    return [{ path, message }];
  });
}

/** Different priorities would tear the group apart; keepalived ignores the weights, and its test fails. */
function ignoredWeightProblems(path: string, { settings }: InstanceDefinition): Problem[] {
  return trackedItems(settings).flatMap((tracked) => {
    if (tracked.weight === 0) return [];
    const advice = "track it in the group, or set trackingWeight";
    const message = `must be 0 in a sync group, got ${shown(tracked.weight)}; ${advice}`;
    return [{ path: `${path}.${tracked.path}.weight`, message }];
  });
}

/** With half of the instances at home elsewhere, the directors would elect without end (keepalived.conf(5)). */
function likeFirstProblems(path: string, instance: InstanceDefinition, first: InstanceDefinition): Problem[] {
  const { preferred: home = "primary", preempt = true } = instance.settings;
  const { preferred: firstHome = "primary", preempt: firstPreempt = true } = first.settings;
  const reason = "instances of a sync group fail over as one";
  return [
    ...(home === firstHome
      ? []
      : [
          {
            path: `${path}.preferred`,
            message: `must be ${firstHome} like that of '${first.name}', got ${home}; ${reason}`,
          },
        ]),
    ...(preempt === firstPreempt
      ? []
      : [
          {
            path: `${path}.preempt`,
            message: `must be ${firstPreempt} like that of '${first.name}', got ${preempt}; ${reason}`,
          },
        ]),
  ];
}
