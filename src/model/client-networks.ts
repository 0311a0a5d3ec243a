import { addressFamily, canonicalAddress, type AddressFamily } from "./address";
import { Deferred, printed, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** Problems of the networks that may reach a service; nftables needs to know the family of the VIP at synth. */
export function allowedClientsProblems(
  path: string,
  networks: readonly Deferrable<string>[] | undefined,
  vip: Deferrable<string>,
): Problem[] {
  if (networks === undefined) return [];
  if (networks.length === 0) {
    return [{ path, message: "must name at least one network, got none; leave it out to admit everybody" }];
  }
  return [
    ...vipProblems(path, vip),
    ...networks.flatMap((network, index) => networkProblems(`${path}[${index}]`, network, vip)),
    ...overlapProblems(path, networks),
  ];
}

function vipProblems(path: string, vip: Deferrable<string>): Problem[] {
  if (!(vip instanceof Deferred)) return [];
  return [{ path, message: "needs a VIP known at synth, got a token; its family decides how clients are told apart" }];
}

function networkProblems(path: string, network: Deferrable<string>, vip: Deferrable<string>): Problem[] {
  if (network instanceof Deferred) return [];
  const range = rangeOfNetwork(network);
  if (range === undefined) {
    return [{ path, message: `must be an address or a network like '10.0.0.0/8', got ${shown(network)}` }];
  }
  if (!range.isExact) {
    const advice = "clear the bits after the prefix, or leave out its length for one address";
    return [{ path, message: `must be the first address of its network, got ${shown(network)}; ${advice}` }];
  }
  const family = addressFamily(vip);
  if (family === undefined || family === range.family) return [];
  const advice = "make a service of its own for the other family";
  return [{ path, message: `must be ${family} like the VIP ${printed(vip)}, got ${shown(network)}; ${advice}` }];
}

/** nftables would join them without a word, and an entry that does nothing is likely a mistake. */
function overlapProblems(path: string, networks: readonly Deferrable<string>[]): Problem[] {
  return networks.flatMap((network, index) => {
    const range = rangeOfNetwork(network);
    const first = networks.slice(0, index).findIndex((other) => overlap(range, rangeOfNetwork(other)));
    if (first < 0) return [];
    const message = `must not overlap, got ${shown(network)}; ${path}[${first}] has addresses of it already`;
    return [{ path: `${path}[${index}]`, message }];
  });
}

/** The addresses of a network as numbers, and whether it is written with its first one. */
interface Range {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly isExact: boolean;
}

function overlap(a: Range | undefined, b: Range | undefined): boolean {
  return a !== undefined && b !== undefined && a.family === b.family && a.first <= b.last && b.first <= a.last;
}

function rangeOfNetwork(network: Deferrable<string>): Range | undefined {
  if (network instanceof Deferred) return undefined;
  const [address = "", length, ...rest] = network.split("/");
  const family = addressFamily(address);
  if (family === undefined || rest.length > 0) return undefined;
  const bits = family === "IPv4" ? 32 : 128;
  if (length !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits)) return undefined;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const number = numberOf(address, family);
  const first = number - (number % size);
  return { family, first, last: first + size - 1n, isExact: first === number };
}

function numberOf(address: string, family: AddressFamily): bigint {
  if (family === "IPv4") return joined(address.split(".").map(Number), 8);
  return joined(
    groupsOf(canonicalAddress(address) as string).map((group) => Number.parseInt(group, 16)),
    16,
  );
}

function joined(parts: readonly number[], bits: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) + BigInt(part), 0n);
}

/** The eight groups of an IPv6 address, whose last two may be written as an IPv4 address. */
function groupsOf(address: string): string[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.slice(0, 4).map((byte) => Number(byte).toString(16).padStart(2, "0"));
    return `${a}${b}:${c}${d}`;
  });
  const [head = "", tail] = plain.split("::");
  const front = head.split(":").filter((group) => group !== "");
  const back = (tail ?? "").split(":").filter((group) => group !== "");
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => "0"), ...back];
}
