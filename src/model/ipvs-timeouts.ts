import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";

/**
 * How long IPVS remembers a connection without packets (keepalived: `lvs_timeouts`, ipvsadm: `--set`). Each 1 to
 * 2678400 seconds.
 */
export interface IpvsTimeouts {
  /**
   * An established TCP connection (keepalived: `tcp`). Shorter saves memory, and breaks connections that are silent for
   * longer.
   * @default - the kernel's own default (900)
   */
  readonly tcpSeconds?: number;
  /**
   * A TCP connection whose client has ended it (keepalived: `tcpfin`).
   * @default - the kernel's own default (120)
   */
  readonly tcpFinSeconds?: number;
  /**
   * Datagrams of one client that belong together (keepalived: `udp`).
   * @default - the kernel's own default (300)
   */
  readonly udpSeconds?: number;
}

/** What keepalived takes, 31 days; the kernel would take more. */
const LONGEST = 2678400;

export function ipvsTimeoutsProblems(path: string, timeouts: DeepDeferrable<IpvsTimeouts>): Problem[] {
  const { tcpSeconds, tcpFinSeconds, udpSeconds } = timeouts;
  return [
    ...integerProblems(`${path}.tcpSeconds`, tcpSeconds, 1, LONGEST),
    ...integerProblems(`${path}.tcpFinSeconds`, tcpFinSeconds, 1, LONGEST),
    ...integerProblems(`${path}.udpSeconds`, udpSeconds, 1, LONGEST),
    ...((tcpSeconds ?? tcpFinSeconds ?? udpSeconds) === undefined
      ? [{ path, message: "must set a timeout, got none; leave it out instead" }]
      : []),
  ];
}
