import { Deferred, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { oneOfProblems, shown } from "../rules";
import { checkConnectionProblems, type CheckConnectionOptions } from "./connection";

/** What a DNS check asks for (keepalived: `type`). */
export enum DnsRecordType {
  /** IPv4 addresses. */
  A = "A",
  /** Name servers of a zone. */
  NS = "NS",
  /** What the name is an alias of. */
  CNAME = "CNAME",
  /** Start of a zone. */
  SOA = "SOA",
  /** Mail servers. */
  MX = "MX",
  /** Text. */
  TXT = "TXT",
  /** IPv6 addresses. */
  AAAA = "AAAA",
  /** Signatures of DNSSEC. */
  RRSIG = "RRSIG",
  /** Keys of DNSSEC. */
  DNSKEY = "DNSKEY",
}

/** What a DNS check asks for. */
export interface DnsCheckOptions extends CheckConnectionOptions {
  /**
   * Type of the records to ask for (keepalived: `type`).
   * @default - keepalived's own default (SOA)
   */
  readonly recordType?: DnsRecordType;
  /**
   * Name to ask for, `example.org`; its first label must be longer than one character, or keepalived takes it for an
   * empty one (keepalived: `name`).
   * @default - keepalived's own default (`.`, the root)
   */
  readonly name?: string;
}

/**
 * The real server is up when it answers a question over UDP without an error code; that it has such a record is not
 * asked (keepalived: `DNS_CHECK`).
 */
export interface DnsCheck extends DnsCheckOptions {
  /** Tells it from other checks. */
  readonly type: "dns";
}

export function dnsCheckProblems(path: string, check: DeepDeferrable<DnsCheckOptions>): Problem[] {
  return [
    ...oneOfProblems(`${path}.recordType`, check.recordType, Object.values(DnsRecordType)),
    ...dnsNameProblems(`${path}.name`, check.name),
    ...checkConnectionProblems(path, check),
  ];
}

function dnsNameProblems(path: string, name: Deferrable<string> | undefined): Problem[] {
  if (name === undefined || name instanceof Deferred || name === ".") return [];
  const labels = name.replace(/\.$/, "").split(".");
  if (name.length > 253 || labels.some((label) => !/^[\w-]{1,63}$/.test(label))) {
    const rule = "must be labels of 1 to 63 letters, digits, '-' and '_' with dots between them, 253 characters in all";
    return [{ path, message: `${rule}, got ${shown(name)}` }];
  }
  if (labels[0]?.length !== 1 || !name.includes(".")) return [];
  const reason = "keepalived takes the first label for an empty one, ask for another name";
  return [{ path, message: `must not begin with a label of one character, got ${shown(name)}; ${reason}` }];
}
