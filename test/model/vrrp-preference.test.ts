import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import type { DirectorProp, PairDirector } from "../../src/model/vrrp-directors";
import { preferenceProblems, rankedDirectors, type PreferenceSettings } from "../../src/model/vrrp-preference";

const token = new Deferred("${x}");

function directors(count: number): PairDirector[] {
  const prop = (index: number): DirectorProp =>
    index === 0 ? "primary" : index === 1 ? "secondary" : `furtherBackups[${index - 2}]`;
  return Array.from({ length: count }, (_, index) => ({ prop: prop(index), address: `10.0.0.${index + 1}` }));
}

const three = directors(3);

type Preference = DeepDeferrable<PreferenceSettings>;

describe("preferenceProblems", () => {
  test.each<[string, Preference]>([
    ["nothing", {}],
    ["the primary", { preferred: "primary" }],
    ["a further backup", { preferred: "furtherBackups[0]" }],
    ["the most and the least of priorities", { priorities: [254, 2, 1] }],
  ])("accepts %s", (_title, preference) => {
    expect(preferenceProblems(preference, three)).toEqual([]);
  });

  const choices = "use one of primary, secondary, furtherBackups[0]";
  test.each<[string, Preference, string, string]>([
    [
      "a director that is not there",
      { preferred: "furtherBackups[1]" },
      "preferred",
      `must be a known value, got 'furtherBackups[1]'; ${choices}`,
    ],
    [
      "a token",
      { preferred: token as never },
      "preferred",
      `must be known at synth, got a token; what else is written depends on it, ${choices}`,
    ],
    ["too few priorities", { priorities: [150, 100] }, "priorities", "needs one priority per director (3), got 2"],
    ["no priorities", { priorities: [] }, "priorities", "needs one priority per director (3), got 0"],
    [
      "the priority of an address owner",
      { priorities: [255, 100, 90] },
      "priorities[0]",
      "must be an integer from 1 to 254, got 255",
    ],
    ["priority 0", { priorities: [150, 100, 0] }, "priorities[2]", "must be an integer from 1 to 254, got 0"],
    ["a priority twice", { priorities: [150, 150, 90] }, "priorities[1]", "must be below the one before, 150, got 150"],
    [
      "a priority known only at apply",
      { priorities: [150, token, 90] },
      "priorities[1]",
      "must be known at synth, got a token; what else is written depends on it, pass a literal",
    ],
  ])("refuses %s", (_title, preference, path, message) => {
    expect(preferenceProblems(preference, three)).toEqual([{ path, message }]);
  });
});

describe("rankedDirectors", () => {
  const ranks = (preference: Preference, pair = three): [string, number][] =>
    rankedDirectors(preference, pair).map(({ prop, priority }) => [prop, priority]);

  test("the primary is preferred, then all others in their order", () => {
    expect(ranks({})).toEqual([
      ["primary", 150],
      ["secondary", 100],
      ["furtherBackups[0]", 90],
    ]);
  });

  test("another one is preferred, the others keep their order", () => {
    expect(ranks({ preferred: "furtherBackups[0]", priorities: [200, 190, 10] })).toEqual([
      ["furtherBackups[0]", 200],
      ["primary", 190],
      ["secondary", 10],
    ]);
  });

  test("the last of as many as there may be has a priority too", () => {
    expect(ranks({}, directors(11)).map(([, priority]) => priority)).toEqual([
      150, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10,
    ]);
  });
});
