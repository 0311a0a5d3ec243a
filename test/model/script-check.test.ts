import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import type { MiscCheckOptions } from "../../src/model/health-check/script";
import { scriptName, uniqueScripts } from "../../src/model/script";

const token = new Deferred("${x}");
const text = "#!/bin/sh\nexit 0\n";
const script = { name: "check", text };
const program = "/usr/lib/nagios/plugins/check_mysql";

const accepted: [string, DeepDeferrable<MiscCheckOptions>][] = [
  ["a script without a name", { script: { text } }],
  ["a script with a name", { script: { name: "check-db_2.sh", text } }],
  ["the longest name", { script: { name: "a".repeat(64), text } }],
  ["the longest text", { script: { text: "#!/bin/sh\n".padEnd(65536, "#") } }],
  ["a blank after the signs", { script: { text: "#! /usr/bin/env python3\n" } }],
  ["a text known only at apply", { script: { text: token } }],
  ["a program", { script: program }],
  ["a program known only at apply", { script: token }],
  ["arguments", { script, arguments: ["{address}", "{port}", "a b #!$", "--url=http://{vip}/"] }],
  ["arguments known only at apply", { script, arguments: [token] }],
  ["the shortest time", { script, timeoutSeconds: 1 }],
  ["the longest time", { script, timeoutSeconds: 3600 }],
  ["a time known only at apply", { script, timeoutSeconds: token }],
  ["a weight that the program sets", { script, dynamic: true }],
  ["root for a script", { script, user: "root", group: "root" }],
  ["another user for a program", { script: program, user: "nobody", group: "nogroup" }],
  ["a user known only at apply", { script: program, user: token }],
];

test.each(accepted)("accepts %s", (_title, options) => {
  expect(healthCheckProblems("healthCheck", { type: "misc", ...options })).toEqual([]);
});

const nameRule = "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start";
const textRule = "must begin with '#!' and the path of an interpreter";
const pathRule = "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names";

const refused: [DeepDeferrable<MiscCheckOptions>, string, string][] = [
  [{ script: { name: "", text } }, "script.name", `${nameRule}, got ''`],
  [{ script: { name: "..", text } }, "script.name", `${nameRule}, got '..'`],
  [{ script: { name: "a/b", text } }, "script.name", `${nameRule}, got 'a/b'`],
  [{ script: { name: "a".repeat(65), text } }, "script.name", `${nameRule}, got '${"a".repeat(65)}'`],
  [
    { script: { name: token, text } },
    "script.name",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [{ script: { text: "" } }, "script.text", `${textRule}, got ''; try '#!/bin/sh'`],
  [{ script: { text: "exit 0\n" } }, "script.text", `${textRule}, got 'exit 0'; try '#!/bin/sh'`],
  [{ script: { text: "#!sh\n" } }, "script.text", `${textRule}, got '#!sh'; try '#!/bin/sh'`],
  [
    { script: { text: "#!/bin/sh\r\nexit 0\r\n" } },
    "script.text",
    "must have no NUL and no carriage return, got one; end lines with a line feed alone",
  ],
  [
    { script: { text: "#!/bin/sh\n\0" } },
    "script.text",
    "must have no NUL and no carriage return, got one; end lines with a line feed alone",
  ],
  [
    { script: { text: "#!/bin/sh\n".padEnd(65535, "#") + "ü" } },
    "script.text",
    "must be at most 65536 bytes, got 65537",
  ],
  [{ script: "check" }, "script", `${pathRule}, got 'check'`],
  [{ script: "/bin/check it" }, "script", `${pathRule}, got '/bin/check it'`],
  [{ script: "/bin/" }, "script", `${pathRule}, got '/bin/'`],
  [{ script, arguments: ["a", ""] }, "arguments[1]", "must not be empty, got ''; leave it out instead"],
  [{ script, arguments: ["it's"] }, "arguments[0]", "must have no single quotes, got 'it's'"],
  [{ script, arguments: ['"'] }, "arguments[0]", `must have no quotes, backslashes or control characters, got '"'`],
  [{ script, arguments: Array<string>(301).fill("1") }, "arguments", "must be at most 900 bytes, got 1201"],
  [{ script, timeoutSeconds: 0 }, "timeoutSeconds", "must be an integer from 1 to 3600, got 0"],
  [{ script, timeoutSeconds: 1.5 }, "timeoutSeconds", "must be an integer from 1 to 3600, got 1.5"],
  [{ script, timeoutSeconds: 3601 }, "timeoutSeconds", "must be an integer from 1 to 3600, got 3601"],
  [{ script: program, user: "a b" }, "user", "must be the name of an account, got 'a b'"],
  [{ script: program, user: "root", group: "" }, "group", "must be the name of an account, got ''"],
  [{ script: program, group: "root" }, "group", "needs user, got none; set user too"],
  [
    { script, user: "nobody" },
    "user",
    "must be root for a script, got 'nobody'; only root can read our files, give the path of a program of the host instead",
  ],
  [
    { script, user: token },
    "user",
    "must be root for a script, got a value known only at apply; only root can read our files, give the path of a program of the host instead",
  ],
];

test.each(refused)("refuses %j", (options, prop, message) => {
  expect(healthCheckProblems("healthCheck", { type: "misc", ...options })).toEqual([
    { path: `healthCheck.${prop}`, message },
  ]);
});

test("a function makes the same check", () => {
  expect(healthCheckProblems("c", HealthCheck.misc({ script: "true" })).map(({ path }) => path)).toEqual(["c.script"]);
});

test("scripts are told apart by their names", () => {
  expect([{ name: "a", text }, { text }].map(scriptName)).toEqual(["a", "script"]);
  expect(uniqueScripts([{ name: "a", text }, { text }, { name: "a", text }])).toEqual([{ name: "a", text }, { text }]);
});
