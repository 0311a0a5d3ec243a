import { addressFamily, canonicalAddress } from "./address";
import { sameValue, type Deferrable } from "./deferred";
import { ForwardingMethod, methodName, rewritesPorts } from "./forwarding-method";
import type { Problem } from "./problem";
import { shown } from "./rules";
import { defaultMethod, vipsOfService, type VirtualService } from "./virtual-service";

/** What a service must know of the hosts that balance it. */
export interface OwnHosts {
  readonly addresses: readonly Deferrable<string>[];
  /** VIPs that every one of them serves itself, and so has all the time. */
  readonly localVips: readonly Deferrable<string>[];
}

/** A real server whose host is prepared by others. */
export interface UnpreparedServer {
  /** As problems name it. */
  readonly path: string;
  readonly addresses: readonly Deferrable<string>[];
  readonly forwardingMethod: ForwardingMethod;
}

/**
 * Problems of real servers that are hosts of the director itself: one without the VIPs would drop its share, and one with
 * them would balance it again. By NAT it is reached at its own address.
 */
export function unpreparedHostProblems(servers: readonly UnpreparedServer[], own: OwnHosts): Problem[] {
  return servers.flatMap(({ path, addresses, forwardingMethod }) => {
    if (rewritesPorts(forwardingMethod)) return [];
    return addresses
      .filter((address) => includes(own.addresses, address))
      .map((address) => {
        const message = `must not be a host of the director under ${methodName(forwardingMethod)}, got ${shown(address)}`;
        return { path, message: `${message}; make a LocalRealServer of that host instead` };
      });
  });
}

/** Problems of a sorry server that is one host of several: while another one has the VIP, it has none and drops all. */
export function ownSorryServerProblems(service: VirtualService, { addresses, localVips }: OwnHosts): Problem[] {
  const { sorryServer, vip } = service;
  if (sorryServer === undefined || addresses.length < 2 || !includes(addresses, sorryServer.address)) return [];
  const method = sorryServer.forwardingMethod ?? defaultMethod(service);
  if (rewritesPorts(method)) return [];
  const holdsVips = vipsOfService(service).every((one) => includes(localVips, one));
  if (method === ForwardingMethod.DR && holdsVips) return [];
  const loopback = addressFamily(vip) === "IPv6" ? "::1" : "127.0.0.1";
  const message = `must not be one host of a pair under ${methodName(method)}, got ${shown(sorryServer.address)}`;
  const advice = `'${loopback}' under direct routing is the one that has the VIP`;
  return [{ path: "sorryServer.address", message: `${message}; ${advice}` }];
}

function includes(addresses: readonly Deferrable<string>[], address: Deferrable<string>): boolean {
  return addresses.some((one) => sameValue(canonicalAddress(one), canonicalAddress(address)));
}
