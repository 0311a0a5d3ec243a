import { printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, shown } from "./rules";
import { trackFileProblems, type TrackFileSettings } from "./track-file";
import { trackedProcessProblems, type TrackedProcess } from "./tracked-process";
import { trackedScriptProblems, type TrackedScript } from "./tracked-script";

/** What a director makes of something that it tracks. */
export interface TrackWeight {
  /**
   * Added to the priority while it is up if positive, or taken from it while it is down if negative; -253 to 253. With
   * 0 a director that finds it down gives up the VIPs, whatever its priority (keepalived: `weight`).
   * @default 0
   */
  readonly weight?: number;
  /**
   * Whether up and down change places (keepalived: `reverse`).
   * @default false
   */
  readonly reverse?: boolean;
}

/** A network interface that an instance tracks. */
export interface TrackedInterface extends TrackWeight {
  /** Name of the interface. */
  readonly interface: string;
}

/** A file whose number an instance tracks. */
export interface TrackedFile {
  /** The file; instances, sync groups and checks that name the same one must say the same of it. */
  readonly file: TrackFileSettings;
  /**
   * The number in the file times this is added to the priority, -253 to 253; with 0 a director gives up the VIPs while
   * the number is not 0 (keepalived: `weight`).
   * @default 1
   */
  readonly weight?: number;
  /**
   * Whether it is taken from the priority (keepalived: `reverse`).
   * @default false
   */
  readonly reverse?: boolean;
}

/** A BFD session that an instance tracks. */
export interface TrackedBfd extends TrackWeight {
  /** Name of one of the directors' `bfdInstances`. */
  readonly name: string;
}

/** What makes a director give up the VIPs, or less or more likely to hold them. */
export interface TrackingSettings {
  /**
   * Interfaces whose loss makes a director give up the VIPs, or changes its priority (keepalived: `track_interface`).
   * The interface of the adverts is always tracked, and so are those of the VIPs and of a `natGateway`.
   * @default - none
   */
  readonly trackInterfaces?: readonly (string | TrackedInterface)[];
  /**
   * Programs that tell whether a director is fit to hold the VIPs (keepalived: `track_script`).
   * @default - none
   */
  readonly trackScripts?: readonly TrackedScript[];
  /**
   * Processes that must be running (keepalived: `track_process`).
   * @default - none
   */
  readonly trackProcesses?: readonly TrackedProcess[];
  /**
   * Files whose number changes the priority (keepalived: `track_file`).
   * @default - none
   */
  readonly trackFiles?: readonly TrackedFile[];
  /**
   * BFD sessions of the directors, by their names (keepalived: `track_bfd`). True is for sessions between the directors
   * themselves: each adds 10 to the priority while it is up, so that of several backups the one that reaches more of the
   * others takes over.
   * @default - none
   */
  readonly trackBfd?: true | readonly (string | TrackedBfd)[];
}

/** What one instance tracks. */
export interface VrrpTrackingSettings extends TrackingSettings {
  /**
   * Whether the VIPs stay when the interface of the adverts is lost (keepalived: `dont_track_primary`).
   * @default false
   */
  readonly dontTrackPrimary?: boolean;
}

export type Tracking = DeepDeferrable<TrackingSettings>;

/** `ownInterface` is that of the instance; a sync group has none. */
export function trackingProblems(tracking: Tracking, ownInterface: Deferrable<string> | undefined): Problem[] {
  const { trackScripts = [], trackProcesses = [], trackFiles = [] } = tracking;
  return [
    ...trackedInterfaces(tracking).flatMap((item, index) =>
      interfaceProblems(`trackInterfaces[${index}]`, item.interface),
    ),
    ...ownInterfaceProblems(tracking, ownInterface),
    ...trackScripts.flatMap((item, index) => trackedScriptProblems(`trackScripts[${index}]`, item)),
    ...trackProcesses.flatMap((item, index) => trackedProcessProblems(`trackProcesses[${index}]`, item)),
    ...trackFiles.flatMap(({ file }, index) => trackFileProblems(`trackFiles[${index}].file`, file)),
    ...trackedItems(tracking).flatMap(({ path, weight }) => integerProblems(`${path}.weight`, weight, -253, 253)),
    ...trackedTwiceProblems(tracking),
  ];
}

export function trackedInterfaces(tracking: Tracking): DeepDeferrable<TrackedInterface>[] {
  return (tracking.trackInterfaces ?? []).map((item) => (isItem(item) ? item : { interface: item }));
}

