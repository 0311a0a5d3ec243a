import { networkUnit, type NetworkUnitContent } from "../../render/network-unit";
import { uniqueObjects, type PlanPart } from "../plan-part";

const NETWORK_UNIT = "cdktf-lvs-network.service";

/** Links, routes and rules of a host, now and at boot. */
export function networkPart(content: NetworkUnitContent): PlanPart {
  const objects = uniqueObjects(content.objects);
  if (objects.length === 0) return {};
  return {
    objects,
    files: [{ path: `/etc/systemd/system/${NETWORK_UNIT}`, mode: "644", text: networkUnit({ ...content, objects }) }],
    units: [NETWORK_UNIT],
  };
}
