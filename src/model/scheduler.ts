import type { Problem } from "./problem";
import { shown } from "./rules";

/**
 * How a virtual service picks the real server of a new connection (keepalived: `lvs_sched`, ipvsadm: `-s`).
 * The value is the kernel's name; its module is `ip_vs_<name>`.
 * @see ipvsadm(8)
 */
export enum Scheduler {
  /** Round robin: each real server in turn, weights ignored. */
  RR = "rr",
  /** Weighted round robin: in turn, in proportion to the weights. */
  WRR = "wrr",
  /** Least connection: the real server with the fewest connections. */
  LC = "lc",
  /** Weighted least connection: the fewest connections in proportion to the weight. */
  WLC = "wlc",
  /** Locality-based least connection, for caches: one destination address stays on one real server. */
  LBLC = "lblc",
  /** The same with a set of real servers per destination address. */
  LBLCR = "lblcr",
  /** Destination hashing: a fixed table by destination address. */
  DH = "dh",
  /** Source hashing: a fixed table by client address. */
  SH = "sh",
  /** Maglev hashing: consistent, so that few clients move when a real server comes or goes (Linux 4.18). */
  MH = "mh",
  /** Shortest expected delay: (connections + 1) / weight. */
  SED = "sed",
  /** Never queue: an idle real server first, else shortest expected delay. */
  NQ = "nq",
  /** Weighted failover: the available real server with the highest weight takes all. */
  FO = "fo",
  /** Weighted overflow: the highest weight first; a weight is the number of active connections before the next. */
  OVF = "ovf",
  /** Power of two random choices by weight (Linux 5.12; not in every distribution's kernel). */
  TWOS = "twos",
}

/** What the schedulers that hash the client's address can be told (keepalived: `sh-port`..., ipvsadm: `-b`). */
export interface HashingSettings {
  /**
   * A client whose real server is gone or drains gets another one, and the same one again when it is back
   * (`sh-fallback`, `mh-fallback`).
   * @default false - its connections are refused
   */
  readonly fallback?: boolean;
  /**
   * The client's port counts too, so that connections of one client spread (`sh-port`, `mh-port`).
   * @default false
   */
  readonly port?: boolean;
}

/** The schedulers that take {@link HashingSettings}. */
export type HashingScheduler = Scheduler.SH | Scheduler.MH;

export function isHashing(scheduler: Scheduler): scheduler is HashingScheduler {
  return scheduler === Scheduler.SH || scheduler === Scheduler.MH;
}

/** The flags by the names of keepalived.conf(5) and ipvsadm(8). */
export function schedulerFlags(scheduler: Scheduler, hashing: HashingSettings | undefined): string[] {
  if (hashing === undefined || !isHashing(scheduler)) return [];
  return [
    ...(hashing.fallback === true ? [`${scheduler}-fallback`] : []),
    ...(hashing.port === true ? [`${scheduler}-port`] : []),
  ];
}

export function hashingProblems(
  path: string,
  hashing: HashingSettings | undefined,
  scheduler: Scheduler = Scheduler.WLC,
): Problem[] {
  if (hashing === undefined || isHashing(scheduler)) return [];
  return [{ path, message: `needs scheduler sh or mh, got ${shown(scheduler)}; no other hashes clients` }];
}

/** The kernel module that a scheduler lives in. */
export function schedulerModule(scheduler: Scheduler): string {
  return `ip_vs_${scheduler}`;
}
