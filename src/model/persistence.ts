import { addressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { Protocol } from "./protocol";
import { integerProblems, literalProblems, oneOfProblems, shown } from "./rules";

/** What tells clients apart beyond their address (keepalived: `persistence_engine`, ipvsadm: `--pe`). */
export enum PersistenceEngine {
  /** The Call-ID of SIP messages; UDP only. */
  SIP = "sip",
}

/** Keeps one client on one real server. */
export interface PersistenceSettings {
  /**
   * How long after its last connection a client stays with its real server, 1 to 2678400 seconds (31 days)
   * (keepalived: `persistence_timeout`, ipvsadm: `-p`).
   */
  readonly timeoutSeconds: number;
  /**
   * Clients whose addresses begin with the same bits count as one: 1 to 32 bits for IPv4, 1 to 128 for IPv6
   * (keepalived: `persistence_granularity`, ipvsadm: `-M`).
   * @default - every address is a client of its own
   */
  readonly prefixLength?: number;
  /**
   * What tells clients apart beyond their address.
   * @default - the address alone
   */
  readonly engine?: PersistenceEngine;
}

export type Persistence = DeepDeferrable<PersistenceSettings>;

export function persistenceProblems(
  path: string,
  persistence: Persistence | undefined,
  service: { readonly vip: Deferrable<string>; readonly protocol?: Protocol | undefined },
): Problem[] {
  if (persistence === undefined) return [];
  const { timeoutSeconds, prefixLength, engine } = persistence;
  const longest = addressFamily(service.vip) === "IPv4" ? 32 : 128;
  return [
    ...integerProblems(`${path}.timeoutSeconds`, timeoutSeconds, 1, 2678400),
    ...literalProblems(`${path}.prefixLength`, prefixLength),
    ...maskProblems(`${path}.prefixLength`, prefixLength, service.vip),
    ...integerProblems(`${path}.prefixLength`, prefixLength, 1, longest),
    ...oneOfProblems(`${path}.engine`, engine, Object.values(PersistenceEngine)),
    ...engineProblems(`${path}.engine`, engine, service.protocol ?? Protocol.TCP),
  ];
}

/** A mask is written in another way for each family. */
function maskProblems(path: string, prefixLength: Deferrable<number> | undefined, vip: Deferrable<string>): Problem[] {
  if (prefixLength === undefined || !(vip instanceof Deferred)) return [];
  return [{ path, message: "needs a VIP known at synth, got a token; its family decides how a prefix is written" }];
}

function engineProblems(path: string, engine: PersistenceEngine | undefined, protocol: Protocol): Problem[] {
  if (engine !== PersistenceEngine.SIP || protocol === Protocol.UDP) return [];
  return [{ path, message: `needs protocol UDP, got ${shown(protocol)}; the kernel reads SIP in UDP only` }];
}

/** `255.255.255.0` for IPv4, where keepalived and ipvsadm take a mask; the length itself for IPv6. */
export function persistenceMask(prefixLength: number, vip: Deferrable<string>): string {
  if (addressFamily(vip) === "IPv6") return String(prefixLength);
  const bits = "1".repeat(prefixLength).padEnd(32, "0");
  return [0, 8, 16, 24].map((start) => Number.parseInt(bits.slice(start, start + 8), 2)).join(".");
}
