import { canonicalAddress } from "./address";
import type { BfdInstance } from "./bfd";
import { Deferred, printed, type DeepDeferrable, type Deferrable } from "./deferred";
import type { DirectorSettings } from "./director-settings";
import { markedPortsProblems, type NamedService } from "./marked-ports";
import type { Problem } from "./problem";
import { escaped, interfaceProblems, quotableProblems, shown } from "./rules";
import { schedulerModule } from "./scheduler";
import type { SyncDaemon } from "./sync-daemon";
import type { TableOwner } from "./table-owner";
import { serviceNames, vipsOfService, type VirtualService } from "./virtual-service";
import type { VrrpConfig } from "./vrrp-group";

/** Everything that one director is configured from. */
export interface DirectorConfig {
  /** Names the director in logs and mails (keepalived: `router_id`). */
  readonly routerId: Deferrable<string>;
  readonly tableOwner: TableOwner;
  /** Absent on a director that stands alone. */
  readonly vrrp?: VrrpConfig;
  /** Where a lone director holds its VIPs; absent when the host has them already. */
  readonly vipInterface?: Deferrable<string>;
  /** Those of the settings, with what depends on the director. */
  readonly bfdInstances?: readonly BfdInstance[];
  readonly services: readonly VirtualService[];
  /** VIPs that the hosts of a pair serve themselves. */
  readonly localVips?: readonly Deferrable<string>[];
  /** Absent when its connections are known to no other director. */
  readonly syncDaemon?: SyncDaemon;
  readonly settings: DeepDeferrable<DirectorSettings>;
}

/** Problems of a director by itself. */
export function directorProblems(settings: {
  readonly routerId?: Deferrable<string> | undefined;
  readonly vipInterface?: Deferrable<string> | undefined;
}): Problem[] {
  return [...routerIdProblems(settings.routerId), ...interfaceProblems("vipInterface", settings.vipInterface)];
}

function routerIdProblems(value: Deferrable<string> | undefined): Problem[] {
  const path = "routerId";
  const problems = quotableProblems(path, value);
  if (problems.length > 0 || value === undefined || value instanceof Deferred) return problems;
  if (value.trim() === "") return [{ path, message: `must not be blank, got ${shown(value)}; leave it out instead` }];
  return value.length <= 255 ? [] : [{ path, message: `must be at most 255 characters, got ${value.length}` }];
}

/** The VIPs of all services, each once, in the order of their first service. */
export function vipsOf(services: readonly Pick<VirtualService, "vip" | "additionalVips">[]): Deferrable<string>[] {
  const unique = new Map<string, Deferrable<string>>();
  for (const vip of services.flatMap(vipsOfService)) {
    const address = canonicalAddress(vip);
    if (!unique.has(printed(address))) unique.set(printed(address), address);
  }
  return [...unique.values()];
}

/** The kernel modules that the services of a director need, `ip_vs` first. */
export function ipvsModules(services: readonly VirtualService[]): string[] {
  const schedulers = new Set(services.map((service) => schedulerModule(service.scheduler)));
  const engines = new Set(services.flatMap(({ persistence }) => persistence?.engine ?? []));
  return ["ip_vs", ...[...schedulers].sort(), ...[...engines].map((engine) => `ip_vs_pe_${engine}`)];
}

/** Problems between the services of one director: IPVS holds one service per address, port and protocol. */
export function servicesProblems(services: readonly NamedService[]): Problem[] {
  return [...sameNameProblems(services), ...markedPortsProblems(services)];
}

function sameNameProblems(services: readonly NamedService[]): Problem[] {
  const firstName = new Map<string, string>();
  return services.flatMap(({ name, service }) =>
    serviceNames(service).flatMap((key) => {
      const first = firstName.get(key);
      if (first === undefined || first === name) {
        firstName.set(key, name);
        return [];
      }
      const path = `virtual service '${name}'`;
      return [
        { path, message: `must have an address of its own, got ${escaped(key)} again; '${first}' has it already` },
      ];
    }),
  );
}
