import { bfdInstancesProblems, type BfdInstanceSettings } from "./bfd";
import { daemonSettingsProblems, type DaemonSettings } from "./daemon-settings";
import type { DeepDeferrable } from "./deferred";
import { extraFilesProblems, extraLinesProblems, type ExtraFile } from "./escape-hatch";
import { ipvsSettingsProblems, type IpvsSettings } from "./ipvs-settings";
import { ipvsTimeoutsProblems, type IpvsTimeouts } from "./ipvs-timeouts";
import type { FirewallSettings } from "./firewall";
import { keepalivedVersionProblems } from "./keepalived-version";
import { loggingProblems, type LoggingSettings } from "./logging";
import { monitoringProblems, type MonitoringSettings } from "./monitoring";
import { natGatewayProblems, type NatGatewaySettings } from "./nat-gateway";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";
import { TableOwner } from "./table-owner";
import type { TuningSettings } from "./tuning";

/** What every director can be told, alone or in a pair. */
export interface DirectorSettings extends DaemonSettings {
  /**
   * The oldest keepalived that the directors have, `2.2.7`: options that it does not know are refused at synth, and a
   * host with an older one refuses the deploy. Debian 11 and RHEL 8 have 2.1.5, Ubuntu 22.04 has 2.2.4, Debian 12 has
   * 2.2.7, Ubuntu 24.04 and RHEL 9 have 2.2.8, Debian 13 has 2.3.3; `keepalived --version` tells.
   * @default "2.1.5", the oldest that is supported
   */
  readonly keepalivedVersion?: string;
  /**
   * Neighbors that are watched with BFD, for health checks and VRRP (keepalived: `bfd_instance`).
   * @default - none
   */
  readonly bfdInstances?: readonly BfdInstanceSettings[];
  /**
   * How long the active connections of a real server that leaves may last before it is cut off, 0 to 86400 seconds.
   * @default 60
   */
  readonly drainTimeoutSeconds?: number;
  /**
   * Inside addresses, which real servers under NAT send their replies to. On a pair they move together with the VIPs.
   * @default - a lone director's own address; a pair has none
   */
  readonly natGateway?: NatGatewaySettings;
  /**
   * Lines for `global_defs` of keepalived.conf that the library has no words for, one each.
   * @default - none
   */
  readonly extraGlobalDefs?: readonly string[];
  /**
   * Lines for the end of keepalived.conf: blocks that the library has no words for.
   * @default - none
   */
  readonly extraBlocks?: readonly string[];
  /**
   * Files of your own on every host.
   * @default - none
   */
  readonly extraFiles?: readonly ExtraFile[];
  /**
   * How long IPVS remembers connections that are silent.
   * @default - as long as the host does already
   */
  readonly timeouts?: IpvsTimeouts;
  /**
   * Settings of IPVS in the kernel.
   * @default - `expireNodestConn` and `expireQuiescentTemplate`
   */
  readonly ipvs?: IpvsSettings;
  /**
   * Size of the connection table, 2 to the power of 8 to 27 buckets of 8 bytes (module parameter `conn_tab_bits`); more
   * than 20 only on 64-bit kernels since Linux 6.5. Where buckets are much fewer than connections, every packet takes
   * longer to find its own. Takes effect when the module is loaded: at the first deploy, else after a reboot.
   * @default - the kernel's own default (12, so 4096)
   */
  readonly connectionTableBits?: number;
  /**
   * Kernel settings of the hosts beyond those of IPVS.
   * @default - nothing but what the work of a director needs
   */
  readonly tuning?: TuningSettings;
  /**
   * Drops packets that nobody should send to a director; with `{}` what only the other directors may send.
   * @default - nothing is dropped, but for what `allowedClients` of a service says
   */
  readonly firewall?: FirewallSettings;
  /**
   * Whether keepalived and IPVS log to files of their own, which rsyslog writes and logrotate rotates.
   * @default false
   */
  readonly logging?: boolean | LoggingSettings;
  /**
   * A timer that compares the host with its last deploy, and tells the journal and Prometheus what it finds.
   * @default - nothing looks at the host between deploys
   */
  readonly monitoring?: MonitoringSettings;
}

export function directorSettingsProblems(settings: DeepDeferrable<DirectorSettings>): Problem[] {
  const { timeouts, ipvs = {} } = settings;
  return [
    ...daemonSettingsProblems(settings),
    ...keepalivedVersionProblems("keepalivedVersion", settings.keepalivedVersion),
    ...bfdInstancesProblems("bfdInstances", settings.bfdInstances),
    ...integerProblems("drainTimeoutSeconds", settings.drainTimeoutSeconds, 0, 86400),
    ...natGatewayProblems("natGateway", settings.natGateway),
    ...extraLinesProblems("extraGlobalDefs", settings.extraGlobalDefs),
    ...extraLinesProblems("extraBlocks", settings.extraBlocks),
    ...extraFilesProblems("extraFiles", settings.extraFiles),
    ...(timeouts === undefined ? [] : ipvsTimeoutsProblems("timeouts", timeouts)),
    ...ipvsSettingsProblems("ipvs", ipvs),
    ...integerProblems("connectionTableBits", settings.connectionTableBits, 8, 27),
    ...loggingProblems("logging", settings.logging),
    ...monitoringProblems("monitoring", settings.monitoring),
  ];
}

const WHAT_IT_IS = {
  keepalivedVersion: "a version of keepalived",
  bfdInstances: "lines for keepalived.conf",
  mail: "mails of keepalived",
  snmp: "what keepalived tells an agent",
  processes: "settings of keepalived's processes",
  dbus: "what keepalived shows there",
  extraGlobalDefs: "lines for keepalived.conf",
  extraBlocks: "lines for keepalived.conf",
} as const;
const KEEPALIVED_ONLY = Object.keys(WHAT_IT_IS) as (keyof typeof WHAT_IT_IS)[];

/** What only keepalived can carry out. */
export function keepalivedOnlyProblems(settings: DeepDeferrable<DirectorSettings>, owner: TableOwner): Problem[] {
  if (owner === TableOwner.KEEPALIVED) return [];
  return KEEPALIVED_ONLY.filter((path) => settings[path] !== undefined).map((path) => ({
    path,
    message: `must not be set under ipvsadm, got ${WHAT_IT_IS[path]}; leave it out`,
  }));
}
