import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { checkConnectionProblems, type CheckConnectionOptions } from "./connection";

/** The real server is up when it accepts a TCP connection (keepalived: `TCP_CHECK`). */
export interface TcpCheck extends CheckConnectionOptions {
  /** Tells it from other checks. */
  readonly type: "tcp";
}

export function tcpCheckProblems(path: string, check: DeepDeferrable<TcpCheck>): Problem[] {
  return checkConnectionProblems(path, check);
}
