import type { DirectorConfig } from "../../model/director";
import { ipvsadmRules } from "../../render/ipvsadm-rules";
import { ipvsadmUnit } from "../../render/ipvsadm-unit";
import type { PlanPart } from "../plan-part";

const RULES_FILE = "/etc/cdktf-lvs/ipvsadm.rules";
const IPVSADM_UNIT = "cdktf-lvs-ipvsadm.service";

/** Plain ipvsadm rules, which own the IPVS table now and at boot. */
export function ipvsadmPart(config: DirectorConfig): PlanPart {
  return {
    files: [
      { path: RULES_FILE, mode: "600", text: ipvsadmRules(config.services) },
      { path: `/etc/systemd/system/${IPVSADM_UNIT}`, mode: "644", text: ipvsadmUnit(RULES_FILE) },
    ],
    units: [IPVSADM_UNIT],
  };
}
