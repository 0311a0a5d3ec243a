import { barePathProblems, filePathProblems, isPlainPath } from "../../src/model/absolute-path";
import { Deferred } from "../../src/model/deferred";

test.each(["/a", "/a/b.c", "/.a/..b", "/a_b-c"])("%s is a plain path", (path) => {
  expect(isPlainPath(path, "._-")).toBe(true);
});

test.each(["", "/", "a", "a/b", "/a/", "//a", "/a//b", "/a/.", "/a/../b", "/..", "/a b", "/a\n", "/ä", "/a+b"])(
  "%j is none",
  (path) => {
    expect(isPlainPath(path, "._-")).toBe(false);
  },
);

test("signs are those that are named", () => {
  expect(isPlainPath("/a+b@c", "+@")).toBe(true);
  expect(isPlainPath("/a.b", "+@")).toBe(false);
});

const token = new Deferred("${x}");

test("a path of what is there already may be a token", () => {
  expect(barePathProblems("p", token, "an absolute path")).toEqual([]);
  expect(barePathProblems("p", "/usr/bin/a+b@c.d", "an absolute path")).toEqual([]);
  expect(barePathProblems("p", "/usr/../bin/x", "an absolute path")).toEqual([
    {
      path: "p",
      message:
        "must be an absolute path of letters, digits and . _ + @ -, without . and .. as names, got '/usr/../bin/x'",
    },
  ]);
});

test("a path of what is written may not, and has an end", () => {
  expect(filePathProblems("p", token)).toHaveLength(1);
  expect(filePathProblems("p", `/${"a".repeat(254)}`)).toEqual([]);
  expect(filePathProblems("p", `/${"a".repeat(255)}`)).toHaveLength(1);
});
