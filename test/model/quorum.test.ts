import { Deferred } from "../../src/model/deferred";
import { quorumProblems, reachableQuorumProblems } from "../../src/model/quorum";

const token = new Deferred("${x}");
type Quorum = Parameters<typeof quorumProblems>[0];

describe("quorumProblems", () => {
  const accepted: [string, Quorum][] = [
    ["none", {}],
    ["the least quorum", { quorum: 1 }],
    ["the greatest quorum", { quorum: 2147483647 }],
    ["no hysteresis", { hysteresis: 0 }],
    ["no hysteresis of the least quorum", { quorum: 1, hysteresis: 0 }],
    ["a hysteresis just less than the quorum", { quorum: 3, hysteresis: 2 }],
    ["a quorum known only at apply", { quorum: token, hysteresis: 7 }],
    ["a hysteresis known only at apply", { quorum: 3, hysteresis: token }],
  ];

  test.each(accepted)("accepts %s", (_title, settings) => {
    expect(quorumProblems(settings)).toEqual([]);
  });

  const refused: [string, Quorum, string, string][] = [
    ["a quorum of 0", { quorum: 0 }, "quorum", "must be an integer from 1 to 2147483647, got 0"],
    ["half a quorum", { quorum: 0.5 }, "quorum", "must be an integer from 1 to 2147483647, got 0.5"],
    ["too great a quorum", { quorum: 2147483648 }, "quorum", "must be an integer from 1 to 2147483647, got 2147483648"],
    ["a hysteresis below 0", { hysteresis: -1 }, "hysteresis", "must be an integer from 0 to 2147483647, got -1"],
    [
      "a hysteresis of the default quorum",
      { hysteresis: 1 },
      "hysteresis",
      "must be less than the quorum 1, got 1; keepalived would lower it",
    ],
    [
      "a hysteresis as great as the quorum",
      { quorum: 3, hysteresis: 3 },
      "hysteresis",
      "must be less than the quorum 3, got 3; keepalived would lower it",
    ],
  ];

  test.each(refused)("refuses %s", (_title, settings, path, message) => {
    expect(quorumProblems(settings)).toEqual([{ path, message }]);
  });
});

describe("reachableQuorumProblems", () => {
  const accepted: [string, Quorum, number | undefined][] = [
    ["no quorum, of servers that all drain", {}, 0],
    ["all weight", { quorum: 4 }, 4],
    ["all weight, with the hysteresis", { quorum: 3, hysteresis: 1 }, 4],
    ["a quorum known only at apply", { quorum: token }, 4],
    ["a quorum of weights known only at apply", { quorum: 400 }, undefined],
  ];

  test.each(accepted)("accepts %s", (_title, settings, totalWeight) => {
    expect(reachableQuorumProblems(settings, totalWeight)).toEqual([]);
  });

  test.each([
    ["more than all weight", { quorum: 5 }, "5"],
    ["more than all weight on the way up", { quorum: 4, hysteresis: 1 }, "4 and hysteresis 1"],
    ["more than all weight, with a hysteresis known only at apply", { quorum: 5, hysteresis: token }, "5"],
  ])("refuses %s", (_title, settings, got) => {
    const message = `must be reachable, got ${got} with real servers of total weight 4; lower it or raise weights`;
    expect(reachableQuorumProblems(settings, 4)).toEqual([{ path: "quorum", message }]);
  });
});
