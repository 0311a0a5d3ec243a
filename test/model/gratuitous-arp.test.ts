import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { gratuitousArpProblems, type GratuitousArpSettings } from "../../src/model/gratuitous-arp";

type Settings = DeepDeferrable<GratuitousArpSettings>;

const token = new Deferred("${x}");
const least: Settings = {
  masterDelaySeconds: 0,
  masterRepeat: 1,
  masterRefreshSeconds: 1,
  masterRefreshRepeat: 1,
  lowerPriorityDelaySeconds: 0,
  lowerPriorityRepeat: 0,
  extraInterfaceSeconds: 1,
  extraInterfaceAll: false,
};
const most: Settings = {
  masterDelaySeconds: 3600,
  masterRepeat: 100,
  masterRefreshSeconds: 86400,
  masterRefreshRepeat: 100,
  lowerPriorityDelaySeconds: 3600,
  lowerPriorityRepeat: 100,
  extraInterfaceSeconds: 86400,
  extraInterfaceAll: true,
};
const later: Settings = {
  masterDelaySeconds: token,
  masterRepeat: token,
  masterRefreshSeconds: token,
  masterRefreshRepeat: token,
  lowerPriorityDelaySeconds: token,
  lowerPriorityRepeat: token,
  extraInterfaceSeconds: token,
};

test.each([
  ["nothing", {}],
  ["the least of all", least],
  ["the most of all", most],
  ["values known only at apply", later],
])("accepts %s", (_title, settings) => {
  expect(gratuitousArpProblems("gratuitousArp", settings)).toEqual([]);
});

const refused: [keyof Settings, number, string][] = [
  ["masterDelaySeconds", -1, "0 to 3600"],
  ["masterDelaySeconds", 3601, "0 to 3600"],
  ["masterRepeat", 0, "1 to 100"],
  ["masterRepeat", 101, "1 to 100"],
  ["masterRefreshSeconds", 0, "1 to 86400"],
  ["masterRefreshSeconds", 86401, "1 to 86400"],
  ["masterRefreshRepeat", 0, "1 to 100"],
  ["masterRefreshRepeat", 101, "1 to 100"],
  ["lowerPriorityDelaySeconds", -1, "0 to 3600"],
  ["lowerPriorityDelaySeconds", 3601, "0 to 3600"],
  ["lowerPriorityRepeat", -1, "0 to 100"],
  ["lowerPriorityRepeat", 101, "0 to 100"],
  ["extraInterfaceSeconds", 0, "1 to 86400"],
  ["extraInterfaceSeconds", 1.5, "1 to 86400"],
];

test.each(refused)("refuses %s %d", (prop, value, range) => {
  expect(gratuitousArpProblems("gratuitousArp", { ...most, [prop]: value })).toEqual([
    { path: `gratuitousArp.${prop}`, message: `must be an integer from ${range}, got ${value}` },
  ]);
});

test("refuses what keepalived would not use", () => {
  const settings = { masterRefreshRepeat: 2, extraInterfaceAll: true };
  expect(gratuitousArpProblems("gratuitousArp", settings)).toEqual([
    {
      path: "gratuitousArp.masterRefreshRepeat",
      message: "needs masterRefreshSeconds, got 2 without it; nothing is repeated",
    },
    {
      path: "gratuitousArp.extraInterfaceAll",
      message: "needs extraInterfaceSeconds, got true without it; nothing is sent",
    },
  ]);
});
