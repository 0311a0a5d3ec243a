import { addressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import {
  SyncState,
  type ConnectionSyncSettings,
  type DirectorSyncSettings,
  type SyncThreshold,
} from "./connection-sync";
import type { IpvsSettings } from "./ipvs-settings";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, literalProblems, oneOfProblems, shown } from "./rules";
import type { VirtualService } from "./virtual-service";

type Settings = DeepDeferrable<ConnectionSyncSettings>;

const INT_MAX = 2147483647;

/** Problems of the settings by themselves. */
export function connectionSyncProblems(path: string, settings: Settings): Problem[] {
  return [
    ...interfaceProblems(`${path}.interface`, settings.interface),
    ...loopbackProblems(`${path}.interface`, settings.interface),
    // With 0, keepalived 2.2.7 crashes when it reloads.
    ...integerProblems(`${path}.syncId`, settings.syncId, 1, 255),
    ...integerProblems(`${path}.maxLength`, settings.maxLength, 1, 65507),
    ...integerProblems(`${path}.port`, settings.port, 1, 65535),
    ...integerProblems(`${path}.ttl`, settings.ttl, 1, 255),
    ...groupProblems(`${path}.group`, settings.group),
    ...thresholdProblems(`${path}.threshold`, settings.threshold),
    ...integerProblems(`${path}.refreshPeriodSeconds`, settings.refreshPeriodSeconds, 0, 86400),
    ...integerProblems(`${path}.retries`, settings.retries, 0, 3),
    ...literalProblems(`${path}.persistMode`, settings.persistMode),
    ...integerProblems(`${path}.persistMode`, settings.persistMode, 0, 1),
    ...integerProblems(`${path}.version`, settings.version, 0, 1),
    ...threadsProblems(path, settings),
    ...integerProblems(`${path}.queueLength`, settings.queueLength, 1, INT_MAX),
    ...integerProblems(`${path}.socketSize`, settings.socketSize, 0, INT_MAX),
  ];
}

/** Problems of the settings of a director that is in no pair. */
export function directorSyncProblems(
  path: string,
  settings: DeepDeferrable<DirectorSyncSettings>,
  vipInterface: Deferrable<string> | undefined,
): Problem[] {
  const needed = "needs an interface when the director has no vipInterface, got none";
  return [
    ...oneOfProblems(`${path}.state`, settings.state, Object.values(SyncState)),
    ...(settings.interface === undefined && vipInterface === undefined
      ? [{ path: `${path}.interface`, message: `${needed}; name the one that reaches the other directors` }]
      : []),
    ...connectionSyncProblems(path, settings),
  ];
}

function loopbackProblems(path: string, name: Deferrable<string> | undefined): Problem[] {
  return name === "lo" ? [{ path, message: "must be an interface that reaches the other directors, got 'lo'" }] : [];
}

function groupProblems(path: string, group: Deferrable<string> | undefined): Problem[] {
  if (group === undefined || group instanceof Deferred) return [];
  const family = addressFamily(group);
  if (family === "IPv4" && /^(22[4-9]|23\d)\./.test(group)) return [];
  if (family === "IPv6" && /^ff/i.test(group)) return [];
  return [{ path, message: `must be a multicast address such as 224.0.0.81 or ff02::81, got ${shown(group)}` }];
}

function thresholdProblems(path: string, threshold: DeepDeferrable<SyncThreshold> | undefined): Problem[] {
  if (threshold === undefined) return [];
  const { packets, period } = threshold;
  const problems = [
    ...integerProblems(`${path}.packets`, packets, 0, INT_MAX),
    ...integerProblems(`${path}.period`, period, 0, INT_MAX),
  ];
  if (problems.length > 0 || typeof packets !== "number" || typeof period !== "number") return problems;
  if (period === 0 || packets < period) return [];
  return [{ path: `${path}.packets`, message: `must be less than the period ${period} or period 0, got ${packets}` }];
}

function threadsProblems(path: string, { threads, port = 8848 }: Settings): Problem[] {
  if (threads === undefined || threads instanceof Deferred) return [];
  if (![1, 2, 4, 8, 16, 32, 64].includes(threads)) {
    return [{ path: `${path}.threads`, message: `must be 1, 2, 4, 8, 16, 32 or 64, got ${shown(threads)}` }];
  }
  if (port instanceof Deferred || port + threads - 1 <= 65535) return [];
  const message = `must leave room up to port 65535, got ${threads} from port ${port}`;
  return [{ path: `${path}.threads`, message }];
}

/**
 * IPVS refuses the daemon beside a real server of another family than its VIP, and such a real server beside the daemon.
 * For the kernel a sorry server is a real server too.
 */
export function mixesFamilies(
  services: readonly Pick<VirtualService, "vip" | "realServers" | "sorryServer">[],
): boolean {
  return services.some(({ vip, realServers, sorryServer }) => {
    const family = addressFamily(vip);
    return [...realServers, ...(sorryServer === undefined ? [] : [sorryServer])].some(({ address }) => {
      const other = addressFamily(address);
      return family !== undefined && other !== undefined && family !== other;
    });
  });
}

export function mixedFamiliesProblems(path: string, services: Parameters<typeof mixesFamilies>[0]): Problem[] {
  if (!mixesFamilies(services)) return [];
  const advice = "set connectionSync to false, or give each of them an address of its VIP's family";
  const message = "must be off with a real server or sorry server of another family than its VIP, got it on";
  return [{ path, message: `${message}; ${advice}` }];
}

/** What goes on after a failover as a new connection must be taken for one. */
export function sloppyProblems(path: string, settings: Settings, ipvs: DeepDeferrable<IpvsSettings> = {}): Problem[] {
  if (settings.persistMode !== 1) return [];
  return (["sloppyTcp", "sloppySctp"] as const).flatMap((name) =>
    ipvs[name] === false
      ? [{ path: `ipvs.${name}`, message: `must be on with ${path}.persistMode 1, got false; leave it out` }]
      : [],
  );
}

/** A backup daemon that also runs on a working director would keep it from balancing. */
export function backupOnlyProblems(state: SyncState | undefined, ipvs: DeepDeferrable<IpvsSettings> = {}): Problem[] {
  if (ipvs.backupOnly !== true || state !== SyncState.BOTH) return [];
  const reason = "a director that is always a backup as well would never balance";
  return [
    { path: "ipvs.backupOnly", message: `must be off with connectionSync.state '${state}', got true; ${reason}` },
  ];
}

/** Where every director is a backup as well, its daemon no longer tells it whether it may balance. */
export function apartProblems(
  path: string,
  instances: readonly string[],
  localVips: readonly Deferrable<string>[],
  ipvs: DeepDeferrable<IpvsSettings> = {},
): Problem[] {
  if (instances.length < 2) return [];
  const names = instances.map((name) => `'${name}'`).join(", ");
  const apart = `services in VRRP instances that fail over apart (${names}); put these in one SyncGroup`;
  const local = `must follow one VRRP instance with a LocalRealServer, got ${apart}, or let other hosts serve`;
  const set = `must be off where several directors work at once, got true with ${apart}, or leave it out`;
  return [
    ...(localVips.length === 0 ? [] : [{ path, message: local }]),
    ...(ipvs.backupOnly === true ? [{ path: "ipvs.backupOnly", message: set }] : []),
  ];
}

/** A backup that is a real server too knows only by its daemon that it must not balance. */
export function localServersProblems(path: string, localVips: readonly Deferrable<string>[]): Problem[] {
  if (localVips.length === 0) return [];
  return [{ path, message: "must be on with a LocalRealServer, got false; its director would balance as a backup" }];
}
