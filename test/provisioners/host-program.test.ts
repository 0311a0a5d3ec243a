import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hostProgram, hostProgramDigest, unpackScript } from "../../src/provisioners/host-program";
import { removeScript } from "../../src/provisioners/remove-script";

const folder = join(__dirname, "../../src/provisioners/host");

test("the program holds every file of its folder but the one that unpacks it", () => {
  const program = hostProgram();
  const parts = readdirSync(folder).filter((name) => name !== "unpack.sh");
  const lost = parts.filter((name) => !program.includes(readFileSync(join(folder, name), "utf8")));
  expect(lost).toEqual([]);
  expect(unpackScript()).toBe(readFileSync(join(folder, "unpack.sh"), "utf8"));
});

test("the program begins as a script and ends with its call", () => {
  expect(hostProgram().startsWith("#!/bin/sh\n")).toBe(true);
  expect(hostProgram().trimEnd().split("\n").at(-1)).toBe('main "$@"; exit');
});

test("its digest is the start of its sha256", () => {
  const whole = createHash("sha256").update(hostProgram()).digest("hex");
  expect(hostProgramDigest()).toBe(whole.slice(0, 12));
});

/** Lines that the shell runs: comments are prose and may name anything. */
function codeOf(script: string): string[] {
  return script.split("\n").filter((line) => !line.trimStart().startsWith("#"));
}

const scripts = { program: hostProgram(), unpack: unpackScript(), remove: removeScript("director") };

describe.each(Object.entries(scripts))("%s", (_name, script) => {
  // Only coreutils, sed, util-linux, systemd, iproute2, ipvsadm, keepalived and the package manager are on every host that we
  // support; a plan that needs ping brings its package.
  test.each([
    ...["grep", "egrep", "fgrep", "awk", "gawk", "mawk", "find", "xargs", "cmp", "diff"],
    ...["perl", "python", "python3", "jq", "bc", "ed", "vi", "nc", "curl", "wget", "ifconfig", "route"],
    ...["ps", "pgrep", "pkill", "killall", "pidof", "sysctl", "service", "modprobe", "lsmod", "logger", "which"],
  ])("does not run %s", (command) => {
    const call = new RegExp(String.raw`(^|[;&|({!]|\b(if|then|else|do|while|until|shown|bounded))\s*${command}(\s|$)`);
    expect(codeOf(script).filter((line) => call.test(line))).toEqual([]);
  });

  test.each([
    ["[[", /\[\[ /],
    ["((", /(^|[^$])\(\(/],
    ["function", /^\s*function\s/],
    ["local", /^\s*local\s/],
    ["declare", /^\s*(declare|typeset)\s/],
    ["source", /^\s*source\s/],
    ["==", /\[ [^\]]* == /],
    ["here strings", /<<</],
    ["process substitution", /[<>]\(/],
    ["&>", /&>/],
    ["pipefail", /pipefail/],
    ["arrays", /\b\w+=\(/],
    ["substitution by pattern", /\$\{\w+\/\//],
    ["substrings", /\$\{\w+:\d/],
    ["$'...'", /\$'/],
    ["echo with options", /\becho -[ne]\b/],
    ["read without -r", /\bread (?!-r)(?!IFS)\w/],
  ])("has no bashism: %s", (_title, pattern) => {
    expect(codeOf(script).filter((line) => pattern.test(line))).toEqual([]);
  });

  test("never evaluates text from outside", () => {
    expect(codeOf(script).filter((line) => /\beval\b/.test(line))).toEqual([]);
  });
});

/** Words in the place of a command that are spelt like functions of ours: our commands have no underscore. */
function functionsCalled(script: string): string[] {
  const start = String.raw`(?:^\s*|[;&|{!]\s*|\$\(|\(|\b(?:if|then|else|elif|do|while|until|shown|bounded|truth)\s+)`;
  const inPlaceOfCommand = new RegExp(String.raw`${start}([a-z]+(?:_[a-z]+)+)(?=[\s;]|$|(?<=\(\1)\))`, "gm");
  return codeOf(script).flatMap((line) =>
    [...line.replaceAll("$((", "").matchAll(inPlaceOfCommand)].flatMap(([, name = ""]) => name),
  );
}

test("every function that is called is there", () => {
  const program = `${hostProgram()}\nlost_one && say "$(lost_two)$(lost_three "$x")" || ! lost_four; shown lost_five\n`;
  const defined = new Set([...program.matchAll(/^\s*([a-z_]+)\(\) [{(]/gm)].map(([, name]) => name));
  const lost = functionsCalled(program).filter((name) => !defined.has(name));
  expect(lost).toEqual(["lost_one", "lost_two", "lost_three", "lost_four", "lost_five"]);
});
