import { Deferred } from "../../src/model/deferred";
import { thresholdProblems } from "../../src/model/thresholds";

const token = new Deferred("${x}");
type Thresholds = Parameters<typeof thresholdProblems>[1];

const accepted: [string, Thresholds][] = [
  ["none", {}],
  ["no limit", { upperThreshold: 0 }],
  ["no limits", { upperThreshold: 0, lowerThreshold: 0 }],
  ["the kernel's own lower one", { upperThreshold: 100, lowerThreshold: 0 }],
  ["the least", { upperThreshold: 1, lowerThreshold: 1 }],
  ["the greatest", { upperThreshold: 65535, lowerThreshold: 65535 }],
  ["an upper one alone", { upperThreshold: 100 }],
  ["a lower one of 0 alone", { lowerThreshold: 0 }],
  ["an upper one known only at apply", { upperThreshold: token, lowerThreshold: 5 }],
  ["a lower one known only at apply", { upperThreshold: 5, lowerThreshold: token }],
];

test.each(accepted)("accepts %s", (_title, thresholds) => {
  expect(thresholdProblems("realServers[0]", thresholds)).toEqual([]);
});

const range = "must be an integer from 0 to 65535, got";

const refused: [string, Thresholds, string, string][] = [
  ["less than nothing", { upperThreshold: -1 }, "upperThreshold", `${range} -1`],
  ["half a connection", { upperThreshold: 0.5 }, "upperThreshold", `${range} 0.5`],
  ["too many", { upperThreshold: 65536 }, "upperThreshold", `${range} 65536`],
  ["a lower one of less than nothing", { upperThreshold: 5, lowerThreshold: -1 }, "lowerThreshold", `${range} -1`],
  ["a lower one of too many", { upperThreshold: 5, lowerThreshold: 65536 }, "lowerThreshold", `${range} 65536`],
  ["a lower one alone", { lowerThreshold: 5 }, "lowerThreshold", "needs an upperThreshold, got 5 alone; set it too"],
  [
    "a lower one where there is no limit",
    { upperThreshold: 0, lowerThreshold: 5 },
    "lowerThreshold",
    "needs an upperThreshold, got 5 alone; set it too",
  ],
  [
    "a lower one that is greater",
    { upperThreshold: 5, lowerThreshold: 6 },
    "lowerThreshold",
    "must be at most upperThreshold 5, got 6; the kernel refuses it",
  ],
];

test.each(refused)("refuses %s", (_title, thresholds, path, message) => {
  expect(thresholdProblems("realServers[0]", thresholds)).toEqual([{ path: `realServers[0].${path}`, message }]);
});
