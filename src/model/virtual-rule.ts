import type { AddressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import { networkFamily, networkProblems, oneFamilyProblems } from "./ip-network";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, oneOfProblems, shown } from "./rules";
import { tableProblems } from "./virtual-route";

/** What a rule does to packets instead of looking into a table. */
export enum RuleAction {
  /** Drops them. */
  BLACKHOLE = "blackhole",
  /** Refuses them: network unreachable. */
  UNREACHABLE = "unreachable",
  /** Refuses them: forbidden. */
  PROHIBIT = "prohibit",
  /** Nothing: a mark for `goTo`. */
  NOP = "nop",
}

/** Transport protocols that a rule can tell apart. */
export enum RuleProtocol {
  /** Transmission Control Protocol. */
  TCP = "tcp",
  /** User Datagram Protocol. */
  UDP = "udp",
  /** Stream Control Transmission Protocol. */
  SCTP = "sctp",
  /** Internet Control Message Protocol. */
  ICMP = "icmp",
}

/** A routing rule of a director, in the words of ip-rule(8). */
export interface RuleSettings {
  /** Rules are asked in this order, 1 to 4294967295 (ip: `preference`). */
  readonly preference: number;
  /**
   * Source address or network.
   * @default - any
   */
  readonly from?: string;
  /**
   * Destination address or network.
   * @default - any
   */
  readonly to?: string;
  /**
   * The family of a rule without addresses.
   * @default - that of `from` or `to`, else IPv4
   */
  readonly family?: AddressFamily;
  /**
   * Routing table to look into, 1 to 4294967295, or a name of the hosts' rt_tables.
   * @default - none: action or goTo tells what to do
   */
  readonly table?: number | string;
  /**
   * What is done to the packets instead of looking into a table.
   * @default - none: the table tells what to do
   */
  readonly action?: RuleAction;
  /**
   * Preference of a later rule to go on with (ip: `goto`).
   * @default - none
   */
  readonly goTo?: number;
  /**
   * Interface that packets came in by (ip: `iif`).
   * @default - any
   */
  readonly inputInterface?: string;
  /**
   * Interface that local programs are bound to (ip: `oif`).
   * @default - any
   */
  readonly outputInterface?: string;
  /**
   * Firewall mark, 1 to 4294967295.
   * @default - any
   */
  readonly firewallMark?: number;
  /**
   * The bits of the mark that count, 1 to 4294967295.
   * @default - all
   */
  readonly firewallMask?: number;
  /**
   * Type of service, 0 to 255.
   * @default - any
   */
  readonly tos?: number;
  /**
   * Transport protocol (ip: `ipproto`).
   * @default - any
   */
  readonly protocol?: RuleProtocol;
  /**
   * Source ports: `443` or `1024-65535`.
   * @default - any
   */
  readonly sourcePorts?: string;
  /**
   * Destination ports: `443` or `8000-8999`.
   * @default - any
   */
  readonly destinationPorts?: string;
  /**
   * Passes over routes with a prefix of at most this length, 0 to 128; 0 ignores default routes (ip:
   * `suppress_prefixlength`).
   * @default - none are passed over
   */
  readonly suppressPrefixLength?: number;
  /**
   * Whether the rule is for all packets that do not match (ip: `not`).
   * @default false
   */
  readonly not?: boolean;
  /**
   * Whether the director gives up the VIPs when the rule is lost and cannot be put back (keepalived: `no_track`).
   * @default true
   */
  readonly track?: boolean;
}

export type Rule = DeepDeferrable<RuleSettings>;

