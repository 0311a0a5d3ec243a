import { bareNameProblems } from "./bare-name";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import { MAINTENANCE_PREFIX } from "./maintenance";
import type { Problem } from "./problem";
import { integerProblems, quotableProblems, shown } from "./rules";

/** A file on the directors whose number keepalived follows (keepalived: `track_file`). */
export interface TrackFileSettings {
  /** What keepalived calls it: 1 to 64 letters, digits, `.`, `_` and `-`, other than `maintenance-...`. */
  readonly name: string;
  /** Absolute path of the file, in a directory that is there. Without the file the number is 0 (keepalived: `file`). */
  readonly path: string;
  /**
   * Number that keepalived makes the file with when it starts and there is none, -254 to 254
   * (keepalived: `init_file`).
   * @default - no file is made
   */
  readonly initialValue?: number;
  /**
   * Whether `initialValue` is written over what an existing file says, at every start (keepalived:
   * `init_file N overwrite`).
   * @default false
   */
  readonly overwrite?: boolean;
}

export type TrackFile = DeepDeferrable<TrackFileSettings>;

export function trackFileProblems(path: string, file: TrackFile): Problem[] {
  return [
    ...trackFileNameProblems(`${path}.name`, file.name),
    ...watchedPathProblems(`${path}.path`, file.path),
    ...integerProblems(`${path}.initialValue`, file.initialValue, -254, 254),
    ...(file.overwrite === true && file.initialValue === undefined
      ? [{ path: `${path}.overwrite`, message: "needs initialValue, got none; set initialValue too" }]
      : []),
  ];
}

function trackFileNameProblems(path: string, name: Deferrable<string>): Problem[] {
  const problems = bareNameProblems(path, name);
  if (problems.length > 0 || name instanceof Deferred || !name.startsWith(MAINTENANCE_PREFIX)) return problems;
  return [
    { path, message: `must not begin with '${MAINTENANCE_PREFIX}', got ${shown(name)}; maintenance switches do` },
  ];
}

function watchedPathProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred) return [];
  if (/^(\/[^/]+)+$/.test(value)) return quotableProblems(path, value);
  return [{ path, message: `must be an absolute path, got ${shown(value)}` }];
}
