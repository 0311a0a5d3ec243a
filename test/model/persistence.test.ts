import { Deferred } from "../../src/model/deferred";
import { persistenceProblems } from "../../src/model/persistence";

const service = { vip: "192.0.2.1" };

test("accepts no persistence", () => {
  expect(persistenceProblems("persistence", undefined, service)).toEqual([]);
});

test.each([
  ["one second", 1],
  ["31 days", 2678400],
  ["a value known only at apply", new Deferred("${var.timeout}")],
])("accepts a timeout of %s", (_title, timeoutSeconds) => {
  expect(persistenceProblems("persistence", { timeoutSeconds }, service)).toEqual([]);
});

test.each([
  ["zero", 0, "must be an integer from 1 to 2678400, got 0"],
  ["less than zero", -1, "must be an integer from 1 to 2678400, got -1"],
  ["a second more than 31 days", 2678401, "must be an integer from 1 to 2678400, got 2678401"],
  ["a fraction of a second", 0.5, "must be an integer from 1 to 2678400, got 0.5"],
  ["not a number", NaN, "must be an integer from 1 to 2678400, got NaN"],
])("refuses a timeout of %s", (_title, timeoutSeconds, message) => {
  expect(persistenceProblems("persistence", { timeoutSeconds }, service)).toEqual([
    { path: "persistence.timeoutSeconds", message },
  ]);
});
