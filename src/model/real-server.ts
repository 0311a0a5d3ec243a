import { addressFamily, canonicalAddress, endpoint, portProblems, unicastProblems } from "./address";
import { Deferred, printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import type { DeferredList } from "./deferred-list";
import { extraLinesProblems, type ExtraLines } from "./escape-hatch";
import { ForwardingMethod, methodName, rewritesPorts } from "./forwarding-method";
import { checkFamilyProblems, healthChecksProblems, type HealthChecks } from "./health-check/list";
import type { Problem } from "./problem";
import { escaped, integerProblems, shown } from "./rules";
import { upDownProblems, type UpDown } from "./service-notify";
import { thresholdProblems, type ConnectionThresholds } from "./thresholds";
import type { Tunnel } from "./tunnel";

/** One real server as one virtual service sees it. */
export interface RealServer extends DeepDeferrable<ConnectionThresholds> {
  /** Where packets go. */
  readonly address: Deferrable<string>;
  /** 0 where the client's port decides: under a firewall mark, and when all ports are one service. */
  readonly port: Deferrable<number>;
  /** Share of the new connections; 0 drains. */
  readonly weight: Deferrable<number>;
  /** How they are handed over. */
  readonly forwardingMethod: ForwardingMethod;
  /** Present for tunneling, and for it alone. */
  readonly tunnel?: Tunnel;
  /** How it is checked. */
  readonly healthCheck: DeepDeferrable<HealthChecks>;
  /** Whether it stays in the table with weight 0 when its check fails, in place of what its service says. */
  readonly inhibitOnFailure?: boolean;
  /** Name of its maintenance switch, if it has one. */
  readonly maintenanceSwitch?: string;
  /** What is run when it comes and goes, in place of what its service says. */
  readonly notify?: UpDown;
  /** Lines of the user for its block. */
  readonly extraLines?: ExtraLines;
  /**
   * Where it stands for every address of a list; `address` is the item of the list then.
   * @internal
   */
  readonly list?: DeferredList;
}

/** What of a service its real servers must fit. */
export interface ServiceAddress {
  readonly vip: Deferrable<string>;
  readonly additionalVips?: readonly Deferrable<string>[];
  readonly port: Deferrable<number>;
  readonly persistence?: unknown;
}

/** Problems of one real server by itself and against its service. */
export function realServerProblems(path: string, server: RealServer, service: ServiceAddress): Problem[] {
  const vips = [service.vip, ...(service.additionalVips ?? [])];
  return [
    ...unicastProblems(`${path}.address`, server.address),
    ...familyProblems(`${path}.address`, server.address, service.vip, server.forwardingMethod),
    ...vips.flatMap((vip) => notVipProblems(`${path}.address`, server.address, vip)),
    ...(server.port === 0 && service.port === 0 ? [] : portProblems(`${path}.port`, server.port)),
    ...portOfMethodProblems(`${path}.port`, server.port, service.port, server.forwardingMethod),
    ...persistentPortProblems(`${path}.port`, server.port, server.forwardingMethod, service),
    ...integerProblems(`${path}.weight`, server.weight, 0, 65535),
    ...thresholdProblems(path, server),
    ...healthChecksProblems(`${path}.healthCheck`, server.healthCheck),
    ...checkFamilyProblems(`${path}.healthCheck`, server.healthCheck, server.address),
    ...upDownProblems(`${path}.notify`, server.notify),
    ...extraLinesProblems(`${path}.extraLines`, server.extraLines),
  ];
}

/** Only a tunnel carries packets of one family inside those of the other. */
export function familyProblems(
  path: string,
  address: Deferrable<string>,
  vip: Deferrable<string>,
  method: ForwardingMethod,
): Problem[] {
  const family = addressFamily(address);
  const vipFamily = addressFamily(vip);
  if (family === undefined || vipFamily === undefined || family === vipFamily) return [];
  if (method === ForwardingMethod.TUN) return [];
  return [
    {
      path,
      message: `must be ${vipFamily} like the VIP ${printed(vip)}, got ${shown(address)}; only tunneling can mix address families`,
    },
  ];
}

/** A packet to the VIP would never leave the director. Text that is no address is left to the other rules. */
export function notVipProblems(path: string, address: Deferrable<string>, vip: Deferrable<string>): Problem[] {
  if (!(address instanceof Deferred) && addressFamily(address) === undefined) return [];
  if (!sameValue(canonicalAddress(address), canonicalAddress(vip))) return [];
  return [{ path, message: `must not be the VIP, got ${shown(address)}; give the address of the host itself` }];
}

/** Only NAT rewrites ports; ipvsadm and keepalived would silently reset this one. */
export function portOfMethodProblems(
  path: string,
  port: Deferrable<number>,
  servicePort: Deferrable<number>,
  method: ForwardingMethod,
): Problem[] {
  if (rewritesPorts(method) || typeof port !== "number" || typeof servicePort !== "number") return [];
  if (port === servicePort) return [];
  const name = methodName(method);
  if (servicePort === 0) {
    const message = `must not be set under ${name} when the service has no single port, got ${port}; the client's port stays`;
    return [{ path, message }];
  }
  return [
    {
      path,
      message: `must equal the service port ${servicePort} under ${name}, got ${port}; ${method} cannot rewrite ports`,
    },
  ];
}

/**
 * With persistence the kernel rewrites a port only when it is the service's. Under direct routing and tunneling, which
 * never rewrite one, this is told already.
 */
export function persistentPortProblems(
  path: string,
  port: Deferrable<number>,
  method: ForwardingMethod,
  service: ServiceAddress,
): Problem[] {
  if (!rewritesPorts(method) || service.port !== 0 || service.persistence === undefined || port === 0) return [];
  const message = `must not be set with persistence when the service has no single port, got ${shown(port)}; the client's port stays`;
  return [{ path, message }];
}

/** Problems between the real servers of one service. keepalived would silently drop the second of a pair. */
export function duplicateProblems(path: string, servers: readonly RealServer[]): Problem[] {
  const firstIndex = new Map<string, number>();
  return servers.flatMap((server, index) => {
    const key = endpoint(canonicalAddress(server.address), server.port);
    const first = firstIndex.get(key);
    if (first === undefined) {
      firstIndex.set(key, index);
      return [];
    }
    return [
      {
        path: `${path}[${index}]`,
        message: `must be unique in the service, got ${server.list ? "the same list" : escaped(key)} again; it is ${path}[${first}] already`,
      },
    ];
  });
}
