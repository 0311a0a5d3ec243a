import type { DeepDeferrable, Deferrable } from "./deferred";
import type { Program } from "./program";
import type { TrackFile } from "./track-file";
import type { TrackedProcess } from "./tracked-process";
import type { TrackedScript } from "./tracked-script";
import type { VrrpConfig } from "./vrrp-group";
import { notifyPrograms } from "./vrrp-notify";

/** Everything that keepalived runs on a director for VRRP, some perhaps several times. */
export function programsOfVrrp(vrrp: VrrpConfig): Program[] {
  const { instances, syncGroups, settings } = vrrp;
  return [
    ...trackedScripts(vrrp).map(({ script }) => script),
    ...[...instances, ...syncGroups].flatMap((one) =>
      notifyPrograms(one.settings.notify).map(({ program }) => program),
    ),
    ...instances.flatMap(({ settings: { cloud } }) => cloud?.moveAddress ?? []),
    ...(settings.notifyFifo?.script === undefined ? [] : [settings.notifyFifo.script]),
  ];
}

/** Every script that something of a director tracks, each name once. */
export function trackedScripts(vrrp: VrrpConfig): DeepDeferrable<TrackedScript>[] {
  return byName(tracking(vrrp).flatMap(({ trackScripts = [] }) => trackScripts));
}

/** Every process that something of a director tracks, each name once. */
export function trackedProcesses(vrrp: VrrpConfig): DeepDeferrable<TrackedProcess>[] {
  return byName(tracking(vrrp).flatMap(({ trackProcesses = [] }) => trackProcesses));
}

export function trackFilesOfVrrp(vrrp: VrrpConfig): TrackFile[] {
  return tracking(vrrp).flatMap(({ trackFiles = [] }) => trackFiles.map(({ file }) => file));
}

function tracking({ instances, syncGroups }: VrrpConfig): VrrpConfig["syncGroups"][number]["settings"][] {
  return [...instances, ...syncGroups].map(({ settings }) => settings);
}

function byName<T extends { readonly name: Deferrable<string> }>(items: readonly T[]): T[] {
  return items.filter(({ name }, index) => items.findIndex((other) => other.name === name) === index);
}
