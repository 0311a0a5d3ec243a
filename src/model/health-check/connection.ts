import type { DeepDeferrable } from "../deferred";
import { portProblems } from "../address";
import type { Problem } from "../problem";
import { integerProblems, numberProblems } from "../rules";

/** What every health check that opens a connection to the real server can set. */
export interface CheckConnectionOptions {
  /**
   * Port to connect to, 1 to 65535 (keepalived: `connect_port`).
   * @default - the port of the real server
   */
  readonly port?: number;
  /**
   * How long to wait for the connection and for the answer, 1 to 3600 seconds (keepalived: `connect_timeout`).
   * @default - keepalived's own default (5 seconds)
   */
  readonly connectTimeoutSeconds?: number;
  /**
   * Further tries before the real server counts as failed, 0 to 100 (keepalived: `retry`).
   * @default - keepalived's own default (1)
   */
  readonly retries?: number;
  /**
   * Pause before a further try, 0 to 3600 seconds (keepalived: `delay_before_retry`).
   * @default - keepalived's own default (1 second; 3 seconds for HTTP and SSL)
   */
  readonly delayBeforeRetrySeconds?: number;
}

export function checkConnectionProblems(path: string, check: DeepDeferrable<CheckConnectionOptions>): Problem[] {
  return [
    ...portProblems(`${path}.port`, check.port),
    ...numberProblems(`${path}.connectTimeoutSeconds`, check.connectTimeoutSeconds, 1, 3600, "seconds"),
    ...integerProblems(`${path}.retries`, check.retries, 0, 100),
    ...numberProblems(`${path}.delayBeforeRetrySeconds`, check.delayBeforeRetrySeconds, 0, 3600, "seconds"),
  ];
}
