import { bareNameProblems } from "./bare-name";
import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { programProblems } from "./program";
import { integerProblems } from "./rules";
import type { ScriptSettings } from "./script";
import type { TrackWeight } from "./vrrp-tracking";

/**
 * A program that a director runs again and again, as root; exit status 0 means up (keepalived: `vrrp_script`). Until
 * its first end an instance that tracks it without weight holds no VIPs.
 */
export interface TrackedScript extends TrackWeight {
  /**
   * What keepalived calls it: 1 to 64 letters, digits, `.`, `_` and `-`. Instances and sync groups that track the same
   * name share its runs, and must say the same of it; their weights may differ.
   */
  readonly name: string;
  /** A script, whose text becomes a file, or the absolute path of a program of the directors (keepalived: `script`). */
  readonly script: ScriptSettings | string;
  /**
   * Time between two runs, 1 to 86400 whole seconds (keepalived: `interval`).
   * @default - keepalived's own default (1 second)
   */
  readonly intervalSeconds?: number;
  /**
   * How long a run may take, 1 to 3600 whole seconds; one that takes longer has failed (keepalived: `timeout`).
   * @default - keepalived's own default (the interval)
   */
  readonly timeoutSeconds?: number;
  /**
   * Successes in a row that make it up, 1 to 1000 (keepalived: `rise`).
   * @default - keepalived's own default (1)
   */
  readonly rise?: number;
  /**
   * Failures in a row that make it down, 1 to 1000 (keepalived: `fall`).
   * @default - keepalived's own default (1)
   */
  readonly fall?: number;
  /**
   * Whether it counts as down until it has succeeded (keepalived: `init_fail`).
   * @default false
   */
  readonly initFail?: boolean;
}

export function trackedScriptProblems(path: string, tracked: DeepDeferrable<TrackedScript>): Problem[] {
  return [
    ...bareNameProblems(`${path}.name`, tracked.name),
    ...programProblems(`${path}.script`, tracked.script),
    ...integerProblems(`${path}.intervalSeconds`, tracked.intervalSeconds, 1, 86400),
    ...integerProblems(`${path}.timeoutSeconds`, tracked.timeoutSeconds, 1, 3600),
    ...integerProblems(`${path}.rise`, tracked.rise, 1, 1000),
    ...integerProblems(`${path}.fall`, tracked.fall, 1, 1000),
  ];
}
