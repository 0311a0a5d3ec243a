import { Deferred, printed, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, oneOfProblems, shown } from "./rules";
import type { ChosenSysctl } from "./sysctl";

/** When the kernel defends itself against a lack of memory. */
export enum DefenseMode {
  /** Never (0). */
  NEVER = "never",
  /** While less memory is free than `amemthresh` (1; the kernel itself changes it to 2 and back). */
  AUTOMATIC = "automatic",
  /** At all times (3). */
  ALWAYS = "always",
}

/**
 * Settings of IPVS in the kernel (sysctls `net.ipv4.vs.*`). What is left out keeps the value that the host has. A
 * kernel that does not have one of those set here is refused by the deploy before anything on the host is changed.
 */
export interface IpvsSettings {
  /**
   * Drops one of so many packets while `dropPacket` is ALWAYS, 1 to 2147483647 (`am_droprate`).
   * @default - the kernel's own default (10)
   */
  readonly amDroprate?: number;
  /**
   * Free memory below which the automatic defenses begin, 0 to 2147483647 pages of 4 KiB (`amemthresh`).
   * @default - the kernel's own default (1024)
   */
  readonly amemthresh?: number;
  /**
   * A director whose synchronisation daemon is a backup does not balance: for directors that are real servers too
   * (`backup_only`, since Linux 3.9). With a daemon that is both master and backup it would never balance.
   * @default - off, and on where a LocalRealServer needs it
   */
  readonly backupOnly?: boolean;
  /**
   * Forwards packets to where they were sent when a service has no real server, for transparent web caches
   * (`cache_bypass`).
   * @default - off
   */
  readonly cacheBypass?: boolean;
  /**
   * What a new connection from a port that a client used before is taken for, 0 to 3 (`conn_reuse_mode`, since Linux
   * 4.1): 0 the old one, with its real server; 1 a new one when the old one is known to have ended (NAT only); 2 or 3
   * also when the client has ended it, which is all that a director sees under direct routing. With 1 to 3 and
   * `conntrack`, kernels before 5.9 delay such connections by a second.
   * @default - the kernel's own default (1)
   */
  readonly connReuseMode?: number;
  /**
   * Netfilter tracks the connections of IPVS (`conntrack`, since Linux 2.6.37, kernels with CONFIG_IP_VS_NFCT). Needed
   * where their packets go through rules with `ct state`, or are masqueraded; every packet costs more processor time
   * and every connection more memory then.
   * @default - off, unless someone turned it on at the host
   */
  readonly conntrack?: boolean;
  /**
   * How much IPVS writes to the kernel's log, 0 to 12 (`debug_level`, only kernels with CONFIG_IP_VS_DEBUG).
   * @default - the kernel's own default (0)
   */
  readonly debugLevel?: number;
  /**
   * Drops half-open connections when memory runs low, against SYN floods (`drop_entry`).
   * @default - never
   */
  readonly dropEntry?: DefenseMode;
  /**
   * Drops packets when memory runs low (`drop_packet`). With ALWAYS, one of `amDroprate`.
   * @default - never
   */
  readonly dropPacket?: DefenseMode;
  /**
   * Follows TCP more strictly when memory runs low (`secure_tcp`). Under NAT a connection counts as established only
   * after the whole handshake.
   * @default - never
   */
  readonly secureTcp?: DefenseMode;
  /**
   * Ends a connection with its next packet when its real server is gone, so that the client connects again
   * (`expire_nodest_conn`). When off, its packets are dropped until it expires or the real server is back.
   * @default true
   */
  readonly expireNodestConn?: boolean;
  /**
   * A client that persists goes to another real server when its own drains (`expire_quiescent_template`). When off, it
   * keeps coming back to a real server with weight 0.
   * @default true
   */
  readonly expireQuiescentTemplate?: boolean;
  /**
   * IPVS leaves tunnelled packets alone, against loops where a director is a tunnel real server too (`ignore_tunneled`,
   * since Linux 4.4).
   * @default - off
   */
  readonly ignoreTunneled?: boolean;
  /**
   * Answers packets from real servers under NAT that belong to no connection with ICMP errors (`nat_icmp_send`).
   * @default - off
   */
  readonly natIcmpSend?: boolean;
  /**
   * Tells senders of packets that are too long for the way to the real server (`pmtu_disc`, since Linux 3.7). When off,
   * the director cuts packets for tunnels into fragments instead, which costs time on both ends.
   * @default - on
   */
  readonly pmtuDisc?: boolean;
  /**
   * Counts rates of packets and bytes for `ipvsadm --list --rate` (`run_estimation`, since Linux 5.16). Off saves time
   * with tens of thousands of services and real servers.
   * @default - on
   */
  readonly runEstimation?: boolean;
  /**
   * Processors that may count rates, as the kernel prints them: `0-3,6` (`est_cpulist`, since Linux 6.2).
   * @default - all that may do work of the kernel
   */
  readonly estCpulist?: string;
  /**
   * Priority of counting rates, -20 (first) to 19 (`est_nice`, since Linux 6.2).
   * @default - the kernel's own default (0)
   */
  readonly estNice?: number;
  /**
   * A TCP connection may begin with any packet (`sloppy_tcp`, since Linux 3.11): another director can go on with
   * connections that were never synchronised, if its scheduler picks the same real server (SH, MH). Stray packets make
   * connections too.
   * @default - off, and on where `connectionSync` needs it
   */
  readonly sloppyTcp?: boolean;
  /**
   * The same for SCTP (`sloppy_sctp`, since Linux 3.11).
   * @default - off, and on where `connectionSync` needs it
   */
  readonly sloppySctp?: boolean;
  /**
   * Looks up a new route for the replies of real servers under NAT (`snat_reroute`, since Linux 2.6.37). Off saves
   * time where no rules of routing choose by source address.
   * @default - on
   */
  readonly snatReroute?: boolean;
  /**
   * ICMP packets without a connection are balanced too, for services under a firewall mark (`schedule_icmp`, since Linux
   * 4.4).
   * @default - off
   */
  readonly scheduleIcmp?: boolean;
  /**
   * How full the table of connections may be before it grows, -8 (nearly empty, fast) to 8 (small) (`conn_lfactor`,
   * since Linux 7.1).
   * @default - the kernel's own default
   */
  readonly connLfactor?: number;
  /**
   * The same for the table of services (`svc_lfactor`, since Linux 7.1).
   * @default - the kernel's own default
   */
  readonly svcLfactor?: number;
}

