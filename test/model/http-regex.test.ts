import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { escapedPattern, httpRegexProblems, type HttpRegex } from "../../src/model/health-check/http-regex";
import { patternFault } from "../../src/model/health-check/pattern-syntax";
import { RegexOption } from "../../src/model/health-check/regex-option";
import { SURE_PATTERNS } from "../support/patterns";

const accepted: [string, DeepDeferrable<HttpRegex>][] = [
  ["a pattern", { pattern: "ok" }],
  ["signs that end lines and comments elsewhere", { pattern: "it's #1! {a} [$]b [^c]" }],
  ["a pattern that must not match", { pattern: "error", noMatch: true }],
  ["every option", { pattern: "ok", options: Object.values(RegexOption) }],
  ["the least offsets and stack", { pattern: "ok", minOffset: 0, maxOffset: 0, stackBytes: { start: 1, max: 1 } }],
  ["the most", { pattern: "ok", minOffset: 1e9, maxOffset: 1e9, stackBytes: { start: 1e9, max: 1e9 } }],
  ["offsets known only at apply", { pattern: "ok", minOffset: new Deferred("${x}"), maxOffset: new Deferred("${y}") }],
];

test.each(accepted)("accepts %s", (_title, regex) => {
  expect(httpRegexProblems("regex", regex)).toEqual([]);
});

const refused: [DeepDeferrable<HttpRegex>, string, string][] = [
  [{ pattern: "" }, "pattern", "must not be empty, got ''"],
  [
    { pattern: new Deferred("${x}") },
    "pattern",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [{ pattern: 'a"b' }, "pattern", `must have no double quotes or control characters, got 'a"b'; write \\xHH`],
  [{ pattern: "a\nb" }, "pattern", "must have no double quotes or control characters, got 'a\\nb'; write \\xHH"],
  [{ pattern: "a(b" }, "pattern", sure("'a(b': unterminated group")],
  [
    { pattern: "\\$_x" },
    "pattern",
    "must not have '$_' or '${_', which keepalived takes for definitions of its own, got '\\\\$_x'",
  ],
  [{ pattern: "\\d".repeat(301) }, "pattern", "must be at most 900 bytes, got 903"],
  [
    { pattern: "a", options: ["x" as RegexOption] },
    "options[0]",
    `must be a known value, got 'x'; use one of ${Object.values(RegexOption).join(", ")}`,
  ],
  [{ pattern: "a", minOffset: -1 }, "minOffset", "must be an integer from 0 to 1000000000, got -1"],
  [{ pattern: "a", minOffset: 5, maxOffset: 4 }, "maxOffset", "must be an integer from 5 to 1000000000, got 4"],
  [
    { pattern: "a", stackBytes: { start: 0, max: 1 } },
    "stackBytes.start",
    "must be an integer from 1 to 1000000000, got 0",
  ],
  [
    { pattern: "a", stackBytes: { start: 2, max: 1 } },
    "stackBytes.max",
    "must be an integer from 2 to 1000000000, got 1",
  ],
];

function sure(rest: string): string {
  return `must be an expression that is sure to be read, got ${rest}`;
}

test.each(refused)("refuses %j", (regex, prop, message) => {
  expect(httpRegexProblems("regex", regex)).toEqual([{ path: `regex.${prop}`, message }]);
});

test("backslashes are doubled on the way: keepalived reads escapes before PCRE does", () => {
  expect(escapedPattern(String.raw`\d+\.\\`)).toBe(String.raw`\\d+\\.\\\\`);
});

test.each(SURE_PATTERNS)("%s is sure to be read", (pattern) => {
  expect(patternFault(pattern, [RegexOption.MULTILINE])).toBeUndefined();
});

const lookAround = "look-behind, named groups and inline options are not taken";
const escapes = "of the escapes only dDwWsSbBhHnrtf, xHH, groups and signs are taken";
const ends = "'^' and '$' need the option multiline: headers stand before the page, and its end is not seen";

test.each([
  ["a(b", "unterminated group"],
  ["a**", "nothing to repeat"],
  ["a++", "nothing to repeat"],
  ["(?i)a", /group/],
  ["(?<=a+)b", lookAround],
  ["(?<name>a)", lookAround],
  ["[]a]", "an empty class matches nothing"],
  ["[^]", "an empty class matches nothing"],
  ["(*UTF)a", "nothing to repeat"],
  ["(*MARK:a)b", "nothing to repeat"],
  [String.raw`\Ca`, escapes],
  [String.raw`\U`, escapes],
  ["[[:alpha:]]", "[:alpha:] and the like are not taken"],
  [String.raw`[\w-z]`, "a range cannot begin with a class like \\d"],
  [String.raw`[a\B]`, "a word boundary has no meaning in a class"],
  ["^ok", ends],
  ["ok$", ends],
  ["(a|^b)", ends],
  [String.raw`\Aok`, escapes],
  [String.raw`ok\z`, escapes],
  [String.raw`\u0041`, escapes],
  [String.raw`\p{L}`, escapes],
  [String.raw`\x{41}`, escapes],
  [String.raw`\x4`, escapes],
  [String.raw`\k<a>`, escapes],
  [String.raw`(a)\2`, "it names a group that is not there"],
  [String.raw`\1`, "it names a group that is not there"],
  ["(a{50}){50}", "counts in braces may multiply to 1000 at most"],
  ["a{1001}", "counts in braces may multiply to 1000 at most"],
])("%s may not be read: %s", (pattern, fault) => {
  expect(patternFault(pattern, [])).toEqual(typeof fault === "string" ? fault : expect.stringMatching(fault));
});

test("an option can make a good pattern bad", () => {
  expect(patternFault("(a # b)", [])).toBeUndefined();
  expect(patternFault("(a # b)", [RegexOption.EXTENDED])).toBe("the option extended takes '#' for a comment");
  expect(patternFault(String.raw`(a \# [#])`, [RegexOption.EXTENDED])).toBeUndefined();
  expect(patternFault(String.raw`(a)\1`, [])).toBeUndefined();
  expect(patternFault(String.raw`(a)\1`, [RegexOption.NO_AUTO_CAPTURE])).toBe("it names a group that is not there");
});