export function ruleProblems(path: string, rule: Rule): Problem[] {
  return [
    ...integerProblems(`${path}.preference`, rule.preference, 1, 4294967295),
    ...networkProblems(`${path}.from`, rule.from),
    ...networkProblems(`${path}.to`, rule.to),
    ...oneFamilyProblems([
      [`${path}.from`, rule.from],
      [`${path}.to`, rule.to],
    ]),
    ...familyProblems(`${path}.family`, rule),
    ...tableProblems(`${path}.table`, rule.table),
    ...oneOfProblems(`${path}.action`, rule.action, Object.values(RuleAction)),
    ...goToProblems(`${path}.goTo`, rule),
    ...interfaceProblems(`${path}.inputInterface`, rule.inputInterface),
    ...interfaceProblems(`${path}.outputInterface`, rule.outputInterface),
    ...integerProblems(`${path}.firewallMark`, rule.firewallMark, 1, 4294967295),
    ...integerProblems(`${path}.firewallMask`, rule.firewallMask, 1, 4294967295),
    ...integerProblems(`${path}.tos`, rule.tos, 0, 255),
    ...oneOfProblems(`${path}.protocol`, rule.protocol, Object.values(RuleProtocol)),
    ...portsProblems(`${path}.sourcePorts`, rule.sourcePorts),
    ...portsProblems(`${path}.destinationPorts`, rule.destinationPorts),
    ...integerProblems(`${path}.suppressPrefixLength`, rule.suppressPrefixLength, 0, 128),
    ...partnerProblems(path, rule),
    ...whatToDoProblems(path, rule),
  ];
}

function familyProblems(path: string, { family, from, to }: Rule): Problem[] {
  const problems = oneOfProblems(path, family, ["IPv4", "IPv6"]);
  const known = [from, to].map((value) => value && networkFamily(value)).find((value) => value !== undefined);
  if (problems.length > 0 || family === undefined || known === undefined || family === known) return problems;
  return [{ path, message: `must be ${known} like its addresses, got ${family}` }];
}

function goToProblems(path: string, { goTo, preference }: Rule): Problem[] {
  const problems = integerProblems(path, goTo, 1, 4294967295);
  if (problems.length > 0 || typeof goTo !== "number" || typeof preference !== "number") return problems;
  if (goTo > preference) return [];
  return [{ path, message: `must be above the preference of the rule itself, ${preference}, got ${goTo}` }];
}

function portsProblems(path: string, ports: Deferrable<string> | undefined): Problem[] {
  if (ports === undefined || ports instanceof Deferred) return [];
  const [first = NaN, last = first, ...more] = /^\d{1,5}(-\d{1,5})?$/.test(ports) ? ports.split("-").map(Number) : [];
  if (first >= 1 && first <= last && last <= 65535 && more.length === 0) return [];
  return [{ path, message: `must be a port or a range such as 8000-8999, got ${shown(ports)}` }];
}

/** What the kernel takes only beside something else. */
function partnerProblems(path: string, rule: Rule): Problem[] {
  const ports = rule.sourcePorts ?? rule.destinationPorts;
  const missing: Problem[] = [];
  if (rule.firewallMask !== undefined && rule.firewallMark === undefined) {
    missing.push({
      path: `${path}.firewallMask`,
      message: `needs firewallMark, got ${shown(rule.firewallMask)} alone`,
    });
  }
  if (ports !== undefined && (rule.protocol === undefined || rule.protocol === RuleProtocol.ICMP)) {
    const message = `needs a protocol with ports, got ${shown(rule.protocol ?? "none")}; use tcp, udp or sctp`;
    missing.push({ path: `${path}.protocol`, message });
  }
  if (rule.suppressPrefixLength !== undefined && rule.table === undefined) {
    const message = `needs a table, got ${shown(rule.suppressPrefixLength)} without one`;
    missing.push({ path: `${path}.suppressPrefixLength`, message });
  }
  return missing;
}

function whatToDoProblems(path: string, { table, action, goTo }: Rule): Problem[] {
  const given = [table, action, goTo].filter((value) => value !== undefined);
  if (given.length === 1) return [];
  return [{ path, message: `must have one of table, action and goTo, got ${given.length}` }];
}

/** Every network interface that a rule names. */
export function ruleInterfaces({ inputInterface, outputInterface }: Rule): Deferrable<string>[] {
  return [inputInterface, outputInterface].filter((name) => name !== undefined);
}
