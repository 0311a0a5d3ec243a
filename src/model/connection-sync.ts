/** What the synchronisation daemon of a lone director does (ipvsadm: `--start-daemon`). */
export enum SyncState {
  /** Tells other directors of its connections. */
  MASTER = "master",
  /** Takes in the connections of other directors. */
  BACKUP = "backup",
  /** Both at once, for directors that work side by side. */
  BOTH = "both",
}

/** When a connection is announced to the other directors. */
export interface SyncThreshold {
  /** At this packet of the client, and again every `period` packets; less than `period`, or from 0. */
  readonly packets: number;
  /** 0 to 2147483647; 0 announces a connection once, or every `refreshPeriodSeconds`. */
  readonly period: number;
}

/** How directors tell each other of their connections, by multicast (keepalived: `lvs_sync_daemon`). */
export interface ConnectionSyncSettings {
  /**
   * Network interface that the messages go over, the same on all directors (keepalived: the first word, ipvsadm:
   * `--mcast-interface`).
   * @default - the interface of the VIPs
   */
  readonly interface?: string;
  /**
   * Tells several groups of directors on one segment apart, 1 to 255, the same on all directors of a group (keepalived:
   * `id`, ipvsadm: `--syncid`).
   * @default - the VRID of a pair; 1 for lone directors
   */
  readonly syncId?: number;
  /**
   * Longest message, 1 to 65507 bytes (keepalived: `maxlen`, ipvsadm: `--sync-maxlen`, since Linux 4.3). A short one
   * fills up sooner and so is sent sooner, in more packets.
   * @default - what fits the MTU of the interface
   */
  readonly maxLength?: number;
  /**
   * UDP port, 1 to 65535; with several `threads` the first (keepalived: `port`, ipvsadm: `--mcast-port`, since Linux 4.3).
   * @default 8848
   */
  readonly port?: number;
  /**
   * Hops that a message may travel, 1 to 255 (keepalived: `ttl`, ipvsadm: `--mcast-ttl`, since Linux 4.3).
   * @default 1
   */
  readonly ttl?: number;
  /**
   * Multicast address, IPv4 or IPv6 (keepalived: `group`, ipvsadm: `--mcast-group`, since Linux 4.3).
   * @default 224.0.0.81
   */
  readonly group?: string;
  /**
   * When a connection is announced (`sync_threshold`).
   * @default - at every second packet, but no more often than `refreshPeriodSeconds`: TCP when it is established, UDP
   * once there is more than a question and an answer
   */
  readonly threshold?: SyncThreshold;
  /**
   * A connection in use is announced again after so long, 0 to 86400 seconds; 0 looks at `threshold` alone
   * (`sync_refresh_period`, since Linux 3.5). Also how long a director that comes back has to wait for the connections in
   * use.
   * @default 10
   */
  readonly refreshPeriodSeconds?: number;
  /**
   * How often an announcement is repeated, an eighth of `refreshPeriodSeconds` apart, in case one is lost, 0 to 3
   * (`sync_retries`, since Linux 3.5).
   * @default 0
   */
  readonly retries?: number;
  /**
   * 1 leaves out the connections of persistent services, and announces only which client has which real server
   * (`sync_persist_mode`, since Linux 3.11). A connection then goes on after a failover as if it were new, so `sloppyTcp`
   * and `sloppySctp` are turned on with it.
   * @default 0
   */
  readonly persistMode?: 0 | 1;
  /**
   * Version of the protocol (`sync_version`, since Linux 2.6.39); 0 only for directors with older kernels.
   * @default - the kernel's own default (1)
   */
  readonly version?: 0 | 1;
  /**
   * Threads that send and receive, each with a UDP port of its own, counted up from `port`: 1, 2, 4, 8, 16, 32 or 64, the
   * same on all directors (`sync_ports`, since Linux 3.5).
   * @default - the kernel's own default (1)
   */
  readonly threads?: number;
  /**
   * Messages that may wait to be sent, 1 to 2147483647 (`sync_qlen_max`, since Linux 3.5).
   * @default - the kernel's own default, by the size of its memory
   */
  readonly queueLength?: number;
  /**
   * Buffer of the sockets, 0 to 2147483647 bytes; at most `net.core.wmem_max` and `net.core.rmem_max`
   * (`sync_sock_size`, since Linux 3.5).
   * @default - the system's own default
   */
  readonly socketSize?: number;
}

/** Synchronisation on a director that is in no pair. */
export interface DirectorSyncSettings extends ConnectionSyncSettings {
  /** What this director does; on others it must fit. */
  readonly state: SyncState;
}
