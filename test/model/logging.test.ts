import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { logging, loggingProblems, type LoggingSettings } from "../../src/model/logging";

type Settings = boolean | DeepDeferrable<LoggingSettings>;

const token = new Deferred("${x}");

test.each<[string, Settings | undefined]>([
  ["nothing", undefined],
  ["true", true],
  ["false", false],
  ["no settings", {}],
  ["files elsewhere", { keepalivedFile: "/srv/log/ka_1.log", ipvsFile: "/srv/log/ipvs-1" }],
  ["the least that is kept", { keepDays: 1 }],
  ["the most that is kept", { keepDays: 3650 }],
  ["days known only at apply", { keepDays: token }],
  ["messages here only", { keepInSyslog: false }],
])("accepts %s", (_title, settings) => {
  expect(loggingProblems("logging", settings)).toEqual([]);
});

const pathRule =
  "must be an absolute path of letters, digits and . _ - between its slashes, at most 255 characters, got";

test.each<[string, Settings, string, string]>([
  ["a relative file", { keepalivedFile: "log/x" }, "keepalivedFile", `${pathRule} 'log/x'`],
  ["no file", { keepalivedFile: "" }, "keepalivedFile", `${pathRule} ''`],
  ["a directory", { ipvsFile: "/var/log/" }, "ipvsFile", `${pathRule} '/var/log/'`],
  ["the root", { ipvsFile: "/" }, "ipvsFile", `${pathRule} '/'`],
  ["a file that leads up", { ipvsFile: "/var/../log" }, "ipvsFile", `${pathRule} '/var/../log'`],
  ["a quote", { ipvsFile: '/var/log/a"b' }, "ipvsFile", `${pathRule} '/var/log/a"b'`],
  ["a blank", { ipvsFile: "/var/log/a b" }, "ipvsFile", `${pathRule} '/var/log/a b'`],
  ["a line break", { ipvsFile: "/var/log/a\n" }, "ipvsFile", `${pathRule} '/var/log/a\\n'`],
  ["a pattern", { ipvsFile: "/var/log/*" }, "ipvsFile", `${pathRule} '/var/log/*'`],
  ["a long path", { ipvsFile: `/${"a".repeat(255)}` }, "ipvsFile", `${pathRule} '/${"a".repeat(255)}'`],
  [
    "a token",
    { ipvsFile: token },
    "ipvsFile",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [
    "one file for both",
    { keepalivedFile: "/var/log/lvs", ipvsFile: "/var/log/lvs" },
    "ipvsFile",
    "must be another file than keepalivedFile, got '/var/log/lvs' for both",
  ],
  [
    "the default of the other",
    { ipvsFile: "/var/log/keepalived.log" },
    "ipvsFile",
    "must be another file than keepalivedFile, got '/var/log/keepalived.log' for both",
  ],
  ["no day", { keepDays: 0 }, "keepDays", "must be an integer from 1 to 3650, got 0"],
  ["a half day", { keepDays: 1.5 }, "keepDays", "must be an integer from 1 to 3650, got 1.5"],
])("refuses %s", (_title, settings, path, message) => {
  expect(loggingProblems("logging", settings)).toEqual([{ path: `logging.${path}`, message }]);
});

test("nothing is logged apart unless asked for", () => {
  expect([logging(undefined), logging(false)]).toEqual([undefined, undefined]);
});

test("what is not said has its default, what is said is kept", () => {
  const defaults = {
    keepalivedFile: "/var/log/keepalived.log",
    ipvsFile: "/var/log/ipvs.log",
    keepDays: 14,
    keepInSyslog: true,
  };
  expect([logging(true), logging({})]).toEqual([defaults, defaults]);
  const settings = { keepalivedFile: "/a", ipvsFile: "/b", keepDays: token, keepInSyslog: false };
  expect(logging(settings)).toEqual(settings);
});
