import type { Deferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { TableOwner } from "../model/table-owner";
import { ipvsadmRules, sorryServerNames } from "../render/ipvsadm-rules";
import type { HostPlan, VrrpAddresses } from "./host-plan";
import { directorVipsPart } from "./parts/director-vips";
import { extraFilesPart } from "./parts/extra-files";
import { ipvsPart } from "./parts/ipvs";
import { ipvsadmPart } from "./parts/ipvsadm";
import { keepalivedPart, keepalivedPlan } from "./parts/keepalived";
import { localRealServerParts } from "./parts/local-real-server";
import { natDirectorPart } from "./parts/nat-director";
import { scriptsPart } from "./parts/scripts";
import { joinParts } from "./plan-part";

/** What is known of a director's host apart from its configuration. */
export interface DirectorHost {
  readonly host: string;
  readonly address: Deferrable<string>;
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
      natDirectorPart(config),
      ...localRealServerParts(config),
      directorVipsPart(config),
      ...(config.tableOwner === TableOwner.KEEPALIVED
        ? [scriptsPart(config), keepalivedPart(config)]
        : [ipvsadmPart(config)]),
      extraFilesPart(config.settings.extraFiles),
    ]),
    ...(vrrp && { vrrp }),
    table: config.tableOwner,
    ...(config.tableOwner === TableOwner.KEEPALIVED && { keepalived: keepalivedPlan(config) }),
    rules: ipvsadmRules(config.services),
    sorryServers: sorryServerNames(config.services),
    drainTimeoutSeconds: config.settings.drainTimeoutSeconds ?? 60,
    verifyTimeoutSeconds: verifyTimeout(config),
  };
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
