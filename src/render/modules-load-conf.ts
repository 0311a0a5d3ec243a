/** A file for /etc/modules-load.d: one kernel module per line. */
export function modulesLoadConf(modules: readonly string[]): string {
  return modules.map((name) => `${name}\n`).join("");
}
