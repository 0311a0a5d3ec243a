import { addressFamily } from "../../model/address";
import type { DeepDeferrable } from "../../model/deferred";
import { vipsOf, type DirectorConfig } from "../../model/director";
import { sysctlList } from "../../model/sysctl";
import { directorProfile, realServerProfile, TuningProfile } from "../../model/tuning-profile";
import type { TuningSettings } from "../../model/tuning";
import type { PlanPart } from "../plan-part";

/** Kernel settings of a director that its work does not need. */
export function directorTuningPart({ services, settings }: DirectorConfig): PlanPart {
  const { profile = TuningProfile.NONE, sysctls = {} } = settings.tuning ?? {};
  const conntrack = settings.ipvs?.conntrack === true;
  const ipv6 = vipsOf(services).some((vip) => addressFamily(vip) === "IPv6");
  return {
    // Its settings are there only when it is loaded.
    modules: conntrack && profile !== TuningProfile.NONE ? ["nf_conntrack"] : [],
    sysctls: [...directorProfile(profile, { ipv6, conntrack }), ...sysctlList(sysctls)],
  };
}

/** The same for a real server. */
export function realServerTuningPart(tuning: DeepDeferrable<TuningSettings> = {}): PlanPart {
  const { profile = TuningProfile.NONE, sysctls = {} } = tuning;
  return { sysctls: [...realServerProfile(profile), ...sysctlList(sysctls)] };
}
