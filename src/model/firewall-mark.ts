import { addressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** Packets that a firewall has marked are one service, whatever their port (keepalived: `fwmark`, ipvsadm: `-f`). */
export interface FirewallMarkSettings {
  /**
   * The mark, 1 to 2147483647, not used for anything else on the directors. (Greater ones are saved as negative numbers
   * by ipvsadm-save, which ipvsadm-restore refuses.)
   */
  readonly mark: number;
  /**
   * Ports and ranges of ports of the VIP whose packets get the mark: `[80, 443, "50000-50100"]`. The library installs
   * the marks on every director.
   * @default - none is marked by the library: rules of your own set the mark, on every director
   */
  readonly ports?: readonly (number | string)[];
}

export type FirewallMark = DeepDeferrable<FirewallMarkSettings>;

export function firewallMarkProblems(path: string, mark: FirewallMark | undefined, vip: Deferrable<string>): Problem[] {
  if (mark === undefined) return [];
  return [
    ...integerProblems(`${path}.mark`, mark.mark, 1, 2147483647),
    ...vipProblems(vip),
    ...portsProblems(`${path}.ports`, mark.ports),
  ];
}

/** The kernel keeps marks of both families apart, and nothing but the VIP tells ours. */
function vipProblems(vip: Deferrable<string>): Problem[] {
  if (!(vip instanceof Deferred)) return [];
  const message =
    "must be known at synth with a firewall mark, got a token; its family decides which packets are meant";
  return [{ path: "vip", message }];
}

function portsProblems(path: string, ports: FirewallMark["ports"]): Problem[] {
  if (ports === undefined) return [];
  if (ports.length === 0) {
    return [{ path, message: "must name at least one port, got none; leave it out when you set the mark yourself" }];
  }
  return [...ports.flatMap((port, index) => portProblems(`${path}[${index}]`, port)), ...overlapProblems(path, ports)];
}

function portProblems(path: string, port: Deferrable<number | string>): Problem[] {
  if (port instanceof Deferred || rangeOf(port) !== undefined) return [];
  return [{ path, message: `must be a port or a range from 1 to 65535 like '50000-50100', got ${shown(port)}` }];
}

/** nft would read a number with a leading 0 as octal. */
const PORT = /^[1-9]\d{0,4}$/;

/** First and last port. */
export type Range = readonly [first: number, last: number];

/** Undefined for text that is no range, and for values known only at apply. */
export function rangeOf(port: Deferrable<number | string>): Range | undefined {
  if (port instanceof Deferred) return undefined;
  const [first = "", last = first, ...rest] = String(port).split("-");
  if (rest.length > 0 || !PORT.test(first) || !PORT.test(last)) return undefined;
  const range = [Number(first), Number(last)] as const;
  return range[0] <= range[1] && range[1] <= 65535 ? range : undefined;
}

function overlapProblems(path: string, ports: readonly Deferrable<number | string>[]): Problem[] {
  return ports.flatMap((port, index) => {
    const first = ports.slice(0, index).findIndex((other) => overlap(rangeOf(port), rangeOf(other)));
    if (first < 0) return [];
    const message = `must be named once, got ${shown(port)} again; ${path}[${first}] has it already`;
    return [{ path: `${path}[${index}]`, message }];
  });
}

/** Whether two ranges have a port in common; one that is no range has none. */
export function overlap(a: Range | undefined, b: Range | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1];
}

/** The first port that is marked, where a check can try the real servers; undefined when none is known. */
export function firstMarkedPort(mark: FirewallMark | undefined): number | undefined {
  const [first] = mark?.ports ?? [];
  return first === undefined ? undefined : rangeOf(first)?.[0];
}

/** Which of the kernel's two sets of marks is meant. */
export function isIpv6Mark(vip: Deferrable<string>): boolean {
  return addressFamily(vip) === "IPv6";
}
