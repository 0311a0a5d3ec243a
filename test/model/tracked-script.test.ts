import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { trackedScriptProblems, type TrackedScript } from "../../src/model/tracked-script";

type Tracked = DeepDeferrable<TrackedScript>;

const token = new Deferred("${x}");
const plain: Tracked = { name: "web", script: { text: "#!/bin/sh\nexit 0\n" } };

test.each<[string, Tracked]>([
  ["a name and a text", plain],
  ["a program of the host", { name: "web", script: "/usr/bin/true" }],
  ["a program known only at apply", { name: "web", script: token }],
  ["the longest name", { ...plain, name: "a".repeat(64) }],
  ["the least of all", { ...plain, intervalSeconds: 1, timeoutSeconds: 1, rise: 1, fall: 1, initFail: false }],
  ["the most of all", { ...plain, intervalSeconds: 86400, timeoutSeconds: 3600, rise: 1000, fall: 1000 }],
  [
    "numbers known only at apply",
    { ...plain, intervalSeconds: token, timeoutSeconds: token, rise: token, fall: token },
  ],
])("accepts %s", (_title, tracked) => {
  expect(trackedScriptProblems("trackScripts[0]", tracked)).toEqual([]);
});

const nameRule = "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start";
test.each<[string, Tracked, string, string]>([
  ["no name", { ...plain, name: "" }, ".name", `${nameRule}, got ''`],
  ["a name with a blank", { ...plain, name: "a b" }, ".name", `${nameRule}, got 'a b'`],
  ["a name of 65 letters", { ...plain, name: "a".repeat(65) }, ".name", `${nameRule}, got '${"a".repeat(65)}'`],
  [
    "a name known only at apply",
    { ...plain, name: token },
    ".name",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [
    "a text without an interpreter",
    { ...plain, script: { text: "exit 0" } },
    ".script.text",
    "must begin with '#!' and the path of an interpreter, got 'exit 0'; try '#!/bin/sh'",
  ],
  [
    "a program without a path",
    { ...plain, script: "true" },
    ".script",
    "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names, got 'true'",
  ],
  [
    "a fraction of a second",
    { ...plain, intervalSeconds: 0.5 },
    ".intervalSeconds",
    "must be an integer from 1 to 86400, got 0.5",
  ],
  ["no time", { ...plain, timeoutSeconds: 0 }, ".timeoutSeconds", "must be an integer from 1 to 3600, got 0"],
  ["no success", { ...plain, rise: 0 }, ".rise", "must be an integer from 1 to 1000, got 0"],
  ["1001 failures", { ...plain, fall: 1001 }, ".fall", "must be an integer from 1 to 1000, got 1001"],
])("refuses %s", (_title, tracked, path, message) => {
  expect(trackedScriptProblems("trackScripts[0]", tracked)).toEqual([{ path: `trackScripts[0]${path}`, message }]);
});
