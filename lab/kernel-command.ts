import type { PlacedHost } from "./placed-host";
import type { Service } from "./service";

const DEFAULT_MEMORY_MB = 256;

/** The files a host's kernel is started with. */
export interface KernelFiles {
  /** The host's own copy of its base image. */
  readonly disk: string;
  readonly identityDisk: string;
  /** Library to preload into the kernel, if the processor calls for it. */
  readonly xstateShim: string | undefined;
  /** Number of the processor that the host runs on. */
  readonly processor: number;
  /** The host's own directory, where its disk's changes go. */
  readonly directory: string;
}

/** The command that is one host. */
export function kernelCommand(host: PlacedHost, files: KernelFiles): string[] {
  const machineId = Buffer.from(host.name).toString("hex").padEnd(32, "0");
  return [
    // A kernel and its programs take turns at every system call. On one processor that is a plain switch; between two
    // it costs twice as much, and far more where both have other work.
    ...["taskset", "--cpu-list", String(files.processor)],
    ...(files.xstateShim === undefined ? [] : ["env", `LD_PRELOAD=${files.xstateShim}`]),
    // To reboot, the kernel would execute its own name, but that one could not open the network device again, which
    // is inherited and busy. No program has this name, so the kernel ends instead.
    ...["bash", "-c", 'exec -a "$0" linux.uml "$@"', `lab-host-${host.name}`],
    `mem=${host.memoryMb ?? DEFAULT_MEMORY_MB}M`,
    `umid=${host.name}`,
    `uml_dir=${files.directory}`,
    `ubda=${files.disk}`,
    `ubdbr=${files.identityDisk}`,
    "root=/dev/ubda",
    "rw",
    ...host.interfaces.map(({ tap, mac }, index) => `vec${index}:transport=tap,ifname=${tap},mac=${mac}`),
    "con=null",
    "con0=null,fd:1",
    "quiet",
    `systemd.hostname=${host.name}`,
    `systemd.machine_id=${machineId}`,
    ...[...servicesOf(host)].map((service) => `systemd.wants=lab-${service}.service`),
  ];
}

function servicesOf(host: PlacedHost): Set<Service> {
  return new Set([...(host.services ?? []), ...(host.web === true ? (["web"] as const) : [])]);
}
