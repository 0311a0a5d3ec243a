import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";

/** What every director can be told, alone or in a pair. */
export interface DirectorSettings {
  /**
   * How long the active connections of a real server that leaves may last before it is cut off, 0 to 86400 seconds.
   * @default 60
   */
  readonly drainTimeoutSeconds?: number;
}

export function directorSettingsProblems(settings: DeepDeferrable<DirectorSettings>): Problem[] {
  return integerProblems("drainTimeoutSeconds", settings.drainTimeoutSeconds, 0, 86400);
}
