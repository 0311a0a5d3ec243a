import { addressFamily, canonicalAddress, type AddressFamily } from "./address";
import { printed, type Deferrable } from "./deferred";
import { overlap, rangeOf, type Range } from "./firewall-mark";
import type { Problem } from "./problem";
import type { Protocol } from "./protocol";
import { escaped } from "./rules";
import { vipsOfService, type VirtualService } from "./virtual-service";

/** Packets that clients send to a service. */
export interface Packets {
  readonly family: AddressFamily;
  readonly vips: readonly Deferrable<string>[];
  readonly protocol: Protocol;
  /** Ports and ranges of ports; none means all ports of the protocol. */
  readonly ports: readonly Deferrable<number | string>[];
  /** A mark that rules of somebody else set, which tells the packets instead of protocol and ports. */
  readonly foreignMark?: Deferrable<number>;
}

/** Packets that get a firewall mark on their way in, by which IPVS then knows their service. */
export interface PacketMark extends Packets {
  readonly mark: Deferrable<number>;
}

export function packetsOf({ firewallMark, port, protocol, ...service }: VirtualService): Packets {
  const ports = firewallMark === undefined && port !== 0 ? [port] : (firewallMark?.ports ?? []);
  const isForeign = firewallMark !== undefined && firewallMark.ports === undefined;
  return {
    family: familyOf(service.vip),
    vips: vipsOfService(service),
    protocol,
    ports,
    ...(isForeign && { foreignMark: firewallMark.mark }),
  };
}

/** Addresses known only at apply are taken for IPv4 where nothing else tells. */
export function familyOf(address: Deferrable<string>): AddressFamily {
  return addressFamily(address) ?? "IPv4";
}

/** The marks that the library sets for the services of a director. */
export function packetMarks(services: readonly VirtualService[]): PacketMark[] {
  return services.flatMap((service) => {
    const { firewallMark } = service;
    if (firewallMark?.ports === undefined) return [];
    return [{ ...packetsOf(service), mark: firewallMark.mark }];
  });
}

/** Ports of one VIP and protocol that a service has, marked or by themselves. */
interface Claim {
  readonly name: string;
  readonly isMarked: boolean;
  readonly target: string;
  readonly range: Range;
}

/**
 * Problems of packets that two services would have. A packet has one mark, the one set last; and IPVS looks for a
 * service by its mark first, so one by port would get nothing. A service for all ports gets what nobody marks.
 */
export function packetMarksProblems(
  services: readonly { readonly name: string; readonly service: VirtualService }[],
): Problem[] {
  const claims = services.flatMap(({ name, service }) => claimsOf(name, service));
  const marked = claims.filter(({ isMarked }) => isMarked);
  const plain = claims.filter(({ isMarked }) => !isMarked);
  return marked.flatMap((claim, index) => {
    const rival = [...plain, ...marked.slice(0, index)].find((other) => collide(other, claim));
    if (rival === undefined) return [];
    const ports = rangeText(rival.range);
    const message = `must mark packets of its own, got ${claim.target} ${ports} again; '${rival.name}' has them already`;
    return [{ path: `virtual service '${claim.name}'`, message: escaped(message) }];
  });
}

function rangeText([first, last]: Range): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

function collide(a: Claim, b: Claim): boolean {
  return a.name !== b.name && a.target === b.target && overlap(a.range, b.range);
}

function claimsOf(name: string, service: VirtualService): Claim[] {
  const { vips, ports, protocol } = packetsOf(service);
  const isMarked = service.firewallMark !== undefined;
  return vips.flatMap((vip) =>
    ports.flatMap((port) => {
      const range = rangeOf(port);
      const target = `${printed(canonicalAddress(vip))} ${protocol.toLowerCase()}`;
      return range === undefined ? [] : [{ name, isMarked, target, range }];
    }),
  );
}
