import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { oneOfProblems, shown } from "./rules";
import { neededSysctlProblems, sysctlKey, sysctlList, sysctlsProblems, type Sysctl } from "./sysctl";
import { TuningProfile } from "./tuning-profile";

/** Kernel settings of a host beyond those of IPVS. What is left out of it again gets its old value back. */
export interface TuningSettings {
  /**
   * A set of values that belong together; docs/tuning.md says what each does and costs.
   * @default TuningProfile.NONE
   */
  readonly profile?: TuningProfile;
  /**
   * Kernel settings by their names, `net.core.somaxconn` or with `/` as separator, to their values as the kernel prints
   * them. They come before those of the profile.
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string | number>>;
}

type Settings = DeepDeferrable<TuningSettings>;

/** Problems of the settings; `needed` are those that the host's own work needs. */
export function tuningProblems(
  path: string,
  { profile, sysctls = {} }: Settings,
  needed: readonly Sysctl[],
): Problem[] {
  const chosen = sysctlList(sysctls).map((sysctl, index) => ({
    ...sysctl,
    path: `${path}.sysctls[${shown(Object.keys(sysctls)[index])}]`,
  }));
  return [
    ...oneOfProblems(`${path}.profile`, profile, Object.values(TuningProfile)),
    ...sysctlsProblems(`${path}.sysctls`, sysctls),
    ...neededSysctlProblems(chosen, needed),
  ];
}

/** Settings of IPVS have props of their own, which know more of them. */
export function ipvsKeyProblems(path: string, { sysctls = {} }: Settings): Problem[] {
  return Object.keys(sysctls).flatMap((key) => {
    if (!sysctlKey(key).startsWith("net/ipv4/vs/")) return [];
    const message = `must not be a setting of IPVS, got ${shown(key)}; use ipvs or connectionSync`;
    return [{ path: `${path}.sysctls[${shown(key)}]`, message }];
  });
}
