import { addressFamily, ipv6Groups, type AddressFamily } from "./address";
import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** The addresses of a network as numbers, and whether it is written with its first one. */
export interface NetworkRange {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly isExact: boolean;
}

/** Refuses what is neither an address nor a network in prefix form. */
export function networkProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred || networkRange(value) !== undefined) return [];
  const message = `must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6, got ${shown(value)}`;
  return [{ path, message }];
}

/** Refuses networks that are not written with their first address, too. */
export function exactNetworkProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  const problems = networkProblems(path, value);
  if (problems.length > 0 || value === undefined || networkRange(value)?.isExact !== false) return problems;
  const advice = "clear the bits after the prefix, or leave out its length for one address";
  return [{ path, message: `must be the first address of its network, got ${shown(value)}; ${advice}` }];
}

/** Undefined for text that is no network, and for values known only at apply. */
export function networkRange(value: Deferrable<string>): NetworkRange | undefined {
  const family = networkFamily(value);
  if (value instanceof Deferred || family === undefined) return undefined;
  const bits = family === "IPv4" ? 32 : 128;
  const [address = "", length = String(bits)] = value.split("/");
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;
  const size = 1n << BigInt(bits - Number(length));
  const number = numberOf(address, family);
  const first = number - (number % size);
  return { family, first, last: first + size - 1n, isExact: first === number };
}

function numberOf(address: string, family: AddressFamily): bigint {
  return family === "IPv4" ? joined(address.split(".").map(Number), 8) : joined(ipv6Groups(address), 16);
}

function joined(parts: readonly number[], bits: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) + BigInt(part), 0n);
}

/** Whether two networks have an address in common; what is no network has none. */
export function overlap(a: NetworkRange | undefined, b: NetworkRange | undefined): boolean {
  return a !== undefined && b !== undefined && a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** The family of a literal address or network. */
export function networkFamily(value: Deferrable<string>): AddressFamily | undefined {
  if (value instanceof Deferred) return undefined;
  const [address = "", ...length] = value.split("/");
  return length.length > 1 ? undefined : addressFamily(address);
}

/** Refuses networks and addresses of two families, where one thing can have one only. */
export function oneFamilyProblems(
  values: readonly (readonly [path: string, value: Deferrable<string> | undefined])[],
): Problem[] {
  const known = values.flatMap(([path, value]) => {
    const family = value === undefined ? undefined : networkFamily(value);
    return family === undefined ? [] : [{ path, value, family }];
  });
  const [first] = known;
  if (first === undefined) return [];
  return known
    .filter(({ family }) => family !== first.family)
    .map(({ path, value }) => ({ path, message: `must be ${first.family} like ${first.path}, got ${shown(value)}` }));
}
