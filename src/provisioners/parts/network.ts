import { networkUnit, type NetworkUnitContent } from "../../render/network-unit";
import type { PlanPart } from "../plan-part";

const NETWORK_UNIT = "cdktf-lvs-network.service";

/** Links, routes and rules of a host, now and at boot. */
export function networkPart(content: NetworkUnitContent): PlanPart {
  const { objects } = content;
  if (objects.length === 0) return {};
  return {
    objects,
    files: [{ path: `/etc/systemd/system/${NETWORK_UNIT}`, mode: "644", text: networkUnit(content) }],
    units: [NETWORK_UNIT],
  };
}
