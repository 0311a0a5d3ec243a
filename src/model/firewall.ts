import { canonicalAddress, type AddressFamily } from "./address";
import { Deferred, printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { vipsOf, type DirectorConfig } from "./director";
import { familyOf, packetsOf, type Packets } from "./packet-mark";
import type { Problem } from "./problem";
import { Protocol } from "./protocol";
import { shown } from "./rules";
import { vipsOfService, type VirtualService } from "./virtual-service";

/**
 * The firewall of a director. It drops what is named here and nothing else: VRRP from anybody but the other director,
 * and what is set below. It cannot open what other rules of the host drop.
 */
export interface FirewallSettings {
  /**
   * Drops TCP, UDP and SCTP packets to a VIP that are for none of its services; ping and other ICMP stay.
   * @default false - they reach the director itself
   */
  readonly servicesOnly?: boolean;
}

/** Addresses of one family. */
export interface Addresses {
  readonly family: AddressFamily;
  readonly addresses: readonly Deferrable<string>[];
}

/** What a director drops. */
export interface Firewall {
  /** Who alone may send VRRP; absent where nobody speaks it. */
  readonly vrrpPeers?: Addresses;
  /** Services, and the networks that alone may reach them. */
  readonly limits: readonly { readonly packets: Packets; readonly clients: readonly Deferrable<string>[] }[];
  /** VIPs that answer for nothing but these packets; absent where they may answer for anything. */
  readonly servicesOnly?: { readonly vips: readonly Addresses[]; readonly packets: readonly Packets[] };
}

/** Problems of the firewall with the director and its services; `own` are addresses of the director itself. */
export function firewallProblems(
  path: string,
  settings: DeepDeferrable<FirewallSettings> | undefined,
  own: readonly Deferrable<string>[],
  services: readonly VirtualService[],
): Problem[] {
  if (settings?.servicesOnly !== true) return [];
  const vips = services.flatMap(vipsOfService);
  return vips.flatMap((vip) => servicesOnlyProblems(`${path}.servicesOnly`, vip, own)).slice(0, 1);
}

function servicesOnlyProblems(path: string, vip: Deferrable<string>, own: readonly Deferrable<string>[]): Problem[] {
  if (vip instanceof Deferred) {
    return [{ path, message: "needs VIPs known at synth, got a token; leave it out, or pass the address" }];
  }
  const isOwn = own.some((address) => sameValue(canonicalAddress(address), canonicalAddress(vip)));
  if (!isOwn) return [];
  const reason = "what the host itself does goes there";
  return [{ path, message: `needs VIPs apart from the director's own addresses, got ${shown(vip)}; ${reason}` }];
}

/** What a director is to drop; undefined when it is nothing. */
export function firewallOf({ vrrp, services, settings }: DirectorConfig): Firewall | undefined {
  const { firewall } = settings;
  const limits = services.flatMap((service) => {
    const { allowedClients } = service;
    return allowedClients === undefined ? [] : [{ packets: packetsOf(service), clients: allowedClients }];
  });
  const hasPeers = firewall !== undefined && vrrp !== undefined;
  const servicesOnly = firewall?.servicesOnly === true;
  if (!hasPeers && !servicesOnly && limits.length === 0) return undefined;
  return {
    ...(hasPeers && { vrrpPeers: { family: familyOf(vrrp.sourceAddress), addresses: vrrp.peers } }),
    limits,
    ...(servicesOnly && { servicesOnly: { vips: vipsByFamily(services), packets: services.map(packetsOf) } }),
  };
}

function vipsByFamily(services: readonly VirtualService[]): Addresses[] {
  return (["IPv4", "IPv6"] as const)
    .map((family) => ({ family, addresses: vipsOf(services.filter(({ vip }) => familyOf(vip) === family)) }))
    .filter(({ addresses }) => addresses.length > 0);
}

/** TCP ports of a VIP that the firewall does not leave to everybody: `443`, `1-65535`. */
export interface ClosedPorts {
  readonly address: Deferrable<string>;
  readonly ports: string;
}

const ALL_PORTS = "1-65535";

export function closedPorts({ limits, servicesOnly }: Firewall): ClosedPorts[] {
  if (servicesOnly !== undefined) {
    return servicesOnly.vips.flatMap(({ addresses }) => addresses.map((address) => ({ address, ports: ALL_PORTS })));
  }
  return limits.flatMap(({ packets: { vips, protocol, ports, foreignMark } }) => {
    if (protocol !== Protocol.TCP && foreignMark === undefined) return [];
    const closed = ports.length === 0 ? [ALL_PORTS] : ports.map(printed);
    return vips.flatMap((address) => closed.map((range) => ({ address, ports: range })));
  });
}
