import type { DeepDeferrable } from "./deferred";
import { extraFilesProblems, extraLinesProblems, type ExtraFile } from "./escape-hatch";
import { ipvsSettingsProblems, type IpvsSettings } from "./ipvs-settings";
import { ipvsTimeoutsProblems, type IpvsTimeouts } from "./ipvs-timeouts";
import { loggingProblems, type LoggingSettings } from "./logging";
import { monitoringProblems, type MonitoringSettings } from "./monitoring";
import { natGatewayProblems, type NatGatewaySettings } from "./nat-gateway";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";
import { TableOwner } from "./table-owner";
import type { TuningSettings } from "./tuning";

/** What every director can be told, alone or in a pair. */
export interface DirectorSettings {
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

/** What only keepalived can carry out. */
export function keepalivedOnlyProblems(settings: DeepDeferrable<DirectorSettings>, owner: TableOwner): Problem[] {
  if (owner === TableOwner.KEEPALIVED) return [];
  return (["extraGlobalDefs", "extraBlocks"] as const)
    .filter((path) => settings[path] !== undefined)
    .map((path) => ({ path, message: "must not be set under ipvsadm, got lines for keepalived.conf; leave it out" }));
}
