import { Deferred } from "../../src/model/deferred";
import { featureProblems, keepalivedVersionProblems } from "../../src/model/keepalived-version";

const token = new Deferred("${x}");

test.each([undefined, "2.1.5", "2.2.7", "2.10.0", "3.0.0"])("%s is a version", (version) => {
  expect(keepalivedVersionProblems("keepalivedVersion", version)).toEqual([]);
});

test.each([
  ["an older one", "2.1.4", "'2.1.4'"],
  ["a much older one", "1.99.99", "'1.99.99'"],
  ["two numbers", "2.2", "'2.2'"],
  ["a letter", "v2.2.7", "'v2.2.7'"],
  ["a package's version", "1:2.2.7-1", "'1:2.2.7-1'"],
  ["nothing", "", "''"],
  ["a token", token, "a value known only at apply"],
])("%s is none", (_title, version, got) => {
  const rule = "must be a version from 2.1.5 on, like '2.2.7'";
  expect(keepalivedVersionProblems("keepalivedVersion", version)).toEqual([
    { path: "keepalivedVersion", message: `${rule}, got ${got}; see: keepalived --version` },
  ]);
});

test.each(["2.2.0", "2.2.7", "2.10.0", "3.0.0"])("keepalived %s has it", (version) => {
  expect(featureProblems("healthCheck", "FILE_CHECK", version)).toEqual([]);
});

test.each([
  ["2.1.5", "2.1.5"],
  ["2.1.99", "2.1.99"],
  [undefined, "2.1.5"],
])("keepalived %s has it not", (version, got) => {
  const advice = "leave it out, or set keepalivedVersion of the director if its hosts have 2.2.0";
  expect(featureProblems("healthCheck", "FILE_CHECK", version)).toEqual([
    { path: "healthCheck", message: `needs keepalived 2.2.0 (FILE_CHECK), got ${got}; ${advice}` },
  ]);
});

test("of a version that is none the director tells", () => {
  expect(featureProblems("healthCheck", "FILE_CHECK", token)).toEqual([]);
  expect(featureProblems("healthCheck", "FILE_CHECK", "2")).toEqual([]);
});
