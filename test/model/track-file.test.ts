import { Deferred } from "../../src/model/deferred";
import { maintenanceFile } from "../../src/model/maintenance";
import { trackFileProblems, type TrackFile } from "../../src/model/track-file";

const token = new Deferred("${x}");

function file(different: Partial<TrackFile> = {}): TrackFile {
  return { name: "load", path: "/run/load", ...different };
}

test.each([
  ["a file", file()],
  ["the longest name", file({ name: "a".repeat(64) })],
  ["spaces and signs in its path", file({ path: "/run/my load/#1!" })],
  ["a path known only at apply", file({ path: token })],
  ["the least value", file({ initialValue: -254 })],
  ["the greatest value, over what is there", file({ initialValue: 254, overwrite: true })],
  ["no overwriting without a value", file({ overwrite: false })],
  ["a value known only at apply", file({ initialValue: token })],
])("accepts %s", (_title, trackFile) => {
  expect(trackFileProblems("trackFile", trackFile)).toEqual([]);
});

const nameRule = "must be 1 to 64 letters, digits, '.', '_' and '-', without '.' or '-' at its start";

const refused: [Partial<TrackFile>, string, string][] = [
  [{ name: "" }, "name", `${nameRule}, got ''`],
  [{ name: "a b" }, "name", `${nameRule}, got 'a b'`],
  [{ name: "a".repeat(65) }, "name", `${nameRule}, got '${"a".repeat(65)}'`],
  [{ name: token }, "name", "must be known at synth, got a token; what else is written depends on it, pass a literal"],
  [
    { name: "maintenance-web1" },
    "name",
    "must not begin with 'maintenance-', got 'maintenance-web1'; maintenance switches do",
  ],
  [{ path: "" }, "path", "must be an absolute path, got ''"],
  [{ path: "load" }, "path", "must be an absolute path, got 'load'"],
  [{ path: "/run/" }, "path", "must be an absolute path, got '/run/'"],
  [{ path: '/run/"' }, "path", `must have no quotes, backslashes or control characters, got '/run/"'`],
  [{ initialValue: 255 }, "initialValue", "must be an integer from -254 to 254, got 255"],
  [{ initialValue: 0.5 }, "initialValue", "must be an integer from -254 to 254, got 0.5"],
  [{ overwrite: true }, "overwrite", "needs initialValue, got none; set initialValue too"],
];

test.each(refused)("refuses %j", (different, prop, message) => {
  expect(trackFileProblems("trackFile", file(different))).toEqual([{ path: `trackFile.${prop}`, message }]);
});

test("a maintenance switch is a file with a name that no other has", () => {
  expect(maintenanceFile("web1")).toEqual({
    name: "maintenance-web1",
    path: "/var/lib/cdktf-lvs/maintenance/web1",
    initialValue: 0,
  });
});
