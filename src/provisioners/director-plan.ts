import type { Deferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { heldAddresses, type VrrpInstance } from "../model/vrrp-instance";
import { takeoverSeconds } from "../model/vrrp-timing";
import { TableOwner } from "../model/table-owner";
import { moveAddressesScript } from "../render/move-addresses-script";
import { scriptFile } from "../render/script-file";
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
    ...(config.vrrp && { vrrp: config.vrrp.instances.map(vrrpAddresses) }),
    table: config.tableOwner,
    ...(config.tableOwner === TableOwner.KEEPALIVED && { keepalived: keepalivedPlan(config) }),
    rules: ipvsadmRules(config.services),
    sorryServers: sorryServerNames(config.services),
    drainTimeoutSeconds: config.settings.drainTimeoutSeconds ?? 60,
    verifyTimeoutSeconds: verifyTimeout(config),
  };
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

/** A director takes over after about three intervals; the rest is for a slow host. */
function verifyTimeout({ vrrp }: DirectorConfig): number {
  const takeovers = (vrrp?.instances ?? []).map(({ settings }) => takeoverSeconds(settings));
  return 30 + Math.ceil(Math.max(0, ...takeovers));
}
