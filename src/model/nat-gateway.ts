import { addressFamily, unicastProblems } from "./address";
import type { DeepDeferrable, Deferrable } from "./deferred";
import type { HeldAddress } from "./held-address";
import type { Problem } from "./problem";
import { interfaceProblems, shown } from "./rules";
import { givenAlready, type GivenAddress } from "./vrrp-directors";

/** Where real servers under NAT send their replies: an address on the directors' inside interface. */
export interface NatGatewaySettings {
  /** Network interface in the segment of the real servers, the same on both directors of a pair. */
  readonly interface: string;
  /** The IPv4 address, which no host has as its own. */
  readonly address?: string;
  /** The IPv6 address, for services with an IPv6 VIP. */
  readonly ipv6Address?: string;
}

export type NatGateway = DeepDeferrable<NatGatewaySettings>;

/** Its addresses, wherever they are. */
type GatewayAddresses = Omit<NatGateway, "interface">;

export function natGatewayProblems(path: string, gateway: NatGateway | undefined): Problem[] {
  if (gateway === undefined) return [];
  return [...interfaceProblems(`${path}.interface`, gateway.interface), ...gatewayAddressProblems(path, gateway)];
}

export function gatewayAddressProblems(path: string, gateway: GatewayAddresses | undefined): Problem[] {
  if (gateway === undefined) return [];
  const { address, ipv6Address } = gateway;
  return [
    ...unicastProblems(`${path}.address`, address),
    ...familyProblems(`${path}.address`, address, "IPv4"),
    ...unicastProblems(`${path}.ipv6Address`, ipv6Address),
    ...familyProblems(`${path}.ipv6Address`, ipv6Address, "IPv6"),
    ...(address === undefined && ipv6Address === undefined
      ? [{ path, message: "must have an address, got none; set address or ipv6Address" }]
      : []),
  ];
}

/** Problems of a gateway with addresses that somebody has already: it would move away from them, or never be answered. */
export function takenGatewayProblems(
  path: string,
  gateway: NatGateway | undefined,
  taken: readonly GivenAddress[],
): Problem[] {
  return (["address", "ipv6Address"] as const).flatMap((prop) => {
    const address = gateway?.[prop];
    const other = address === undefined ? undefined : givenAlready(address, taken);
    if (other === undefined) return [];
    return [
      { path: `${path}.${prop}`, message: `must be an address of its own, got ${shown(address)}; it is ${other.path}` },
    ];
  });
}

function familyProblems(path: string, address: Deferrable<string> | undefined, wanted: "IPv4" | "IPv6"): Problem[] {
  const family = address === undefined ? undefined : addressFamily(address);
  if (family === undefined || family === wanted) return [];
  return [{ path, message: `must be an ${wanted} address, got ${shown(address)}` }];
}

/** What the directors hold for their real servers. */
export function gatewayAddresses(gateway: NatGateway | undefined): HeldAddress[] {
  if (gateway === undefined) return [];
  return [gateway.address, gateway.ipv6Address]
    .filter((address) => address !== undefined)
    .map((address) => ({ address, device: gateway.interface }));
}

/** The gateway for the replies to clients of a VIP. */
export function gatewayFor(
  gateway: GatewayAddresses | undefined,
  vip: Deferrable<string>,
): Deferrable<string> | undefined {
  return addressFamily(vip) === "IPv6" ? gateway?.ipv6Address : gateway?.address;
}
