import { bareNameProblems, shortName } from "../../src/model/bare-name";
import { Deferred } from "../../src/model/deferred";

const RULE = "letters, digits, '.', '_' and '-', without '.' or '-' at its start";

test.each(["a", "_a.b-c", "9", "a".repeat(64)])("%s is a name", (name) => {
  expect(bareNameProblems("name", name)).toEqual([]);
});

test.each(["", ".a", "-a", "a b", "ä", "a/b", "a\n", "a".repeat(65)])("%j is none", (name) => {
  const got = JSON.stringify(name).slice(1, -1);
  expect(bareNameProblems("name", name)).toEqual([{ path: "name", message: `must be 1 to 64 ${RULE}, got '${got}'` }]);
});

test("a kind of names may be shorter, and none is a token", () => {
  expect(bareNameProblems("name", "a".repeat(31), 31)).toEqual([]);
  expect(bareNameProblems("name", "a".repeat(32), 31)).toEqual([
    { path: "name", message: `must be 1 to 31 ${RULE}, got '${"a".repeat(32)}'` },
  ]);
  expect(bareNameProblems("name", undefined)).toEqual([]);
  expect(bareNameProblems("name", new Deferred("${var.name}"))).toEqual([
    {
      path: "name",
      message: "must be known at synth, got a token; what else is written depends on it, pass a literal",
    },
  ]);
});

describe("a long name made short", () => {
  const long = `production-eu-central-1-${"customers-".repeat(5)}web-quorum-up`;

  test("is left alone while it is not too long", () => {
    expect(shortName("a".repeat(64))).toBe("a".repeat(64));
  });

  test("keeps its end, and is a name", () => {
    expect(shortName(long)).toBe("331d70da-s-customers-customers-customers-customers-web-quorum-up");
    expect(bareNameProblems("name", shortName(long))).toEqual([]);
    expect(shortName(`${"a".repeat(60)}${"-".repeat(60)}`)).toMatch(/^[0-9a-f]{8}-$/);
  });

  test("differs from others that end like it", () => {
    const others = ["1", "2", "3"].map((number) => shortName(long.replace("central-1", `central-${number}`)));
    expect(new Set(others).size).toBe(3);
  });
});
