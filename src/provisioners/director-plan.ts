import type { Deferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { TableOwner } from "../model/table-owner";
import { ipvsadmRules, sorryServerNames } from "../render/ipvsadm-rules";
import { timeoutWords } from "../render/ipvs-timeouts";
import type { HostPlan, VrrpAddresses } from "./host-plan";
import type { IpvsPlan } from "./ipvs-lines";
import { workParts } from "./needed-sysctls";
import { connectionTablePart } from "./parts/connection-table";
import { directorVipsPart } from "./parts/director-vips";
import { extraFilesPart } from "./parts/extra-files";
import { ipvsPart } from "./parts/ipvs";
import { ipvsRuntimePart, syncDaemonPart } from "./parts/ipvs-runtime";
import { ipvsadmPart } from "./parts/ipvsadm";
import { keepalivedPart } from "./parts/keepalived";
import { loggingPart } from "./parts/logging";
import { monitoringPart } from "./parts/monitoring";
import { directorTuningPart } from "./parts/tuning";
import { joinParts } from "./plan-part";

/** What is known of a director's host apart from its configuration. */
export interface DirectorHost {
  readonly host: string;
  readonly address: Deferrable<string>;
  /** Labels of its metrics. */
  readonly labels?: string;
}

/** A director, alone or one of a pair. */
export function directorPlan(host: DirectorHost, config: DirectorConfig): HostPlan {
  const vrrp = vrrpAddresses(config);
  return {
    host: host.host,
    role: "director",
    address: host.address,
    ...joinParts([
      ipvsPart(config),
      syncDaemonPart(config),
      connectionTablePart(config),
      directorTuningPart(config),
      ...workParts(config),
      directorVipsPart(config),
      // Before those that log.
      loggingPart(config),
      config.tableOwner === TableOwner.KEEPALIVED ? keepalivedPart(config) : ipvsadmPart(config),
      extraFilesPart(config.settings.extraFiles),
      ipvsRuntimePart(config),
      monitoringPart(config.settings.monitoring, {
        role: "director",
        labels: host.labels,
        vrrpInstance: config.vrrp?.name,
      }),
    ]),
    ...(vrrp && { vrrp }),
    table: config.tableOwner,
    ...ipvsPlan(config),
    rules: ipvsadmRules(config.services),
    sorryServers: sorryServerNames(config.services),
    drainTimeoutSeconds: config.settings.drainTimeoutSeconds ?? 60,
    verifyTimeoutSeconds: verifyTimeout(config),
  };
}

function ipvsPlan({ settings, syncDaemon, vrrp }: DirectorConfig): { ipvs?: IpvsPlan } {
  const { timeouts, connectionTableBits } = settings;
  const ipvs: IpvsPlan = {
    ...(timeouts !== undefined && { timeouts: timeoutWords(timeouts) }),
    ...(connectionTableBits !== undefined && { connectionTableBits }),
    ...(syncDaemon !== undefined && { syncDaemon }),
    ...(vrrp !== undefined && { masterAddress: vrrp.anchor }),
  };
  return (timeouts ?? connectionTableBits ?? syncDaemon) ? { ipvs } : {};
}

function vrrpAddresses({ vrrp }: DirectorConfig): VrrpAddresses | undefined {
  if (vrrp === undefined) return undefined;
  return {
    addresses: [{ address: vrrp.anchor, device: "lo" }, ...vrrp.vips],
    // Without preemption the other director may hold them as well as this one.
    mustHold: vrrp.initialState === "MASTER",
  };
}

/** A director takes over after about three intervals; the rest is for a slow host. */
function verifyTimeout({ vrrp }: DirectorConfig): number {
  return 30 + Math.ceil(4 * (vrrp?.advertIntervalSeconds ?? 0));
}
