import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { ParameterMatch, trackedProcessProblems, type TrackedProcess } from "../../src/model/tracked-process";

type Tracked = DeepDeferrable<TrackedProcess>;

const token = new Deferred("${x}");
const plain: Tracked = { name: "proxy", process: "haproxy" };

test.each<[string, Tracked]>([
  ["a name and a process", plain],
  ["a process known only at apply", { name: "proxy", process: token, parameters: [token] }],
  ["parameters", { ...plain, process: "/usr/sbin/haproxy", parameters: ["-f", "/etc/my file"], fullCommand: true }],
  ["a match", { ...plain, parameters: ["-f"], parameterMatch: ParameterMatch.PARTIAL }],
  ["the least of all", { ...plain, quorum: 1, quorumMax: 1, forkDelaySeconds: 0.001, terminateDelaySeconds: 0.001 }],
  [
    "the most of all",
    { ...plain, quorum: 65535, quorumMax: 65535, forkDelaySeconds: 3600, terminateDelaySeconds: 3600 },
  ],
  ["one that must not run", { ...plain, quorumMax: 0 }],
])("accepts %s", (_title, tracked) => {
  expect(trackedProcessProblems("trackProcesses[0]", tracked)).toEqual([]);
});

test.each<[string, Tracked, string, string]>([
  [
    "a name with a brace",
    { ...plain, name: "a{" },
    ".name",
    "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start, got 'a{'",
  ],
  ["no process", { ...plain, process: "" }, ".process", "must not be empty, got ''; leave it out instead"],
  [
    "a parameter with a quote",
    { ...plain, parameters: ["-f", 'a"b'] },
    ".parameters[1]",
    "must have no quotes, backslashes or control characters, got 'a\"b'",
  ],
  [
    "an unknown match",
    { ...plain, parameterMatch: "regex" as ParameterMatch },
    ".parameterMatch",
    "must be a known value, got 'regex'; use one of exact, partial, initial",
  ],
  ["a quorum of 0", { ...plain, quorum: 0 }, ".quorum", "must be an integer from 1 to 65535, got 0"],
  ["a limit of 65536", { ...plain, quorumMax: 65536 }, ".quorumMax", "must be an integer from 0 to 65535, got 65536"],
  [
    "a limit below the quorum",
    { ...plain, quorum: 2, quorumMax: 1 },
    ".quorumMax",
    "must be at least quorum, 2, got 1",
  ],
  [
    "a quorum of what must not run",
    { ...plain, quorum: 1, quorumMax: 0 },
    ".quorumMax",
    "must be at least quorum, 1, got 0; leave quorum out",
  ],
  ["no delay", { ...plain, forkDelaySeconds: 0 }, ".forkDelaySeconds", "must be from 0.001 to 3600 seconds, got 0"],
  [
    "a delay of 3601 seconds",
    { ...plain, terminateDelaySeconds: 3601 },
    ".terminateDelaySeconds",
    "must be from 0.001 to 3600 seconds, got 3601",
  ],
])("refuses %s", (_title, tracked, path, message) => {
  expect(trackedProcessProblems("trackProcesses[0]", tracked)).toEqual([{ path: `trackProcesses[0]${path}`, message }]);
});
