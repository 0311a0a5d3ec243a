import { vipsOf, type DirectorConfig } from "../../model/director";
import { directorVipsUnit } from "../../render/units";
import type { PlanPart } from "../plan-part";

const VIPS_UNIT = "cdktf-lvs-vips.service";

/** The VIPs of a director that stands alone; those of a pair are keepalived's. */
export function directorVipsPart({ vipInterface, services }: DirectorConfig): PlanPart {
  if (vipInterface === undefined) return {};
  const held = vipsOf(services).map((address) => ({ address, device: vipInterface }));
  if (held.length === 0) return { interfaces: [vipInterface] };
  return {
    interfaces: [vipInterface],
    files: [{ path: `/etc/systemd/system/${VIPS_UNIT}`, mode: "644", text: directorVipsUnit(held) }],
    held,
    units: [VIPS_UNIT],
  };
}
