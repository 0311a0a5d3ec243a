import { printed, type Deferrable } from "../model/deferred";
import type { SyncDaemon } from "../model/sync-daemon";
import { syncDaemonWords } from "../render/sync-daemon";

/** What IPVS has besides its table and its kernel settings. */
export interface IpvsPlan {
  /** `TCP TCPFIN UDP` in seconds, 0 for one that stays as it is. */
  readonly timeouts?: string;
  readonly connectionTableBits?: Deferrable<number>;
  readonly syncDaemon?: SyncDaemon;
  /** The address that only the master has, where a VRRP instance decides about the daemon's state. */
  readonly masterAddress?: string;
}

type Line = [key: string, ...values: string[]];

/** Lines of a plan, read by host/timeouts.sh, host/connection-table.sh and host/sync-daemon.sh. */
export function ipvsLines(plan: IpvsPlan | undefined): Line[] {
  if (plan === undefined) return [];
  const { timeouts, connectionTableBits, syncDaemon, masterAddress } = plan;
  return [
    ...optionalLine("timeouts", timeouts),
    ...optionalLine("conn_tab_bits", connectionTableBits),
    ...(syncDaemon === undefined ? [] : syncLines(syncDaemon, masterAddress)),
  ];
}

function syncLines(daemon: SyncDaemon, masterAddress: string | undefined): Line[] {
  const { threads = 1, socketSize = 0 } = daemon.settings;
  return [
    ["sync_state", daemon.state ?? (masterAddress === undefined ? "active-active" : "vrrp")],
    ...optionalLine("sync_master", masterAddress),
    ["sync_words", syncDaemonWords(daemon)],
    // A daemon takes these two when it starts.
    ["sync_sockets", printed(threads), printed(socketSize)],
  ];
}

function optionalLine(key: string, value: Deferrable<string | number> | undefined): Line[] {
  return value === undefined ? [] : [[key, printed(value)]];
}
