import { bareNameProblems } from "./bare-name";
import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, numberProblems, oneOfProblems, quotableProblems, shown } from "./rules";
import type { TrackWeight } from "./vrrp-tracking";

/** How the parameters of a process are compared. */
export enum ParameterMatch {
  /** They are the same. */
  EXACT = "exact",
  /** The first ones are the same, and there may be more. */
  PARTIAL = "partial",
  /** Like partial, and the last one may be longer. */
  INITIAL = "initial",
}

/** A process of the directors that must be running (keepalived: `vrrp_track_process`). */
export interface TrackedProcess extends TrackWeight {
  /**
   * What keepalived calls it: 1 to 64 letters, digits, `.`, `_` and `-`. Instances and sync groups that track the same
   * name must say the same of it; their weights may differ.
   */
  readonly name: string;
  /** Its name as `ps -e` shows it, or the whole path with parameters or `fullCommand` (keepalived: `process`). */
  readonly process: string;
  /**
   * Parameters that it was started with.
   * @default - any
   */
  readonly parameters?: readonly string[];
  /**
   * How parameters are compared (keepalived: `param_match`).
   * @default - exactly, where parameters are given
   */
  readonly parameterMatch?: ParameterMatch;
  /**
   * Whether its whole command line counts instead of its name (keepalived: `full_command`).
   * @default false
   */
  readonly fullCommand?: boolean;
  /**
   * Least number of such processes, 1 to 65535 (keepalived: `quorum`).
   * @default 1
   */
  readonly quorum?: number;
  /**
   * Greatest number of such processes, 0 to 65535; with 0 none may run (keepalived: `quorum_max`).
   * @default - no limit
   */
  readonly quorumMax?: number;
  /**
   * How long enough of them must be there to count as up, 0.001 to 3600 seconds (keepalived: `fork_delay`).
   * @default - at once
   */
  readonly forkDelaySeconds?: number;
  /**
   * How long they must be missing to count as down, 0.001 to 3600 seconds (keepalived: `terminate_delay`).
   * @default - at once
   */
  readonly terminateDelaySeconds?: number;
}

export function trackedProcessProblems(path: string, tracked: DeepDeferrable<TrackedProcess>): Problem[] {
  return [
    ...bareNameProblems(`${path}.name`, tracked.name),
    ...quotableProblems(`${path}.process`, tracked.process),
    ...(tracked.parameters ?? []).flatMap((text, index) => quotableProblems(`${path}.parameters[${index}]`, text)),
    ...oneOfProblems(`${path}.parameterMatch`, tracked.parameterMatch, Object.values(ParameterMatch)),
    ...integerProblems(`${path}.quorum`, tracked.quorum, 1, 65535),
    ...integerProblems(`${path}.quorumMax`, tracked.quorumMax, 0, 65535),
    ...quorumOrderProblems(path, tracked),
    ...numberProblems(`${path}.forkDelaySeconds`, tracked.forkDelaySeconds, 0.001, 3600, "seconds"),
    ...numberProblems(`${path}.terminateDelaySeconds`, tracked.terminateDelaySeconds, 0.001, 3600, "seconds"),
  ];
}

/** keepalived ignores the second of the two. */
function quorumOrderProblems(path: string, { quorum, quorumMax }: DeepDeferrable<TrackedProcess>): Problem[] {
  if (typeof quorum !== "number" || typeof quorumMax !== "number" || quorum <= quorumMax) return [];
  const advice = quorumMax === 0 ? "; leave quorum out" : "";
  return [
    { path: `${path}.quorumMax`, message: `must be at least quorum, ${quorum}, got ${shown(quorumMax)}${advice}` },
  ];
}
