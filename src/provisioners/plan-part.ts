import { printed, type Deferrable } from "../model/deferred";
import { modulesLoadConf } from "../render/modules-load-conf";
import type { NetworkObject } from "../render/network-unit";
import { sysctlConf } from "../render/sysctl-conf";
import type { HeldAddress } from "../model/held-address";
import type { Sysctl } from "../model/sysctl";
import type { HostFile, HostPackage, HostPlan, PlannedMonitoring } from "./host-plan";

export const SYSCTL_FILE = "/etc/sysctl.d/99-cdktf-lvs.conf";
const MODULES_FILE = "/etc/modules-load.d/cdktf-lvs.conf";

/** What one feature adds to the plan of a host; src/provisioners/parts has one file for each. */
export interface PlanPart {
  /** Network interfaces that must be there before. */
  readonly interfaces?: readonly Deferrable<string>[];
  readonly packages?: readonly HostPackage[];
  /** Kernel modules to load, now and at boot. */
  readonly modules?: readonly string[];
  readonly sysctls?: readonly Sysctl[];
  readonly files?: readonly HostFile[];
  /** Links, routes and rules. */
  readonly objects?: readonly NetworkObject[];
  /** VIPs that a unit of ours holds. */
  readonly held?: readonly HeldAddress[];
  /** Units to enable and start, in this order. */
  readonly units?: readonly string[];
  /** What the check on the host does. */
  readonly monitoring?: PlannedMonitoring;
}

type Joined = Pick<
  HostPlan,
  "interfaces" | "packages" | "files" | "sysctls" | "objects" | "held" | "units" | "monitoring"
>;

/** The parts as one: each interface, package, module, object and unit once, and of a kernel setting the last value. */
export function joinParts(parts: readonly PlanPart[]): Joined {
  const modules = unique(
    parts.flatMap((part) => part.modules ?? []),
    (name) => name,
  );
  const sysctls = lastValues(parts.flatMap((part) => part.sysctls ?? []));
  const [monitoring] = parts.flatMap((part) => part.monitoring ?? []);
  return {
    interfaces: unique(
      parts.flatMap((part) => part.interfaces ?? []),
      printed,
    ),
    packages: unique(
      parts.flatMap((part) => part.packages ?? []),
      ({ name }) => name,
    ),
    files: [
      ...(modules.length > 0 ? [{ path: MODULES_FILE, mode: "644", text: modulesLoadConf(modules) }] : []),
      ...(sysctls.length > 0 ? [{ path: SYSCTL_FILE, mode: "644", text: sysctlConf(sysctls) }] : []),
      ...parts.flatMap((part) => part.files ?? []),
    ],
    sysctls,
    objects: uniqueObjects(parts.flatMap((part) => part.objects ?? [])),
    held: parts.flatMap((part) => part.held ?? []),
    units: unique(
      parts.flatMap((part) => part.units ?? []),
      (name) => name,
    ),
    ...(monitoring && { monitoring }),
  };
}

/** Each once, in the order of their first: the unit of a host would end at the second. */
export function uniqueObjects(objects: readonly NetworkObject[]): NetworkObject[] {
  return unique(objects, ({ add }) => add);
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item);
  return [...first.values()];
}

function lastValues(sysctls: readonly Sysctl[]): Sysctl[] {
  const last = new Map<string, Sysctl>();
  for (const sysctl of sysctls) last.set(sysctl.key, sysctl);
  return [...last.values()];
}
