import { isIP, SocketAddress } from "node:net";
import { Deferred, printed, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** Which of the two versions of IP an address is of. */
export type AddressFamily = "IPv4" | "IPv6";

/** The family of a literal address; undefined for text that is none, and for a value known only at apply. */
export function addressFamily(address: Deferrable<string>): AddressFamily | undefined {
  if (address instanceof Deferred || address.includes("%")) return undefined;
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "IPv4" : "IPv6";
}

/** Refuses host names, prefixes, zones and short forms: IPVS and keepalived take literal addresses only. */
export function addressProblems(path: string, address: Deferrable<string> | undefined): Problem[] {
  if (address === undefined || address instanceof Deferred || addressFamily(address) !== undefined) return [];
  const advice = address.includes("/") ? "; leave out the prefix length" : "";
  return [{ path, message: `must be an IPv4 or IPv6 address, got ${shown(address)}${advice}` }];
}

/** Refuses addresses that no packet can be balanced from or to. */
export function unicastProblems(path: string, address: Deferrable<string> | undefined): Problem[] {
  if (address === undefined || address instanceof Deferred) return [];
  const problems = addressProblems(path, address);
  if (problems.length > 0) return problems;
  const kind = specialKind(canonicalAddress(address) as string);
  return kind === undefined ? [] : [{ path, message: `must be a unicast address, got ${shown(address)} (${kind})` }];
}

function specialKind(address: string): string | undefined {
  if (address === "0.0.0.0" || address === "::") return "the unspecified address";
  if (/^(22[4-9]|23\d)\./.test(address) || address.startsWith("ff")) return "multicast";
  if (address.startsWith("127.") || address === "::1") return "loopback";
  if (address === "255.255.255.255") return "broadcast";
  if (/^(0|24\d|25[0-5])\./.test(address)) return "reserved";
  if (/^::ffff:\d+\./.test(address)) return "reserved for IPv4-mapped addresses";
  if (isLinkLocal(address)) return "link-local";
  return undefined;
}

/** Whether an IPv6 address means something only together with a network interface. */
export function isLinkLocal(address: Deferrable<string>): boolean {
  return addressFamily(address) === "IPv6" && /^fe[89ab]/.test(canonicalAddress(address) as string);
}

/** Whether an address is the host itself, whichever that is. */
export function isLoopback(address: Deferrable<string>): boolean {
  return addressFamily(address) !== undefined && specialKind(canonicalAddress(address) as string) === "loopback";
}

/** The one printed form of an address, so that two spellings of one IPv6 address are seen as the same. */
export function canonicalAddress(address: Deferrable<string>): Deferrable<string> {
  const family = addressFamily(address);
  if (address instanceof Deferred || family === undefined) return address;
  // Of IPv4 addresses only one spelling is taken at all.
  return family === "IPv4" ? address : new SocketAddress({ address, family: "ipv6" }).address;
}

/** The eight groups of an IPv6 address in any spelling; the last two may be written as an IPv4 address. */
export function ipv6Groups(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.slice(0, 4).map((byte) => Number(byte).toString(16).padStart(2, "0"));
    return `${a}${b}:${c}${d}`;
  });
  const [front = [], back = []] = plain.split("::").map((side) => side.split(":").filter((group) => group !== ""));
  const between = Array.from({ length: 8 - front.length - back.length }, () => "0");
  return [...front, ...between, ...back].map((group) => Number.parseInt(group, 16));
}

export function portProblems(path: string, port: Deferrable<number> | undefined): Problem[] {
  return integerProblems(path, port, 1, 65535);
}

/** `192.0.2.1:80`, `[2001:db8::1]:80`: how ipvsadm, logs and errors name an endpoint. */
export function endpoint(address: Deferrable<string>, port: Deferrable<number>): string {
  return `${bracketed(address)}:${printed(port)}`;
}

/** `192.0.2.1/32`, `2001:db8::1/128`: an address with the length of its prefix, as that of one host. */
export function hostAddress(address: Deferrable<string>): string {
  if (address instanceof Deferred) return address.prefixed;
  return `${address}${addressFamily(address) === "IPv6" ? "/128" : "/32"}`;
}

function bracketed(address: Deferrable<string>): string {
  if (address instanceof Deferred) return address.bracketed;
  return addressFamily(address) === "IPv6" ? `[${address}]` : address;
}
