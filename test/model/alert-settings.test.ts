import { alertSettingsProblems, type AlertSettings } from "../../src/model/alert-settings";
import { Deferred, type DeepDeferrable } from "../../src/model/deferred";

type Settings = DeepDeferrable<AlertSettings>;

const token = new Deferred("${x}");

test.each<[string, Settings]>([
  ["nothing", {}],
  ["no labels", { labels: {} }],
  ["labels", { labels: { team: 'it\'s "net" #1: ü', _x1: "}} {" } }],
  ["a page", { runbookUrl: "https://wiki.example/lvs?a=1" }],
])("accepts %s", (_title, settings) => {
  expect(alertSettingsProblems(settings)).toEqual([]);
});

const nameRule = "must be named with letters, digits and _, without __ at its start, got";
const textRule = "must be one line of text without {{, which starts a template, got";
const urlRule = "must be an http or https URL without #, got";
const literalRule = "must be known at synth, got a token; what else is written depends on it, pass a literal";

test.each<[string, Settings, string, string]>([
  ["a label named with -", { labels: { "a-b": "x" } }, "labels.a-b", `${nameRule} 'a-b'`],
  ["a label without a name", { labels: { "": "x" } }, "labels.", `${nameRule} ''`],
  ["a label that starts with a digit", { labels: { "1a": "x" } }, "labels.1a", `${nameRule} '1a'`],
  ["a label of Prometheus' own", { labels: { __a: "x" } }, "labels.__a", `${nameRule} '__a'`],
  [
    "the severity",
    { labels: { severity: "x" } },
    "labels.severity",
    "must be another label than severity, got 'severity'",
  ],
  ["a template", { labels: { a: "{{ $value }}" } }, "labels.a", `${textRule} '{{ $value }}'`],
  ["two lines", { labels: { a: "b\nc" } }, "labels.a", `${textRule} 'b\\nc'`],
  ["an empty label", { labels: { a: "" } }, "labels.a", `${textRule} ''`],
  ["a label known only at apply", { labels: { a: token } }, "labels.a", literalRule],
  ["a page without a scheme", { runbookUrl: "wiki.example" }, "runbookUrl", `${urlRule} 'wiki.example'`],
  ["a page with a blank", { runbookUrl: "http://a b" }, "runbookUrl", `${urlRule} 'http://a b'`],
  ["a page with an anchor", { runbookUrl: "http://a#b" }, "runbookUrl", `${urlRule} 'http://a#b'`],
  ["a page with a template", { runbookUrl: "http://{{a" }, "runbookUrl", `${urlRule} 'http://{{a'`],
  ["a page known only at apply", { runbookUrl: token }, "runbookUrl", literalRule],
])("refuses %s", (_title, settings, path, message) => {
  expect(alertSettingsProblems(settings)).toEqual([{ path, message }]);
});
