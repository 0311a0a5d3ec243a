import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";

/** Keeps one client on one real server. */
export interface PersistenceSettings {
  /**
   * How long after its last connection a client stays with its real server, 1 to 2678400 seconds (31 days)
   * (keepalived: `persistence_timeout`, ipvsadm: `-p`).
   */
  readonly timeoutSeconds: number;
}

export type Persistence = DeepDeferrable<PersistenceSettings>;

export function persistenceProblems(path: string, persistence: Persistence | undefined): Problem[] {
  return persistence === undefined
    ? []
    : integerProblems(`${path}.timeoutSeconds`, persistence.timeoutSeconds, 1, 2678400);
}
