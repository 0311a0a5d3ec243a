import type { HostOptions } from "./host-options";
import { tapOf } from "./network";

const DEFAULT_MEMORY_MB = 256;

/** The files a host's kernel is started with. */
export interface KernelFiles {
  /** The host's own copy of its base image. */
  readonly disk: string;
  readonly identityDisk: string;
  /** Library to preload into the kernel, if the processor calls for it. */
  readonly xstateShim: string | undefined;
  /** The host's own directory, where its disk's changes go. */
  readonly directory: string;
}

/** The command that is one host. */
export function kernelCommand(options: HostOptions, files: KernelFiles): string[] {
  const macBytes = options.address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const machineId = Buffer.from(options.name).toString("hex").padEnd(32, "0");
  return [
    ...(files.xstateShim === undefined ? [] : ["env", `LD_PRELOAD=${files.xstateShim}`]),
    // To reboot, the kernel would execute its own name, but that one could not open the network device again, which
    // is inherited and busy. No program has this name, so the kernel ends instead.
    ...["bash", "-c", 'exec -a "$0" linux.uml "$@"', `lab-host-${options.name}`],
    `mem=${options.memoryMb ?? DEFAULT_MEMORY_MB}M`,
    `umid=${options.name}`,
    `uml_dir=${files.directory}`,
    `ubda=${files.disk}`,
    `ubdbr=${files.identityDisk}`,
    "root=/dev/ubda",
    "rw",
    `vec0:transport=tap,ifname=${tapOf(options.name)},mac=${["02", "00", ...macBytes].join(":")}`,
    "con=null",
    "con0=null,fd:1",
    "quiet",
    `systemd.hostname=${options.name}`,
    `systemd.machine_id=${machineId}`,
    ...(options.web === true ? ["systemd.wants=lab-web.service"] : []),
  ];
}
