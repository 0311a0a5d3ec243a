import { countChecks } from "../model/check-warnings";
import type { Deferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { syncSource } from "../model/director-traffic";
import { closedPorts, firewallOf, type Firewall } from "../model/firewall";
import { listRules } from "../model/real-server-list";
import { heldAddresses, type VrrpInstance } from "../model/vrrp-instance";
import { takeoverSeconds } from "../model/vrrp-timing";
import { TableOwner } from "../model/table-owner";
import { moveAddressesScript } from "../render/move-addresses-script";
import { scriptFile } from "../render/script-file";
import { ipvsadmRules, sorryServerNames } from "../render/ipvsadm-rules";
import { timeoutWords } from "../render/ipvs-timeouts";
import type { FirewallPlan, HostPlan, VrrpAddresses } from "./host-plan";
import type { IpvsPlan } from "./ipvs-lines";
import { workParts } from "./needed-sysctls";
import { connectionTablePart } from "./parts/connection-table";
import { directorVipsPart } from "./parts/director-vips";
import { extraFilesPart } from "./parts/extra-files";
import { ipvsPart } from "./parts/ipvs";
import { ipvsRuntimePart, syncDaemonPart } from "./parts/ipvs-runtime";
import { ipvsadmPart } from "./parts/ipvsadm";
import { keepalivedPart, keepalivedPlan } from "./parts/keepalived";
import { loggingPart } from "./parts/logging";
import { monitoringPart } from "./parts/monitoring";
import { scriptsPart } from "./parts/scripts";
import { directorTuningPart } from "./parts/tuning";
import { nftablesPart } from "./parts/nftables";
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
  const firewall = firewallOf(config);
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
      // Marks before the services that they lead to.
      nftablesPart(config),
      directorVipsPart(config),
      // Before those that log.
      loggingPart(config),
      ...(config.tableOwner === TableOwner.KEEPALIVED
        ? [scriptsPart(config), keepalivedPart(config)]
        : [ipvsadmPart(config)]),
      extraFilesPart(config.settings.extraFiles),
      ipvsRuntimePart(config),
      monitoringPart(config.settings.monitoring, {
        role: "director",
        labels: host.labels,
      }),
    ]),
    ...(config.vrrp && { vrrp: config.vrrp.instances.map(vrrpAddresses) }),
    ...(firewall && { firewall: firewallPlan(firewall, config) }),
    table: config.tableOwner,
    ...(config.tableOwner === TableOwner.KEEPALIVED && { keepalived: keepalivedPlan(config) }),
    ...ipvsPlan(config),
    rules: ipvsadmRules(config.services, config.tableOwner),
    sorryServers: sorryServerNames(config.services),
    ...listRulesOf(config),
    drainTimeoutSeconds: config.settings.drainTimeoutSeconds ?? 60,
    verifyTimeoutSeconds: verifyTimeout(config),
  };
}

function listRulesOf({ services }: DirectorConfig): Pick<HostPlan, "listRules"> {
  const rules = listRules(services);
  return rules.length > 0 ? { listRules: rules } : {};
}

function ipvsPlan({ settings, syncDaemon, vrrp }: DirectorConfig): { ipvs?: IpvsPlan } {
  const { timeouts, connectionTableBits } = settings;
  const deciding = vrrp?.instances.find(({ name }) => name === syncDaemon?.instance);
  const ipvs: IpvsPlan = {
    ...(timeouts !== undefined && { timeouts: timeoutWords(timeouts) }),
    ...(connectionTableBits !== undefined && { connectionTableBits }),
    ...(syncDaemon !== undefined && { syncDaemon }),
    ...(deciding !== undefined && { masterAddress: deciding.anchor }),
  };
  return (timeouts ?? connectionTableBits ?? syncDaemon) ? { ipvs } : {};
}

function vrrpAddresses(instance: VrrpInstance): VrrpAddresses {
  const hook = moveAddressesScript(instance);
  return {
    instance: instance.name,
    addresses: heldAddresses(instance),
    mustHold: instance.mustHold,
    ...(hook && { hook: scriptFile(hook) }),
  };
}

function firewallPlan(firewall: Firewall, config: DirectorConfig): FirewallPlan {
  const source = config.settings.firewall === undefined ? undefined : syncSource(config);
  return { closed: closedPorts(firewall), ...(source && { syncSource: source }) };
}

/** A director takes over after about three intervals; the rest is for a slow host, and for many checks to be set up. */
function verifyTimeout({ vrrp, services }: DirectorConfig): number {
  const takeovers = (vrrp?.instances ?? []).map(({ settings }) => takeoverSeconds(settings));
  return 30 + Math.ceil(Math.max(0, ...takeovers)) + Math.floor(countChecks(services) / 200);
}
