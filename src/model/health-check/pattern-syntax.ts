import { RegexOption } from "./regex-option";

/**
 * Why PCRE might not read an expression; undefined when it surely does. What JavaScript reads is nearly that, and the
 * rest is told apart here.
 */
export function patternFault(pattern: string, options: readonly RegexOption[]): string | undefined {
  try {
    new RegExp(pattern);
  } catch (error) {
    return (error as Error).message.replace(/^.*: /s, "").toLowerCase();
  }
  return FAULTS.find(([, found]) => found(pattern, options))?.[0];
}

type Finder = (pattern: string, options: readonly RegexOption[]) => boolean;

const FAULTS: readonly (readonly [fault: string, found: Finder])[] = [
  ["look-behind, named groups and inline options are not taken", (pattern) => /\(\?(?![:=!])/.test(bare(pattern))],
  ["an empty class matches nothing", (pattern) => /\[\^?\]/.test(bare(pattern))],
  ["[:alpha:] and the like are not taken", (pattern) => classes(pattern).some((text) => /\[[:.=]/.test(text))],
  [
    "a range cannot begin with a class like \\d",
    (pattern) => classes(pattern).some((text) => /\\[dwsh]-[^\]]/i.test(text)),
  ],
  ["a word boundary has no meaning in a class", (pattern) => classes(pattern).some((text) => text.includes("\\B"))],
  ["of the escapes only dDwWsSbBhHnrtf, xHH, groups and signs are taken", unknownEscape],
  ["'^' and '$' need the option multiline: headers stand before the page, and its end is not seen", anchored],
  ["it names a group that is not there", lostGroup],
  ["counts in braces may multiply to 1000 at most", (pattern) => repeats(pattern) > 1000],
  ["the option extended takes '#' for a comment", (pattern, options) => comments(pattern, options)],
];

const ESCAPE_OR_CLASS = /\\.|\[(?:\^(?:\\.|[^\]\\])+|(?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\]/gs;

/** The pattern with a letter for every escape and class: the signs that are left have a meaning. */
function bare(pattern: string): string {
  return pattern.replace(ESCAPE_OR_CLASS, "x");
}

function classes(pattern: string): string[] {
  return (pattern.match(ESCAPE_OR_CLASS) ?? []).filter((text) => text.startsWith("["));
}

function unknownEscape(pattern: string): boolean {
  const escapes = pattern.match(/\\(x[0-9a-fA-F]{2}|.)/gs) ?? [];
  return escapes.some((text) => !/^\\([dDwWsSbBhHnrtf]|x..|[1-9]|[^A-Za-z0-9])$/s.test(text));
}

function anchored(pattern: string, options: readonly RegexOption[]): boolean {
  return !options.includes(RegexOption.MULTILINE) && /[\^$]/.test(bare(pattern));
}

function lostGroup(pattern: string, options: readonly RegexOption[]): boolean {
  const captures = options.includes(RegexOption.NO_AUTO_CAPTURE) ? 0 : (bare(pattern).match(/\((?!\?)/g) ?? []).length;
  const references = (pattern.match(/\\./gs) ?? []).map((text) => Number(text.slice(1)));
  return references.some((group) => group > captures);
}

/** PCRE unfolds counts like {2,30}, and only so far. */
function repeats(pattern: string): number {
  const counts = bare(pattern).match(/\{\d*,?\d*\}/g) ?? [];
  return counts.reduce((product, count) => product * Math.max(1, ...(count.match(/\d+/g) ?? []).map(Number)), 1);
}

function comments(pattern: string, options: readonly RegexOption[]): boolean {
  return options.includes(RegexOption.EXTENDED) && bare(pattern).includes("#");
}