type Settings = DeepDeferrable<IpvsSettings>;
type Name = keyof IpvsSettings;

const INT_MAX = 2147483647;

/** The numbers that the kernel takes, by the prop. */
const RANGES: Readonly<Partial<Record<Name, readonly [min: number, max: number]>>> = {
  amDroprate: [1, INT_MAX],
  amemthresh: [0, INT_MAX],
  connReuseMode: [0, 3],
  debugLevel: [0, 12],
  estNice: [-20, 19],
  connLfactor: [-8, 8],
  svcLfactor: [-8, 8],
};

const DEFENSES = ["dropEntry", "dropPacket", "secureTcp"] as const;
const DEFENSE_NUMBERS: Readonly<Record<string, string>> = {
  [DefenseMode.NEVER]: "0",
  [DefenseMode.AUTOMATIC]: "1",
  [DefenseMode.ALWAYS]: "3",
};

export function ipvsSettingsProblems(path: string, settings: Settings): Problem[] {
  return [
    ...Object.entries(RANGES).flatMap(([name, [min, max]]) =>
      integerProblems(`${path}.${name}`, settings[name as Name] as Deferrable<number> | undefined, min, max),
    ),
    ...DEFENSES.flatMap((name) => oneOfProblems(`${path}.${name}`, settings[name], Object.values(DefenseMode))),
    ...processorsProblems(`${path}.estCpulist`, settings.estCpulist),
  ];
}

function processorsProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred || /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(value)) return [];
  return [{ path, message: `must be numbers and ranges such as 0-3,6, got ${shown(value)}` }];
}

/** The settings that were made, in the words of the kernel. */
export function ipvsSysctls(path: string, settings: Settings): ChosenSysctl[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const key = `net/ipv4/vs/${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    return [{ path: `${path}.${name}`, key, value: kernelValue(value) }];
  });
}

function kernelValue(value: Deferrable<string | number> | boolean): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  const text = printed(value);
  return DEFENSE_NUMBERS[text] ?? text;
}
