/** One kernel setting in the words of sysctl.d(5): `/` separates, `*` stands for every interface. */
export interface Sysctl {
  readonly key: string;
  readonly value: string;
}

/** A file for /etc/sysctl.d. */
export function sysctlConf(sysctls: readonly Sysctl[]): string {
  return sysctls.map(({ key, value }) => `${key} = ${value}\n`).join("");
}
