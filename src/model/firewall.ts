import { canonicalAddress } from "./address";
import { Deferred, printed, sameValue, type Deferrable } from "./deferred";
import { vipsOf, type DirectorConfig } from "./director";
import { directorTraffic, type DirectorTraffic } from "./director-traffic";
import { familyOf, packetsOf, type Addresses, type Packets } from "./packet-mark";
import type { Problem } from "./problem";
import { Protocol } from "./protocol";
import { shown } from "./rules";
import { vipsOfService, type VirtualService } from "./virtual-service";

/**
 * The firewall of a director. It drops what is named here and nothing else: VRRP and connection synchronisation from
 * anybody but the other directors, and what is set below. It cannot open what other rules of the host drop.
 */
export interface FirewallSettings {
  /**
   * Drops TCP, UDP and SCTP packets to a VIP that are for none of its services; ping and other ICMP stay.
   * @default false - they reach the director itself
   */
  readonly servicesOnly?: boolean;
}

/** What a director drops. */
export interface Firewall {
  /** What comes from other directors alone. */
  readonly directors: readonly DirectorTraffic[];
  /** Services, and the networks that alone may reach them. */
  readonly limits: readonly { readonly packets: Packets; readonly clients: readonly Deferrable<string>[] }[];
  /** VIPs that answer for nothing but these packets; absent where they may answer for anything. */
  readonly servicesOnly?: { readonly vips: readonly Addresses[]; readonly packets: readonly Packets[] };
}

/** Problems of VIPs that answer for nothing but services; `own` are the addresses of the directors themselves. */
export function servicesOnlyProblems(
  path: string,
  servicesOnly: boolean | undefined,
  own: readonly Deferrable<string>[],
  services: readonly VirtualService[],
): Problem[] {
  if (servicesOnly !== true) return [];
  const vips = services.flatMap(vipsOfService);
  return vips.flatMap((vip) => closedVipProblems(path, vip, own)).slice(0, 1);
}

function closedVipProblems(path: string, vip: Deferrable<string>, own: readonly Deferrable<string>[]): Problem[] {
  if (vip instanceof Deferred) {
    return [{ path, message: "needs VIPs known at synth, got a token; leave it out, or pass the address" }];
  }
  const isOwn = own.some((address) => sameValue(canonicalAddress(address), canonicalAddress(vip)));
  if (!isOwn) return [];
  const reason = "what the host itself does goes there";
  return [{ path, message: `needs VIPs apart from the director's own addresses, got ${shown(vip)}; ${reason}` }];
}

/** What a director is to drop; undefined when it is nothing. */
export function firewallOf(config: DirectorConfig): Firewall | undefined {
  const { services } = config;
  const { firewall } = config.settings;
  const directors = firewall === undefined ? [] : directorTraffic(config);
  const limits = services.flatMap((service) => {
    const { allowedClients } = service;
    return allowedClients === undefined ? [] : [{ packets: packetsOf(service), clients: allowedClients }];
  });
  const servicesOnly = firewall?.servicesOnly === true;
  if (directors.length === 0 && !servicesOnly && limits.length === 0) return undefined;
  return {
    directors,
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
