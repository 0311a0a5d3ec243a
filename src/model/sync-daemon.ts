import { SyncState, type ConnectionSyncSettings, type DirectorSyncSettings } from "./connection-sync";
import {
  apartProblems,
  backupOnlyProblems,
  connectionSyncProblems,
  directorSyncProblems,
  localServersProblems,
  mixedFamiliesProblems,
  mixesFamilies,
  sloppyProblems,
} from "./connection-sync-rules";
import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import type { IpvsSettings } from "./ipvs-settings";
import type { Problem } from "./problem";
import type { Sysctl } from "./sysctl";
import type { VirtualService } from "./virtual-service";

type Settings = DeepDeferrable<ConnectionSyncSettings>;

/** The synchronisation daemon of one director, with its defaults filled in. */
export interface SyncDaemon {
  /** Absent in a pair, where keepalived starts it. */
  readonly state?: SyncState;
  /**
   * In a pair, the VRRP instance that decides: master where its VIPs are, backup elsewhere. Absent where instances fail
   * over apart: then every director is both, because it may work beside the others.
   */
  readonly instance?: string;
  readonly interface: Deferrable<string>;
  readonly syncId: Deferrable<number>;
  readonly settings: Settings;
}

/** What the daemon has to do with, apart from its own settings. */
export interface SyncSurroundings {
  readonly services: readonly VirtualService[];
  readonly ipvs?: DeepDeferrable<IpvsSettings> | undefined;
}

/** The same, and more, in a pair. */
export interface PairSurroundings extends SyncSurroundings {
  /** VIPs that the directors serve themselves. */
  readonly localVips: readonly Deferrable<string>[];
  /** VRRP instances with services that fail over apart. */
  readonly instances: readonly string[];
}

/**
 * Synchronisation of a pair: on by default, where it is possible at all. `instances` are those with services that fail
 * over apart.
 */
export function pairSyncDaemon(
  setting: false | Settings | undefined,
  pair: { readonly interface: Deferrable<string>; readonly virtualRouterId: Deferrable<number> },
  services: readonly VirtualService[],
  instances: readonly string[],
): SyncDaemon | undefined {
  if (setting === false || (setting === undefined && mixesFamilies(services))) return undefined;
  const settings = setting ?? {};
  const [instance, ...others] = instances;
  return {
    ...(instance !== undefined && others.length === 0 && { instance }),
    interface: settings.interface ?? pair.interface,
    syncId: settings.syncId ?? pair.virtualRouterId,
    settings,
  };
}

export function pairSyncProblems(
  path: string,
  setting: false | Settings | undefined,
  { services, ipvs, localVips, instances }: PairSurroundings,
): Problem[] {
  const off = setting === false || (setting === undefined && mixesFamilies(services));
  if (off) return localServersProblems(path, localVips);
  const apart = apartProblems(path, instances, localVips, ipvs);
  if (setting === undefined) return apart;
  return [
    ...connectionSyncProblems(path, setting),
    ...sloppyProblems(path, setting, ipvs),
    ...mixedFamiliesProblems(path, services),
    ...apart,
  ];
}

/** Synchronisation of a director that is in no pair: only where it is asked for. */
export function loneSyncDaemon(
  settings: DeepDeferrable<DirectorSyncSettings> | undefined,
  vipInterface: Deferrable<string> | undefined,
): SyncDaemon | undefined {
  const name = settings?.interface ?? vipInterface;
  if (settings === undefined || name === undefined) return undefined;
  return { state: settings.state, interface: name, syncId: settings.syncId ?? 1, settings };
}

export function loneSyncProblems(
  path: string,
  settings: DeepDeferrable<DirectorSyncSettings> | undefined,
  vipInterface: Deferrable<string> | undefined,
  { services, ipvs }: SyncSurroundings,
): Problem[] {
  if (settings === undefined) return [];
  return [
    ...directorSyncProblems(path, settings, vipInterface),
    ...sloppyProblems(path, settings, ipvs),
    ...backupOnlyProblems(settings.state, ipvs),
    ...mixedFamiliesProblems(path, services),
  ];
}

/** The states that a daemon of a fixed state has. */
export function syncStates(state: SyncState): readonly SyncState[] {
  return state === SyncState.BOTH ? [SyncState.MASTER, SyncState.BACKUP] : [state];
}

/**
 * At every second packet TCP is established, and UDP is more than a question and its answer; a connection that nobody
 * uses any more costs nothing.
 */
const AT_EVERY_SECOND_PACKET = { packets: 0, period: 2 };
const REFRESH_PERIOD_SECONDS = 10;

/** Kernel settings of the daemon; the same on all directors, because any of them may become the master. */
export function syncSysctls({ settings }: SyncDaemon): Sysctl[] {
  const { threshold = AT_EVERY_SECOND_PACKET, refreshPeriodSeconds = REFRESH_PERIOD_SECONDS, retries = 0 } = settings;
  const values: [name: string, value: string | undefined][] = [
    ["sync_threshold", `${printed(threshold.packets)} ${printed(threshold.period)}`],
    ["sync_refresh_period", printed(refreshPeriodSeconds)],
    ["sync_retries", printed(retries)],
    ["sync_persist_mode", text(settings.persistMode)],
    ["sloppy_tcp", settings.persistMode === 1 ? "1" : undefined],
    ["sloppy_sctp", settings.persistMode === 1 ? "1" : undefined],
    ["sync_version", text(settings.version)],
    ["sync_ports", text(settings.threads)],
    ["sync_qlen_max", text(settings.queueLength)],
    ["sync_sock_size", text(settings.socketSize)],
  ];
  return values.flatMap(([name, value]) => (value === undefined ? [] : [{ key: `net/ipv4/vs/${name}`, value }]));
}

function text(value: Deferrable<number> | undefined): string | undefined {
  return value === undefined ? undefined : printed(value);
}
