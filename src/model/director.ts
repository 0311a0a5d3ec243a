import { canonicalAddress } from "./address";
import { printed, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { schedulerModule } from "./scheduler";
import { serviceName, type VirtualService } from "./virtual-service";
import type { VrrpInstance } from "./vrrp";

/** Who writes the IPVS table of a director. Never both: each would undo the other's work. */
export enum TableOwner {
  /** keepalived, which also checks the health of the real servers. */
  KEEPALIVED = "keepalived",
  /** Plain ipvsadm rules, loaded now and at every boot; nothing is checked. */
  IPVSADM = "ipvsadm",
}

/** Everything that one director is configured from. */
export interface DirectorConfig {
  /** Names the director in logs and mails (keepalived: `router_id`). */
  readonly routerId: string;
  readonly tableOwner: TableOwner;
  /** Absent on a director that stands alone. */
  readonly vrrp?: VrrpInstance;
  /** Where a lone director holds its VIPs; absent when the host has them already. */
  readonly vipInterface?: Deferrable<string>;
  readonly services: readonly VirtualService[];
}

/** The VIPs of all services, each once, in the order of their first service. */
export function vipsOf(services: readonly Pick<VirtualService, "vip">[]): Deferrable<string>[] {
  const unique = new Map<string, Deferrable<string>>();
  for (const { vip } of services) {
    const address = canonicalAddress(vip);
    if (!unique.has(printed(address))) unique.set(printed(address), address);
  }
  return [...unique.values()];
}

/** The kernel modules that the services of a director need, `ip_vs` first. */
export function ipvsModules(services: readonly VirtualService[]): string[] {
  const schedulers = new Set(services.map((service) => schedulerModule(service.scheduler)));
  return ["ip_vs", ...[...schedulers].sort()];
}

/** Problems between the services of one director: IPVS holds one service per address, port and protocol. */
export function servicesProblems(services: readonly { readonly name: string; readonly service: VirtualService }[]): Problem[] {
  const firstName = new Map<string, string>();
  return services.flatMap(({ name, service }) => {
    const key = serviceName(service);
    const first = firstName.get(key);
    if (first === undefined) {
      firstName.set(key, name);
      return [];
    }
    return [{ path: `virtual service '${name}'`, message: `must have an address of its own, got ${key} again; '${first}' has it already` }];
  });
}
