import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const MODULES = "/usr/lib/uml/modules";

/** The directory of the user-mode kernel's modules; its name is the kernel's version. */
export function kernelModules(): string {
  const versions = existsSync(MODULES) ? readdirSync(MODULES).sort() : [];
  const version = versions.at(-1);
  if (version === undefined) {
    throw new Error(`no kernel modules in ${MODULES}; install the package user-mode-linux`);
  }
  return path.join(MODULES, version);
}

/** Whether this processor has more register state than the user-mode kernel knows; see files/xstate.c. */
export function needsXstateShim(): boolean {
  return /^flags\s*:.*\bamx_tile\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}
