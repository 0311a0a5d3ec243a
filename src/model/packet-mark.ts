import { addressFamily, type AddressFamily } from "./address";
import type { Deferrable } from "./deferred";
import type { Protocol } from "./protocol";
import { vipsOfService, type VirtualService } from "./virtual-service";

/** Addresses of one family. */
export interface Addresses {
  readonly family: AddressFamily;
  readonly addresses: readonly Deferrable<string>[];
}

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
