import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** When a service counts as down as a whole. */
export interface QuorumSettings {
  /**
   * Total weight of the real servers that must be up, 1 to 2147483647; below it the sorry server takes over
   * (keepalived: `quorum`).
   * @default 1
   */
  readonly quorum?: number;
  /**
   * By how much the total weight must pass the quorum, up or down, before the state changes, 0 to less than the quorum
   * (keepalived: `hysteresis`).
   * @default 0
   */
  readonly hysteresis?: number;
}

const MAX_QUORUM = 2147483647;

export function quorumProblems({ quorum, hysteresis }: DeepDeferrable<QuorumSettings>): Problem[] {
  const problems = [
    ...integerProblems("quorum", quorum, 1, MAX_QUORUM),
    ...integerProblems("hysteresis", hysteresis, 0, MAX_QUORUM),
  ];
  if (problems.length > 0 || typeof hysteresis !== "number") return problems;
  const limit = quorum ?? 1;
  if (typeof limit !== "number" || hysteresis < limit) return [];
  const message = `must be less than the quorum ${shown(limit)}, got ${hysteresis}; keepalived would lower it`;
  return [{ path: "hysteresis", message }];
}

/** keepalived would lower a quorum that can never be met, and say so. */
export function reachableQuorumProblems(
  { quorum, hysteresis }: DeepDeferrable<QuorumSettings>,
  totalWeight: number | undefined,
): Problem[] {
  if (typeof quorum !== "number" || totalWeight === undefined) return [];
  const needed = quorum + (typeof hysteresis === "number" ? hysteresis : 0);
  if (needed <= totalWeight) return [];
  const sum = needed === quorum ? `${quorum}` : `${quorum} and hysteresis ${needed - quorum}`;
  const message = `must be reachable, got ${sum} with real servers of total weight ${totalWeight}; lower it or raise weights`;
  return [{ path: "quorum", message }];
}
