import { lineDifference } from "../../src/testing/line-difference";

const LINES = ["a", "b", "  c", "d", "e", "f", "g", "h"];

test.each([
  ["nothing", LINES, []],
  ["a line changed", ["a", "b", "  C", "d", "e", "f", "g", "h"], ["- c", "+ C"]],
  ["a line added at the start", ["z", ...LINES], ["+ z"]],
  ["a line added at the end", [...LINES, "h"], ["+ h"]],
  ["a line taken out", ["a", "b", "d", "e", "f", "g", "h"], ["- c"]],
  ["two changes apart", ["a", "B", "  c", "d", "e", "f", "h"], ["- b", "+ B", "- g"]],
])("%s", (_, to, expected) => {
  expect(lineDifference(LINES, to)).toEqual(expected);
});

test("a text that is another is no difference", () => {
  expect(lineDifference(LINES, ["1", "2", "3"])).toBeUndefined();
  expect(lineDifference(LINES, ["a", "1", "2", "3", "4", "5", "6", "h"])).toBeUndefined();
  expect(lineDifference([], ["a"])).toBeUndefined();
});

test("long texts with little in common are not compared line by line", () => {
  const lines = (prefix: string): string[] => Array.from({ length: 10_000 }, (_, index) => `${prefix}${index}`);
  expect(lineDifference(lines("a"), lines("b"))).toBeUndefined();
  expect(lineDifference(lines("a"), ["b", ...lines("a")])).toEqual(["+ b"]);
});
