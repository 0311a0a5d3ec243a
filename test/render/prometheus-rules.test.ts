import { readFileSync } from "node:fs";
import { join } from "node:path";
import { alerts } from "../../src/render/alerts";
import { duration, stackSelector, type Alert } from "../../src/render/alert";
import { prometheusRules } from "../../src/render/prometheus-rules";
import {
  allExpressions,
  EXPORTER_METRICS,
  HOSTS,
  metricsIn,
  monitoredHost,
  writtenMetrics,
} from "../support/monitoring";

const alert: Alert = {
  name: "LvsTest",
  expression: 'x{a="b"} == 0',
  forSeconds: 90,
  severity: "warning",
  summary: "it's {{ $labels.a }}",
  description: "A description.",
  runbook: "look",
};

test("a rule, with quotes and without options", () => {
  expect(prometheusRules("lvs 'web'", [alert], { labels: {} })).toBe(`groups:
  - name: 'lvs ''web'''
    rules:
      - alert: LvsTest
        expr: 'x{a="b"} == 0'
        for: 90s
        labels:
          severity: 'warning'
        annotations:
          summary: 'it''s {{ $labels.a }}'
          description: 'A description.'
          runbook: 'look'
`);
});

test("labels and a page of the user's, and an alert that fires at once", () => {
  const options = { labels: { team: "#1: it's" }, runbookUrl: "https://wiki.example/lvs" };
  expect(prometheusRules("web", [{ ...alert, forSeconds: 0 }], options)).toBe(`groups:
  - name: 'web'
    rules:
      - alert: LvsTest
        expr: 'x{a="b"} == 0'
        labels:
          team: '#1: it''s'
          severity: 'warning'
        annotations:
          summary: 'it''s {{ $labels.a }}'
          description: 'A description.'
          runbook: 'look'
          runbook_url: 'https://wiki.example/lvs#lvstest'
`);
});

test("durations as Prometheus writes them", () => {
  expect([0, 30, 60, 90, 3600].map(duration)).toEqual(["0s", "30s", "1m", "90s", "60m"]);
});

test("the hosts below a stack, and not those of one whose name begins alike", () => {
  expect(stackSelector("web.prod")).toBe('{construct=~"web[.]prod/.+"}');
});

function names(hosts: typeof HOSTS): string[] {
  return alerts("web", hosts).map(({ name }) => name);
}

const ALL = ["LvsHostNotReporting", "LvsCheckStale", "LvsDrift"];
const PAIR = ["LvsVipsNotHeld", "LvsVipsHeldTwice", "LvsVipsFlapping"];
const DIRECTOR = [
  ...["LvsDirectorsNotReporting", "LvsKeepalivedDown", "LvsServiceWithoutRealServers", "LvsRealServerDown"],
  ...["LvsSyncDaemonMissing", "LvsConnectionTableCrowded", "LvsConntrackNearlyFull"],
];

test("only what can happen to the hosts of the stack is an alert", () => {
  expect(names([monitoredHost("web1", "real-server")])).toEqual(ALL);
  expect(names([monitoredHost("lb", "director")])).toEqual([...DIRECTOR, ...ALL]);
  expect(names([monitoredHost("lb", "primary"), monitoredHost("lb", "secondary")])).toEqual([
    ...PAIR,
    ...DIRECTOR,
    ...ALL,
  ]);
  expect(names(HOSTS)).toEqual([...PAIR, ...DIRECTOR, "LvsTableRepaired", ...ALL]);
});

test("the longest interval between two checks decides how long an alert waits", () => {
  const hosts = [
    monitoredHost("web1", "real-server"),
    monitoredHost("web2", "real-server", { checkIntervalSeconds: 300 }),
  ];
  expect(alerts("web", hosts).map(({ forSeconds }) => forSeconds)).toEqual([900, 300, 600]);
});

test("every host that should report is named, and every director once", () => {
  const expressions = alerts("web", HOSTS).filter(({ name }) => name.endsWith("NotReporting"));
  expect(expressions.map(({ expression }) => expression)).toEqual([
    'absent(cdktf_lvs_info{construct="web/lb"}) or absent(cdktf_lvs_info{construct="web/alone"})',
    [
      'absent(cdktf_lvs_info{construct="web/lb",role="primary"})',
      'absent(cdktf_lvs_info{construct="web/lb",role="secondary"})',
      'absent(cdktf_lvs_info{construct="web/alone",role="director"})',
      'absent(cdktf_lvs_info{construct="web/web1",role="real-server"})',
    ].join(" or "),
  ]);
});

test("expressions know only metrics that there are", () => {
  const used = [...new Set(allExpressions().flatMap(metricsIn))].sort();
  expect(used.filter((name) => !writtenMetrics().includes(name) && !EXPORTER_METRICS.includes(name))).toEqual([]);
  expect(writtenMetrics().filter((name) => !used.includes(name))).toEqual([]);
});

test("the documentation knows every alert and every metric", () => {
  const page = readFileSync(join(__dirname, "../../docs/monitoring.md"), "utf8");
  const headings = [...page.matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
  expect(headings.sort()).toEqual(names(HOSTS).sort());
  const rows = [...page.matchAll(/^\| `(cdktf_lvs_\w+)/gm)].map((match) => match[1]);
  expect(rows.sort()).toEqual(writtenMetrics());
});
