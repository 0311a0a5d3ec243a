import { printed } from "../../model/deferred";
import type { DirectorConfig } from "../../model/director";
import { checkInterfacesOf, programsOf } from "../../model/director-resources";
import { changesWeight } from "../../model/health-check/list";
import { OLDEST_KEEPALIVED } from "../../model/keepalived-version";
import { vrrpInterfaces } from "../../model/vrrp-group";
import type { VirtualService } from "../../model/virtual-service";
import { serverRuleKeys } from "../../render/ipvsadm-rules";
import { keepalivedConf } from "../../render/keepalived-conf";
import { keepalivedDropIn } from "../../render/keepalived-drop-in";
import type { KeepalivedPlan } from "../host-plan";
import type { PlanPart } from "../plan-part";

/** keepalived, which owns the IPVS table and moves the VIPs of a pair. */
export function keepalivedPart(config: DirectorConfig): PlanPart {
  const placeholders = passwordPlaceholders(config);
  return {
    interfaces: [...(config.vrrp === undefined ? [] : vrrpInterfaces(config.vrrp)), ...checkInterfacesOf(config)],
    packages: [{ name: "keepalived", command: "keepalived" }],
    files: [
      {
        path: "/etc/keepalived/keepalived.conf",
        mode: "600",
        text: keepalivedConf(config),
        ...(placeholders.length > 0 && { placeholders }),
      },
      { path: "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf", mode: "644", text: keepalivedDropIn() },
    ],
    units: ["keepalived.service"],
  };
}

/** Those of all instances, each once: several may share a password. */
function passwordPlaceholders({ vrrp }: DirectorConfig): string[] {
  return [...new Set((vrrp?.instances ?? []).flatMap(({ authentication }) => authentication?.placeholder ?? []))];
}

/** What the host program must know of keepalived and of the real servers whose weight is not the definition's alone. */
export function keepalivedPlan(config: DirectorConfig): KeepalivedPlan {
  const servers = serverRuleKeys(config.services);
  return {
    version: printed(config.settings.keepalivedVersion ?? OLDEST_KEEPALIVED),
    programs: programsOf(config),
    adaptive: config.services.flatMap(adaptiveRules),
    switches: servers.flatMap(({ server, key }) =>
      server.maintenanceSwitch === undefined ? [] : [{ name: server.maintenanceSwitch, rule: key }],
    ),
  };
}

/** Rules of real servers to which keepalived gives another weight: by a check that says one, or 0 when they fail. */
function adaptiveRules(service: VirtualService): KeepalivedPlan["adaptive"] {
  return serverRuleKeys([service])
    .filter(({ server }) => {
      const { inhibitOnFailure = service.inhibitOnFailure } = server;
      return inhibitOnFailure === true || changesWeight(server.healthCheck);
    })
    .map(({ key, server: { list } }) => ({ rule: key, ...(list && { list }) }));
}
