import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { integerProblems } from "../rules";
import { trackFileProblems, type TrackFileSettings } from "../track-file";

/** Which file of the director a check reads, and what its number means. */
export interface FileCheckOptions {
  /** The file; several checks can name the same. */
  readonly trackFile: TrackFileSettings;
  /**
   * The number in the file, times this, is added to the weight of the real server, which stays in the table with weight
   * 0 when that is less than nothing. With 0, any number but 0 takes the real server out. -2147483647 to 2147483647
   * (keepalived: `weight`).
   * @default - keepalived's own default (1)
   */
  readonly weight?: number;
  /**
   * Turns the meaning round: the number is subtracted, and with weight 0 a 0 takes the real server out
   * (keepalived: `weight N reverse`); needs `weight`.
   * @default false
   */
  readonly reverse?: boolean;
}

/**
 * A number in a file of the director changes the weight of the real server, or takes it out (keepalived: `FILE_CHECK`).
 * Needs keepalived 2.2.0.
 */
export interface FileCheck extends FileCheckOptions {
  /** Tells it from other checks. */
  readonly type: "file";
}

const GREATEST_WEIGHT = 2147483647;

export function fileCheckProblems(path: string, check: DeepDeferrable<FileCheckOptions>): Problem[] {
  return [
    ...trackFileProblems(`${path}.trackFile`, check.trackFile),
    ...integerProblems(`${path}.weight`, check.weight, -GREATEST_WEIGHT, GREATEST_WEIGHT),
    ...(check.reverse === true && check.weight === undefined
      ? [{ path: `${path}.reverse`, message: "needs weight, got none; set weight too" }]
      : []),
  ];
}
