import { addressFamily, addressProblems, type AddressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** How adverts get from one director to the others. */
export interface VrrpTransportSettings {
  /**
   * Whether adverts go to a multicast group of the segment, instead of to each director by unicast (keepalived:
   * `unicast_peer` is left out).
   * @default false
   */
  readonly multicast?: boolean;
  /**
   * The multicast group, of the directors' address family; link-local (ff02::...) in IPv6 (keepalived:
   * `mcast_dst_ip`).
   * @default - keepalived's own default (224.0.0.18 or ff02::12)
   */
  readonly multicastGroup?: string;
  /**
   * Time to live, or hop limit, of unicast adverts, 1 to 255 (keepalived: `unicast_ttl`).
   * @default - keepalived's own default (255; in IPv6 the kernel's)
   */
  readonly unicastTtl?: number;
  /**
   * Least time to live, or hop limit, of an advert that is believed, 0 to 255: 255 means that no router forwarded it
   * (keepalived: `min_ttl`).
   * @default - it is not checked
   */
  readonly minTtl?: number;
  /**
   * Most time to live, or hop limit, of an advert that is believed, 0 to 255 (keepalived: `max_ttl`).
   * @default - it is not checked
   */
  readonly maxTtl?: number;
  /**
   * Whether unicast adverts are believed from the other directors only (keepalived: `check_unicast_src`).
   * @default - true with minTtl or maxTtl, else false
   */
  readonly checkUnicastSource?: boolean;
  /**
   * Whether a director gives up the VIPs when it loses its own address (keepalived: `track_src_ip`).
   * @default false
   */
  readonly trackSourceAddress?: boolean;
}

type Transport = DeepDeferrable<VrrpTransportSettings>;

export function vrrpTransportProblems(transport: Transport, family: AddressFamily | undefined): Problem[] {
  return [
    ...multicastGroupProblems(transport, family),
    ...integerProblems("unicastTtl", transport.unicastTtl, 1, 255),
    ...integerProblems("minTtl", transport.minTtl, 0, 255),
    ...integerProblems("maxTtl", transport.maxTtl, 0, 255),
    ...ttlOrderProblems(transport),
    ...unicastOnlyProblems(transport),
  ];
}

function multicastGroupProblems(transport: Transport, family: AddressFamily | undefined): Problem[] {
  const path = "multicastGroup";
  const group = transport.multicastGroup;
  if (group === undefined) return [];
  const alone = transport.multicast === true ? [] : [{ path, message: `needs multicast: true, got ${shown(group)}` }];
  if (group instanceof Deferred) return alone;
  const problems = addressProblems(path, group);
  if (problems.length > 0) return [...alone, ...problems];
  if (!isMulticast(group)) {
    const allowed = "224.0.0.0 to 239.255.255.255, or ff02::/16";
    return [...alone, { path, message: `must be a multicast group (${allowed}), got ${shown(group)}` }];
  }
  if (family === undefined || addressFamily(group) === family) return alone;
  return [...alone, { path, message: `must be ${family} like the directors, got ${shown(group)}` }];
}

function isMulticast(address: string): boolean {
  return /^(22[4-9]|23\d)\./.test(address) || /^ff[0-9a-f]2:/i.test(address);
}

function ttlOrderProblems({ minTtl, maxTtl }: Transport): Problem[] {
  if (typeof minTtl !== "number" || typeof maxTtl !== "number" || minTtl <= maxTtl) return [];
  return [{ path: "minTtl", message: `must be at most maxTtl, ${maxTtl}, got ${minTtl}` }];
}

/** keepalived would take these words for unicast without peers. */
function unicastOnlyProblems(transport: Transport): Problem[] {
  if (transport.multicast !== true) return [];
  const given: [path: string, value: Deferrable<number> | boolean | undefined][] = [
    ["unicastTtl", transport.unicastTtl],
    ["minTtl", transport.minTtl],
    ["maxTtl", transport.maxTtl],
    ["checkUnicastSource", transport.checkUnicastSource],
    ["trackSourceAddress", transport.trackSourceAddress],
  ];
  return given
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([path, value]) => ({ path, message: `needs unicast, got ${shown(value)} with multicast: true` }));
}
