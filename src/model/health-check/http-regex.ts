import { Deferred, type DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { integerProblems, lineProblems, literalProblems, oneOfProblems, shown } from "../rules";
import { patternFault } from "./pattern-syntax";
import { RegexOption } from "./regex-option";

/**
 * What a page must say. keepalived looks at it as it arrives: the headers are searched too when they come together with
 * the page, as they mostly do, and a match must be complete before the end of the page: `ok` is found there, `ok\b` and
 * `o.*` are not unless something follows.
 */
export interface HttpRegex {
  /**
   * Perl-compatible regular expression that must match somewhere in the page (keepalived: `regex`). keepalived does not
   * tell when it cannot read one, and its checks stop altogether then; so only what is sure to be read is taken: no
   * look-behind, no named groups, no inline options, no quotes (write `\x22`), `^` and `$` only with MULTILINE.
   */
  readonly pattern: string;
  /**
   * The page must not match (keepalived: `regex_no_match`).
   * @default false
   */
  readonly noMatch?: boolean;
  /**
   * How the expression is read (keepalived: `regex_options`).
   * @default - none
   */
  readonly options?: readonly RegexOption[];
  /**
   * Bytes to skip before the match, headers included as above, 0 to 1000000000 (keepalived: `regex_min_offset`).
   * @default 0
   */
  readonly minOffset?: number;
  /**
   * Where the match may begin at the latest, in bytes, headers included as above, from `minOffset` to 1000000000
   * (keepalived: `regex_max_offset`).
   * @default - anywhere
   */
  readonly maxOffset?: number;
  /**
   * Memory for complicated expressions, in bytes: at first, and at most; up to 1000000000 (keepalived: `regex_stack`).
   * @default - PCRE's own default (32 KiB)
   */
  readonly stackBytes?: {
    /** At first. */
    readonly start: number;
    /** At most, from `start` on. */
    readonly max: number;
  };
}

const MOST_BYTES = 1_000_000_000;

export function httpRegexProblems(path: string, regex: DeepDeferrable<HttpRegex>): Problem[] {
  const { options = [], minOffset, maxOffset, stackBytes } = regex;
  return [
    ...patternProblems(`${path}.pattern`, regex.pattern, options),
    ...options.flatMap((option, index) =>
      oneOfProblems(`${path}.options[${index}]`, option, Object.values(RegexOption)),
    ),
    ...integerProblems(`${path}.minOffset`, minOffset, 0, MOST_BYTES),
    ...integerProblems(`${path}.maxOffset`, maxOffset, lowest(minOffset), MOST_BYTES),
    ...integerProblems(`${path}.stackBytes.start`, stackBytes?.start, 1, MOST_BYTES),
    ...integerProblems(`${path}.stackBytes.max`, stackBytes?.max, Math.max(1, lowest(stackBytes?.start)), MOST_BYTES),
  ];
}

function lowest(value: unknown): number {
  return Number.isInteger(value) ? Math.max(0, value as number) : 0;
}

function patternProblems(path: string, pattern: string | Deferred, options: readonly RegexOption[]): Problem[] {
  // Its backslashes are doubled on the way, which cannot be done to a value that is not known.
  if (pattern instanceof Deferred) return literalProblems(path, pattern);
  if (pattern === "") return [{ path, message: "must not be empty, got ''" }];
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/["\u0000-\u001f\u007f]/.test(pattern)) {
    return [{ path, message: `must have no double quotes or control characters, got ${shown(pattern)}; write \\xHH` }];
  }
  const fault = patternFault(pattern, options);
  if (fault !== undefined) {
    return [{ path, message: `must be an expression that is sure to be read, got ${shown(pattern)}: ${fault}` }];
  }
  return lineProblems(path, escapedPattern(pattern));
}

/** keepalived reads escapes before PCRE does. */
export function escapedPattern(pattern: string): string {
  return pattern.replaceAll("\\", "\\\\");
}
