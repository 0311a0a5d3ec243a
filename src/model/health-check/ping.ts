import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { checkTargetProblems, type CheckTargetOptions } from "./connection";

/**
 * The real server is up when it answers an echo request (keepalived: `PING_CHECK`). That its host answers says nothing
 * about the service. keepalived widens `net.ipv4.ping_group_range` on the director to its own group when it must.
 */
export interface PingCheck extends CheckTargetOptions {
  /** Tells it from other checks. */
  readonly type: "ping";
}

export function pingCheckProblems(path: string, check: DeepDeferrable<CheckTargetOptions>): Problem[] {
  return checkTargetProblems(path, check);
}
