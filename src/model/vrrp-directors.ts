import { addressFamily, canonicalAddress, unicastProblems, type AddressFamily } from "./address";
import { sameValue, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** The prop that names a director of a pair. */
export type DirectorProp = "primary" | "secondary" | `furtherBackups[${number}]`;

/** How the constructs of a pair's hosts are called. */
export type DirectorId = "primary" | "secondary" | `further-backup-${number}`;

/** A director of a pair, which exchanges adverts with all others. */
export interface PairDirector {
  readonly prop: DirectorProp;
  /** Its own address. */
  readonly address: Deferrable<string>;
}

/** Priorities leave room for so many directors. */
export const MOST_DIRECTORS = 11;

/** An address, and what gives it, as problems name that. */
export interface GivenAddress {
  readonly path: string;
  readonly address: Deferrable<string>;
}

/** Problems between the directors of a pair, before their services are known. */
export function pairDirectorsProblems(directors: readonly PairDirector[]): Problem[] {
  return [...givenAddressesProblems(ownAddresses(directors)), ...countProblems(directors)];
}

export function ownAddresses(directors: readonly PairDirector[]): GivenAddress[] {
  return directors.map(({ prop, address }) => ({ path: `${prop}.address`, address }));
}

function countProblems({ length }: readonly PairDirector[]): Problem[] {
  if (length <= MOST_DIRECTORS) return [];
  return [{ path: "furtherBackups", message: `must be at most ${MOST_DIRECTORS - 2} directors, got ${length - 2}` }];
}

/** Problems of other addresses of the directors, which one instance uses. */
export function directorAddressesProblems(
  addresses: readonly Deferrable<string>[] | undefined,
  directors: readonly PairDirector[],
): Problem[] {
  const path = "directorAddresses";
  if (addresses === undefined) return [];
  if (addresses.length !== directors.length) {
    return [{ path, message: `needs one address per director (${directors.length}), got ${addresses.length}` }];
  }
  return givenAddressesProblems(addresses.map((address, index) => ({ path: `${path}[${index}]`, address })));
}

/** Adverts go from each of these to all others. */
function givenAddressesProblems(addresses: readonly GivenAddress[]): Problem[] {
  return [
    ...addresses.flatMap(({ path, address }) => unicastProblems(path, address)),
    ...differentProblems(addresses),
    ...familyProblems(addresses),
  ];
}

/** A director that is its own peer hears no other: both would become master. keepalived does not notice. */
function differentProblems(addresses: readonly GivenAddress[]): Problem[] {
  return addresses.flatMap(({ path, address }, index) => {
    const same = givenAlready(address, addresses.slice(0, index));
    if (same === undefined) return [];
    return [{ path, message: `must differ from ${same.path}, got ${shown(address)} for both` }];
  });
}

function familyProblems(addresses: readonly GivenAddress[]): Problem[] {
  const first = addresses.find(({ address }) => addressFamily(address) !== undefined);
  if (first === undefined) return [];
  const family = addressFamily(first.address);
  return addresses.flatMap(({ path, address }) => {
    const other = addressFamily(address);
    if (other === undefined || other === family) return [];
    return [{ path, message: `must be ${family} like ${first.path}, got ${shown(address)}` }];
  });
}

/** Problems between the directors' own addresses and the VIPs that move between them. */
export function pairVipsProblems(
  addresses: readonly GivenAddress[],
  vips: readonly { readonly path: string; readonly vip: Deferrable<string> }[],
): Problem[] {
  return vips.flatMap(({ path, vip }) => {
    const own = givenAlready(vip, addresses);
    if (own === undefined) return [];
    const advice = "a VIP moves between the directors, their own addresses stay";
    return [{ path, message: `must not use ${own.path} as a VIP, got ${shown(vip)}; ${advice}` }];
  });
}

/** The first that is the same address, in whatever spelling. */
export function givenAlready(address: Deferrable<string>, given: readonly GivenAddress[]): GivenAddress | undefined {
  return given.find((one) => sameValue(canonicalAddress(one.address), canonicalAddress(address)));
}

/** The family of all directors, if that of one is known. */
export function directorsFamily(directors: readonly PairDirector[]): AddressFamily | undefined {
  return directors.map(({ address }) => addressFamily(address)).find((family) => family !== undefined);
}
