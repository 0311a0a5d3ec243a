import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** How the kernel treats one of keepalived's processes. */
export interface ProcessSettings {
  /**
   * Niceness, -20 (most favoured) to 19 (keepalived: `vrrp_priority`, `checker_priority`, `bfd_priority`).
   * @default - that of keepalived itself
   */
  readonly nice?: number;
  /**
   * Real-time priority, 1 to 99 (keepalived: `vrrp_rt_priority`, `checker_rt_priority`, `bfd_rt_priority`).
   * @default - no real-time scheduling
   */
  readonly realtimePriority?: number;
  /**
   * Longest time on a processor without a pause under real-time scheduling, 2 to 10000000 microseconds (keepalived:
   * `vrrp_rlimit_rttime`, `checker_rlimit_rttime`, `bfd_rlimit_rttime`).
   * @default - keepalived's own default (10000)
   */
  readonly realtimeLimitMicroseconds?: number;
  /**
   * Whether its memory stays out of swap (keepalived: `vrrp_no_swap`, `checker_no_swap`, `bfd_no_swap`).
   * @default false
   */
  readonly noSwap?: boolean;
  /**
   * Processors that it may run on, by their numbers from 0; each director must have them (keepalived:
   * `vrrp_cpu_affinity`, `checker_cpu_affinity`, `bfd_cpu_affinity`).
   * @default - all
   */
  readonly cpus?: readonly number[];
}

/** How the kernel treats keepalived's processes. */
export interface ProcessesSettings {
  /**
   * The process that sends and hears adverts.
   * @default - like any other
   */
  readonly vrrp?: ProcessSettings;
  /**
   * The process that checks real servers.
   * @default - like any other
   */
  readonly checker?: ProcessSettings;
  /**
   * The process that speaks BFD.
   * @default - like any other
   */
  readonly bfd?: ProcessSettings;
  /**
   * Highest real-time priority that keepalived may take by itself when it finds that it runs too late, 1 to 99
   * (keepalived: `max_auto_priority`).
   * @default - it takes none
   */
  readonly maxAutoPriority?: number;
  /**
   * How late is too late, 1 to 10000000 microseconds (keepalived: `min_auto_priority_delay`).
   * @default - keepalived's own default (1000000)
   */
  readonly minAutoPriorityDelayMicroseconds?: number;
}

export type Processes = DeepDeferrable<ProcessesSettings>;

export const PROCESSES = ["vrrp", "checker", "bfd"] as const;

export function processesProblems(path: string, processes: Processes | undefined): Problem[] {
  if (processes === undefined) return [];
  const { maxAutoPriority, minAutoPriorityDelayMicroseconds: delay } = processes;
  return [
    ...PROCESSES.flatMap((name) => processProblems(`${path}.${name}`, processes[name] ?? {})),
    ...integerProblems(`${path}.maxAutoPriority`, maxAutoPriority, 1, 99),
    ...integerProblems(`${path}.minAutoPriorityDelayMicroseconds`, delay, 1, 10000000),
    ...(delay !== undefined && maxAutoPriority === undefined
      ? [
          {
            path: `${path}.minAutoPriorityDelayMicroseconds`,
            message: `needs maxAutoPriority, got ${shown(delay)} without it; no priority is taken`,
          },
        ]
      : []),
  ];
}

function processProblems(path: string, settings: DeepDeferrable<ProcessSettings>): Problem[] {
  const { cpus, realtimeLimitMicroseconds: limit } = settings;
  return [
    ...integerProblems(`${path}.nice`, settings.nice, -20, 19),
    ...integerProblems(`${path}.realtimePriority`, settings.realtimePriority, 1, 99),
    ...integerProblems(`${path}.realtimeLimitMicroseconds`, limit, 2, 10000000),
    ...(cpus ?? []).flatMap((cpu, index) => integerProblems(`${path}.cpus[${index}]`, cpu, 0, 8191)),
    ...(cpus?.length === 0
      ? [{ path: `${path}.cpus`, message: "must hold at least one, got none; leave it out" }]
      : []),
  ];
}
