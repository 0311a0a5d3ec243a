import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";

/** How many connections one real server of a service may have. */
export interface ConnectionThresholds {
  /**
   * No new connections from this many on, 0 to 65535; 0 is no limit (keepalived: `uthreshold`, ipvsadm: `-x`).
   * @default 0
   */
  readonly upperThreshold?: number;
  /**
   * New connections again below this many, 0 to 65535, at most `upperThreshold` (keepalived: `lthreshold`, ipvsadm:
   * `-y`).
   * @default - three quarters of upperThreshold
   */
  readonly lowerThreshold?: number;
}

export function thresholdProblems(path: string, thresholds: DeepDeferrable<ConnectionThresholds>): Problem[] {
  const { upperThreshold, lowerThreshold } = thresholds;
  const problems = [
    ...integerProblems(`${path}.upperThreshold`, upperThreshold, 0, 65535),
    ...integerProblems(`${path}.lowerThreshold`, lowerThreshold, 0, 65535),
  ];
  if (problems.length > 0 || typeof lowerThreshold !== "number" || lowerThreshold === 0) return problems;
  if (upperThreshold === undefined || upperThreshold === 0) {
    return [
      { path: `${path}.lowerThreshold`, message: `needs an upperThreshold, got ${lowerThreshold} alone; set it too` },
    ];
  }
  if (typeof upperThreshold !== "number" || lowerThreshold <= upperThreshold) return [];
  const message = `must be at most upperThreshold ${upperThreshold}, got ${lowerThreshold}; the kernel refuses it`;
  return [{ path: `${path}.lowerThreshold`, message }];
}
