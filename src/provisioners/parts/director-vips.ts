import { vipsOf, type DirectorConfig } from "../../model/director";
import { gatewayAddresses } from "../../model/nat-gateway";
import { directorVipsUnit } from "../../render/vips-unit";
import type { PlanPart } from "../plan-part";

const VIPS_UNIT = "cdktf-lvs-vips.service";

/** The VIPs of a director that stands alone; those of a pair are keepalived's. */
export function directorVipsPart({ vrrp, vipInterface, services, settings }: DirectorConfig): PlanPart {
  if (vrrp !== undefined) return {};
  const vips = vipInterface === undefined ? [] : vipsOf(services).map((address) => ({ address, device: vipInterface }));
  const held = [...vips, ...gatewayAddresses(settings.natGateway)];
  const interfaces = [...(vipInterface === undefined ? [] : [vipInterface]), ...held.map(({ device }) => device)];
  if (held.length === 0) return { interfaces };
  return {
    interfaces,
    files: [{ path: `/etc/systemd/system/${VIPS_UNIT}`, mode: "644", text: directorVipsUnit(held) }],
    held,
    units: [VIPS_UNIT],
  };
}
