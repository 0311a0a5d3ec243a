import type { Sysctl } from "./sysctl";

/** Kernel settings for a purpose. */
export enum TuningProfile {
  /** Nothing but what the host's work needs. */
  NONE = "none",
  /** For tens of thousands of connections per second, or segments with hundreds of hosts. */
  HIGH_TRAFFIC = "high-traffic",
}

/** What a director does, as far as its profile depends on it. */
export interface DirectorWork {
  readonly ipv6: boolean;
  readonly conntrack: boolean;
}

/** Packets pass through a director; few connections end there. */
export function directorProfile(profile: TuningProfile, { ipv6, conntrack }: DirectorWork): Sysctl[] {
  if (profile === TuningProfile.NONE) return [];
  return [
    ...RECEIVING,
    { key: "net/core/netdev_budget", value: "600" },
    ...neighbours("ipv4"),
    ...(ipv6 ? neighbours("ipv6") : []),
    { key: "net/ipv4/conf/*/accept_redirects", value: "0" },
    ...(conntrack ? [{ key: "net/netfilter/nf_conntrack_max", value: "1048576" }] : []),
  ];
}

/** Connections end at a real server. */
export function realServerProfile(profile: TuningProfile): Sysctl[] {
  if (profile === TuningProfile.NONE) return [];
  return [
    ...RECEIVING,
    { key: "net/core/somaxconn", value: "16384" },
    { key: "net/ipv4/tcp_max_syn_backlog", value: "16384" },
    { key: "net/core/rmem_max", value: "16777216" },
    { key: "net/core/wmem_max", value: "16777216" },
    { key: "net/ipv4/tcp_rmem", value: "4096 131072 16777216" },
    { key: "net/ipv4/tcp_wmem", value: "4096 65536 16777216" },
    { key: "net/ipv4/tcp_tw_reuse", value: "1" },
    { key: "net/ipv4/ip_local_port_range", value: "16384 65535" },
  ];
}

const RECEIVING: readonly Sysctl[] = [{ key: "net/core/netdev_max_backlog", value: "16384" }];

/** Every host of a director's segments is a neighbour: real servers, and clients without a router in between. */
function neighbours(family: "ipv4" | "ipv6"): Sysctl[] {
  const values = { gc_thresh1: "4096", gc_thresh2: "8192", gc_thresh3: "16384" };
  return Object.entries(values).map(([name, value]) => ({ key: `net/${family}/neigh/default/${name}`, value }));
}
