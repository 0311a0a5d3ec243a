import { CLEAN, describeWithOracles, judge, type Verdict } from "../support/oracles";
import { SURE_PATTERNS } from "../support/patterns";

// keepalived says nothing of an expression that it cannot read.
describeWithOracles("PCRE", ["grep -P"], () => {
  /** What PCRE says of a pattern: nothing when it can read it. */
  function verdict(pattern: string): Verdict {
    const { status, output } = judge("grep", ["-P", "-e", pattern, "/dev/null"]);
    return status === 1 ? { status: 0, output } : { status, output };
  }

  test.each(SURE_PATTERNS)("reads %s", (pattern) => {
    expect(verdict(pattern)).toEqual(CLEAN);
  });

  // Some that JavaScript takes.
  test.each([String.raw`\u0041`, "[]a", "(?<=a+)b", "[[:foo:]]", String.raw`(a)\2`])(
    "is a judge that refuses %s",
    (pattern) => {
      expect(verdict(pattern).status).toBe(2);
    },
  );
});