/** Those that are named; the sessions between the directors are not. */
export function trackedBfds({ trackBfd }: Tracking): DeepDeferrable<TrackedBfd>[] {
  return typeof trackBfd === "object" ? trackBfd.map((item) => (isItem(item) ? item : { name: item })) : [];
}

function isItem<T extends TrackWeight>(item: Deferrable<string> | DeepDeferrable<T>): item is DeepDeferrable<T> {
  return typeof item === "object" && ("interface" in item || "name" in item);
}

/** With one more interface, if it is not tracked yet. */
export function alsoTracking<T extends Tracking>(tracking: T, name: Deferrable<string>): T {
  if (trackedInterfaces(tracking).some((item) => sameValue(item.interface, name))) return tracking;
  return { ...tracking, trackInterfaces: [...(tracking.trackInterfaces ?? []), name] };
}

/** keepalived refuses to track the instance's own interface: it does so anyway. */
function ownInterfaceProblems(tracking: Tracking, own: Deferrable<string> | undefined): Problem[] {
  return trackedInterfaces(tracking).flatMap((item, index) => {
    if (own === undefined || !sameValue(item.interface, own)) return [];
    const message = `must be another interface, got ${shown(own)}; the instance's own is always tracked`;
    return [{ path: `trackInterfaces[${index}]`, message }];
  });
}

/** keepalived takes the second of a pair for a mistake in its configuration. */
function trackedTwiceProblems(tracking: Tracking): Problem[] {
  const items = trackedItems(tracking);
  return items.flatMap(({ path, name, key }, index) => {
    const first = items.findIndex((other) => other.key === key);
    const known = items[first];
    if (first === index || known === undefined) return [];
    return [{ path, message: `must be tracked once, got ${shown(name)} again; it is ${known.path} already` }];
  });
}

/** Something that is tracked. */
export interface TrackedItem {
  /** The prop that it is in. */
  readonly path: string;
  readonly name: Deferrable<string>;
  /** Tells it from all other things that can be tracked. */
  readonly key: string;
  readonly weight: Deferrable<number>;
  readonly reverse: boolean;
}

/** Everything that is tracked. */
export function trackedItems(tracking: Tracking): TrackedItem[] {
  const { trackScripts = [], trackProcesses = [], trackFiles = [], trackBfd } = tracking;
  return [
    ...itemsOf("trackInterfaces", trackedInterfaces(tracking), (item) => item.interface),
    ...itemsOf("trackScripts", trackScripts, ({ name }) => name),
    ...itemsOf("trackProcesses", trackProcesses, ({ name }) => name),
    ...itemsOf("trackFiles", trackFiles.map(weighedFile), ({ file }) => file.name),
    ...itemsOf("trackBfd", trackedBfds(tracking), ({ name }) => name),
    ...(trackBfd === true ? [BETWEEN_DIRECTORS] : []),
  ];
}

/** What each session between the directors adds to the priority: less than the default priorities differ by. */
export const DIRECTOR_SESSION_WEIGHT = 10;

const BETWEEN_DIRECTORS: TrackedItem = {
  path: "trackBfd",
  name: "(directors)",
  key: "trackBfd (directors)",
  weight: DIRECTOR_SESSION_WEIGHT,
  reverse: false,
};

/** keepalived's own default is 1 for files alone. */
function weighedFile(tracked: DeepDeferrable<TrackedFile>): DeepDeferrable<TrackedFile> {
  return { weight: 1, ...tracked };
}

function itemsOf<T extends DeepDeferrable<TrackWeight>>(
  prop: keyof TrackingSettings,
  items: readonly T[],
  nameOf: (item: T) => Deferrable<string>,
): TrackedItem[] {
  return items.map((item, index) => {
    const { weight = 0, reverse = false } = item;
    return { path: `${prop}[${index}]`, name: nameOf(item), key: trackKey(prop, nameOf(item)), weight, reverse };
  });
}

export function trackKey(prop: keyof TrackingSettings, name: Deferrable<string>): string {
  return `${prop} ${printed(name)}`;
}

/** Whether what is tracked may rightly leave the VIPs with another director while all interfaces are up. */
export function mayMovePriority(tracking: Tracking): boolean {
  return trackedItems(tracking).some(
    ({ path, weight, reverse }) => !path.startsWith("trackInterfaces") || weight !== 0 || reverse,
  );
}
