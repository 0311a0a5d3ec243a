import type { HostOptions } from "./host-options";
import { address6In, ownAddress, type Segment, segmentOf } from "./segment";

/** A network interface of a host and the cable in it. */
export interface HostInterface {
  /** On the host: eth0, eth1, ... */
  readonly name: string;
  readonly address: string;
  readonly address6: string;
  readonly mac: string;
  readonly segment: Segment;
  /** The lab's end of the cable. */
  readonly tap: string;
}

/** A host whose place among the segments is known. */
export interface PlacedHost extends HostOptions {
  /** eth0 first. */
  readonly interfaces: readonly [HostInterface, ...HostInterface[]];
  /** Of the default routes, IPv4 and IPv6; none for a host without. */
  readonly nextHops: readonly string[];
  /** Where the host fetches packages from: the lab's own end of eth0's segment, reached without any router. */
  readonly packageSource: string;
}

/** Places a host; its addresses have been checked. */
export function placeHost(host: HostOptions, segments: readonly Segment[]): PlacedHost {
  const place = (address: string, index: number) => interfaceOf(host.name, index, address, segments);
  const first = place(host.address, 0);
  const nextHop = host.gateway ?? ownAddress(first.segment);
  return {
    ...host,
    interfaces: [first, ...(host.moreAddresses ?? []).map((address, index) => place(address, index + 1))],
    nextHops: nextHop === false ? [] : [nextHop, address6In(segmentWith(nextHop, segments), nextHop)],
    packageSource: ownAddress(first.segment),
  };
}

/** The IPv4 addresses of a host, from eth0 on. */
export function addressesOf(host: HostOptions): readonly string[] {
  return [host.address, ...(host.moreAddresses ?? [])];
}

function interfaceOf(host: string, index: number, address: string, segments: readonly Segment[]): HostInterface {
  const segment = segmentWith(address, segments);
  const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return {
    name: `eth${index}`,
    address,
    address6: address6In(segment, address),
    mac: ["02", "00", ...bytes].join(":"),
    segment,
    tap: `t${index}-${host}`,
  };
}

function segmentWith(address: string, segments: readonly Segment[]): Segment {
  const segment = segmentOf(address, segments);
  if (segment === undefined) {
    throw new Error(`no segment of this lab has ${address}`);
  }
  return segment;
}
