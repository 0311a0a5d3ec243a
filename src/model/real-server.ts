import { addressFamily, canonicalAddress, endpoint, unicastProblems, portProblems } from "./address";
import { Deferred, printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { ForwardingMethod } from "./forwarding-method";
import { healthCheckProblems, type HealthCheck } from "./health-check";
import type { Problem } from "./problem";
import { escaped, integerProblems, shown } from "./rules";

/** One real server as one virtual service sees it. */
export interface RealServer {
  readonly address: Deferrable<string>;
  readonly port: Deferrable<number>;
  /** Share of the new connections; 0 drains. */
  readonly weight: Deferrable<number>;
  readonly forwardingMethod: ForwardingMethod;
  readonly healthCheck: DeepDeferrable<HealthCheck>;
}

/** Problems of one real server by itself and against its service. */
export function realServerProblems(
  path: string,
  server: RealServer,
  service: { readonly vip: Deferrable<string>; readonly port: Deferrable<number> },
): Problem[] {
  return [
    ...unicastProblems(`${path}.address`, server.address),
    ...familyProblems(`${path}.address`, server.address, service.vip),
    ...notVipProblems(`${path}.address`, server.address, service.vip),
    ...portProblems(`${path}.port`, server.port),
    ...samePortProblems(`${path}.port`, server.port, service.port),
    ...integerProblems(`${path}.weight`, server.weight, 0, 65535),
    ...healthCheckProblems(`${path}.healthCheck`, server.healthCheck),
  ];
}

/** Direct routing rewrites the MAC address only, so the family cannot change on the way. */
export function familyProblems(path: string, address: Deferrable<string>, vip: Deferrable<string>): Problem[] {
  const family = addressFamily(address);
  const vipFamily = addressFamily(vip);
  if (family === undefined || vipFamily === undefined || family === vipFamily) return [];
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

/** Direct routing cannot rewrite ports; keepalived would silently reset this one. */
export function samePortProblems(path: string, port: Deferrable<number>, servicePort: Deferrable<number>): Problem[] {
  if (typeof port !== "number" || typeof servicePort !== "number" || port === servicePort) return [];
  return [
    {
      path,
      message: `must equal the service port ${servicePort} under direct routing, got ${port}; DR cannot rewrite ports`,
    },
  ];
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
        message: `must be unique in the service, got ${escaped(key)} again; it is ${path}[${first}] already`,
      },
    ];
  });
}
