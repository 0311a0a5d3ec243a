import type { DirectorConfig } from "../model/director";
import { ipvsSysctls } from "../model/ipvs-settings";
import type { Problem } from "../model/problem";
import { neededSysctlProblems } from "../model/sysctl";
import { ipvsKeyProblems, tuningProblems } from "../model/tuning";
import { localRealServerParts } from "./parts/local-real-server";
import { natDirectorPart } from "./parts/nat-director";
import { joinParts, type PlanPart } from "./plan-part";

/** What kernel settings of a director depend on. */
type Chosen = Pick<DirectorConfig, "services" | "localVips" | "settings">;

/** Parts without whose kernel settings a director could not do its work. */
export function workParts(config: Chosen): PlanPart[] {
  return [natDirectorPart(config), ...localRealServerParts(config)];
}

/** Problems of the kernel settings that a user chose for a director, by themselves and with its work. */
export function chosenSysctlsProblems(config: Chosen): Problem[] {
  const { ipvs = {}, tuning = {} } = config.settings;
  const needed = joinParts(workParts(config)).sysctls;
  return [
    ...tuningProblems("tuning", tuning, needed),
    ...ipvsKeyProblems("tuning", tuning),
    ...neededSysctlProblems(ipvsSysctls("ipvs", ipvs), needed),
  ];
}
