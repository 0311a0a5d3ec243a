import type { DeepDeferrable } from "../deferred";
import { bfdNameProblems } from "../bfd";
import type { Problem } from "../problem";

/** Which BFD session a check watches. */
export interface BfdCheckOptions {
  /** Name of one of the `bfdInstances` of the director (keepalived: `name`). */
  readonly name: string;
  /**
   * Whether the real server counts as down until the session is up for the first time (keepalived: `alpha`).
   * @default - alpha of the service
   */
  readonly alpha?: boolean;
}

/** The real server is up while a BFD session of the director is (keepalived: `BFD_CHECK`). */
export interface BfdCheck extends BfdCheckOptions {
  /** Tells it from other checks. */
  readonly type: "bfd";
}

export function bfdCheckProblems(path: string, check: DeepDeferrable<BfdCheckOptions>): Problem[] {
  return bfdNameProblems(`${path}.name`, check.name);
}
