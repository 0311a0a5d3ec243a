import type { Deferrable } from "../../model/deferred";
import type { DirectorConfig } from "../../model/director";
import type { VrrpInstance } from "../../model/vrrp";
import { keepalivedConf } from "../../render/keepalived-conf";
import { keepalivedDropIn } from "../../render/units";
import type { PlanPart } from "../plan-part";

/** keepalived, which owns the IPVS table and moves the VIPs of a pair. */
export function keepalivedPart(config: DirectorConfig): PlanPart {
  const placeholder = config.vrrp?.authentication?.placeholder;
  return {
    interfaces: config.vrrp ? interfacesOf(config.vrrp) : [],
    packages: [{ name: "keepalived", command: "keepalived" }],
    files: [
      {
        path: "/etc/keepalived/keepalived.conf",
        mode: "600",
        text: keepalivedConf(config),
        ...(placeholder !== undefined && { placeholder }),
      },
      { path: "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf", mode: "644", text: keepalivedDropIn() },
    ],
    units: ["keepalived.service"],
  };
}

function interfacesOf({ interface: own, trackInterfaces, vips }: VrrpInstance): Deferrable<string>[] {
  return [own, ...trackInterfaces, ...vips.map(({ device }) => device)];
}
