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

/** The kernel module that a scheduler lives in. */
export function schedulerModule(scheduler: Scheduler): string {
  return `ip_vs_${scheduler}`;
}
