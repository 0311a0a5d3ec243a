import type { Sysctl } from "../model/sysctl";

/** A file for /etc/sysctl.d. */
export function sysctlConf(sysctls: readonly Sysctl[]): string {
  return sysctls.map(({ key, value }) => `${key} = ${value}\n`).join("");
}
