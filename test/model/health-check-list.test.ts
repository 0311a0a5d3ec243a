import { Deferred } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import {
  changesWeight,
  checkFamilyProblems,
  checkPaths,
  checksOf,
  healthChecksProblems,
  missingPortProblems,
  withScriptNames,
  type HealthChecks,
} from "../../src/model/health-check/list";

const { tcp, http, none, bfd, misc, file, ping, udp, dns, smtp, ssl } = HealthCheck;
const text = "#!/bin/sh\n";
const trackFile = { name: "load", path: "/run/load" };

test.each<[string, HealthChecks, HealthCheck[]]>([
  ["one check", tcp(), [tcp()]],
  ["several checks", [tcp(), http({ path: "/" })], [tcp(), http({ path: "/" })]],
  ["none", none(), []],
  ["a list of none", [none()], []],
  ["an empty list", [], []],
])("lists %s", (_title, given, checks) => {
  expect(checksOf(given)).toEqual(checks);
  expect(healthChecksProblems("healthCheck", given)).toEqual([]);
});

test("a check knows the path of its prop", () => {
  expect(checkPaths("healthCheck", tcp())).toEqual([{ path: "healthCheck", check: tcp() }]);
  expect(checkPaths("healthCheck", [none(), tcp()])).toEqual([{ path: "healthCheck[1]", check: tcp() }]);
});

test("nothing given has no problems", () => {
  expect(healthChecksProblems("healthCheck", undefined)).toEqual([]);
});

test("problems of one check, and of one in a list", () => {
  const message = "must be an integer from 1 to 65535, got 0";
  expect(healthChecksProblems("healthCheck", tcp({ port: 0 }))).toEqual([{ path: "healthCheck.port", message }]);
  expect(healthChecksProblems("healthCheck", [tcp(), tcp({ port: 0 })])).toEqual([
    { path: "healthCheck[1].port", message },
  ]);
});

test("none has no place among others", () => {
  expect(healthChecksProblems("healthCheck", [tcp(), none()])).toEqual([
    { path: "healthCheck[1]", message: "must not be none beside other checks, got none; leave it out" },
  ]);
});

test("one BFD session is checked once, two sessions are two checks", () => {
  expect(healthChecksProblems("healthCheck", [bfd({ name: "a" }), bfd({ name: "b" })])).toEqual([]);
  expect(healthChecksProblems("healthCheck", [tcp(), bfd({ name: "a" }), bfd({ name: "a" })])).toEqual([
    { path: "healthCheck[2].name", message: "must be checked once, got 'a' again; healthCheck[1] does it already" },
  ]);
});

test("two checks of one kind are fine", () => {
  expect(healthChecksProblems("healthCheck", [tcp(), tcp()])).toEqual([]);
});

test("checks go out from an address of the family of the real server", () => {
  const checks = [tcp(), tcp({ bindAddress: "2001:db8::1" })];
  expect(checkFamilyProblems("healthCheck", checks, "2001:db8::2")).toEqual([]);
  expect(checkFamilyProblems("healthCheck", checks, "10.0.0.1")).toEqual([
    {
      path: "healthCheck[1].bindAddress",
      message: "must be IPv4 like 10.0.0.1, which is checked, got '2001:db8::1'",
    },
  ]);
});

test("without a port of the real server every check that connects must name one", () => {
  const portless = [tcp(), http({ path: "/" }), ssl({ path: "/" }), smtp(), dns(), udp()];
  expect(missingPortProblems("healthCheck", portless)).toEqual(
    portless.map(({ type }, index) => ({
      path: `healthCheck[${index}].port`,
      message: `must be set where the service has no single port, got none for ${type}; name the port to try`,
    })),
  );
  expect(missingPortProblems("healthCheck", tcp({ port: 80 }))).toEqual([]);
  expect(missingPortProblems("healthCheck", { type: "tcp", port: new Deferred("${x}") })).toEqual([]);
  const others = [ping(), bfd({ name: "a" }), file({ trackFile }), misc({ script: "/bin/true" })];
  expect(missingPortProblems("healthCheck", others)).toEqual([]);
});

test.each<[string, HealthChecks, boolean]>([
  ["a check that only fails", tcp(), false],
  ["a program", misc({ script: "/bin/true" }), false],
  ["a program that sets the weight", [tcp(), misc({ script: "/bin/true", dynamic: true })], true],
  ["a file", file({ trackFile }), true],
  ["a file that adds to the weight", file({ trackFile, weight: -1 }), true],
  ["a file that only fails", file({ trackFile, weight: 0 }), false],
])("%s may change the weight: %s", (_title, given, changes) => {
  expect(changesWeight(given)).toBe(changes);
});

test("scripts without a name get one", () => {
  expect(withScriptNames(misc({ script: { text } }), "web")).toEqual(misc({ script: { text, name: "web" } }));
  const list = [misc({ script: { text } }), tcp(), misc({ script: { text } }), misc({ script: { text, name: "own" } })];
  expect(withScriptNames(list, "web")).toEqual([
    misc({ script: { text, name: "web" } }),
    tcp(),
    misc({ script: { text, name: "web-3" } }),
    misc({ script: { text, name: "own" } }),
  ]);
  expect(withScriptNames(misc({ script: "/bin/true" }), "web")).toEqual(misc({ script: "/bin/true" }));
});
