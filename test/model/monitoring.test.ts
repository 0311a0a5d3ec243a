import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { directorSettingsProblems } from "../../src/model/director-settings";
import { metricLabels, plainPath } from "../../src/model/monitored-host";
import { monitoring, monitoringProblems, repairProblems, type MonitoringSettings } from "../../src/model/monitoring";
import { TableOwner } from "../../src/model/table-owner";

type Settings = DeepDeferrable<MonitoringSettings>;

const token = new Deferred("${x}");

test.each<[string, Settings | undefined]>([
  ["nothing", undefined],
  ["no settings", {}],
  ["the shortest interval", { checkIntervalSeconds: 10 }],
  ["the longest interval", { checkIntervalSeconds: 86400 }],
  ["no metrics", { metrics: false }],
  ["metrics", { metrics: true }],
  ["metrics without settings", { metrics: {} }],
  ["metrics in another directory", { metrics: { textfileDirectory: "/srv/metrics" } }],
])("accepts %s", (_title, settings) => {
  expect(monitoringProblems("monitoring", settings)).toEqual([]);
});

test.each<[string, Settings, string, string]>([
  [
    "a short interval",
    { checkIntervalSeconds: 9 },
    "checkIntervalSeconds",
    "must be an integer from 10 to 86400, got 9",
  ],
  [
    "a long interval",
    { checkIntervalSeconds: 86401 },
    "checkIntervalSeconds",
    "must be an integer from 10 to 86400, got 86401",
  ],
  [
    "an interval that alerts cannot be made from",
    { checkIntervalSeconds: token },
    "checkIntervalSeconds",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [
    "a relative directory",
    { metrics: { textfileDirectory: "metrics" } },
    "metrics.textfileDirectory",
    "must be an absolute path of letters, digits and . _ - between its slashes, at most 255 characters, got 'metrics'",
  ],
])("refuses %s", (_title, settings, path, message) => {
  expect(monitoringProblems("monitoring", settings)).toEqual([{ path: `monitoring.${path}`, message }]);
});

test("only the table of plain ipvsadm is repaired", () => {
  expect(repairProblems("monitoring", { repair: true }, TableOwner.IPVSADM)).toEqual([]);
  expect(repairProblems("monitoring", { repair: false }, TableOwner.KEEPALIVED)).toEqual([]);
  expect(repairProblems("monitoring", undefined, TableOwner.KEEPALIVED)).toEqual([]);
  expect(repairProblems("monitoring", { repair: true }, TableOwner.KEEPALIVED)).toEqual([
    {
      path: "monitoring.repair",
      message: "must not be set where keepalived owns the table, got true; leave it out, check reports all the same",
    },
  ]);
});

test("the settings of a director are told of all of it", () => {
  const settings = {
    logging: { keepDays: 0 },
    monitoring: { checkIntervalSeconds: 0 },
  };
  expect(directorSettingsProblems(settings).map(({ path }) => path)).toEqual([
    "logging.keepDays",
    "monitoring.checkIntervalSeconds",
  ]);
});

test("what is not said has its default, what is said is kept", () => {
  expect(monitoring(undefined)).toBeUndefined();
  expect(monitoring({})).toEqual({ checkIntervalSeconds: 60, repair: false });
  expect(monitoring({ checkIntervalSeconds: 10, repair: true, metrics: false })).toEqual({
    checkIntervalSeconds: 10,
    repair: true,
  });
  const standard = "/var/lib/prometheus/node-exporter";
  expect(monitoring({ metrics: true })?.textfileDirectory).toBe(standard);
  expect(monitoring({ metrics: {} })?.textfileDirectory).toBe(standard);
  expect(monitoring({ metrics: { textfileDirectory: "/a" } })?.textfileDirectory).toBe("/a");
});

test("labels have nothing to escape", () => {
  expect(metricLabels({ construct: "web/lb", role: "primary" })).toBe('construct="web/lb",role="primary"');
  expect(plainPath('a.b/c "d"\\{}')).toBe("a.b/c--d----");
});
