import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { integerProblems, numberProblems } from "../rules";

/** What every health check that is repeated can set. */
export interface CheckTimingOptions {
  /**
   * Further tries before a real server that was up counts as failed, 0 to 100 (keepalived: `retry`).
   * @default - keepalived's own default (1; 3 for DNS, 0 for scripts)
   */
  readonly retries?: number;
  /**
   * Pause before a further try, 0 to 3600 seconds (keepalived: `delay_before_retry`).
   * @default - keepalived's own default (1 second; 3 seconds for HTTP and SSL, the time between two checks for DNS)
   */
  readonly delayBeforeRetrySeconds?: number;
  /**
   * Time between two checks, 0.1 to 3600 seconds (keepalived: `delay_loop`).
   * @default - delayLoopSeconds of the service
   */
  readonly delayLoopSeconds?: number;
  /**
   * The first check is made after a random part of this time, so that not all are made at once; 0 to 3600 seconds
   * (keepalived: `warmup`).
   * @default - the time between two checks
   */
  readonly warmupSeconds?: number;
  /**
   * Whether the real server counts as down until this check has succeeded once (keepalived: `alpha`).
   * @default - alpha of the service
   */
  readonly alpha?: boolean;
  /**
   * Whether every failed try is written to the log, not only those that change the state (keepalived:
   * `log_all_failures`).
   * @default false
   */
  readonly logAllFailures?: boolean;
}

/** keepalived takes a millionth of a second; ten checks a second are plenty for a process that makes all of them. */
export const SHORTEST_DELAY_LOOP = 0.1;

export function checkTimingProblems(path: string, check: DeepDeferrable<CheckTimingOptions>): Problem[] {
  return [
    ...integerProblems(`${path}.retries`, check.retries, 0, 100),
    ...numberProblems(`${path}.delayBeforeRetrySeconds`, check.delayBeforeRetrySeconds, 0, 3600, "seconds"),
    ...numberProblems(`${path}.delayLoopSeconds`, check.delayLoopSeconds, SHORTEST_DELAY_LOOP, 3600, "seconds"),
    ...numberProblems(`${path}.warmupSeconds`, check.warmupSeconds, 0, 3600, "seconds"),
  ];
}
