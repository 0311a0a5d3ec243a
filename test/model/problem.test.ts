import { ConfigError, throwProblems } from "../../src/model/problem";

test("one error lists every problem with its path", () => {
  const problems = [
    { path: "port", message: "must be an integer from 1 to 65535, got 0" },
    { path: "vip", message: "must be an IP address, got 'web'" },
  ];
  expect(() => throwProblems("virtual service 'stack/web'", problems)).toThrow(
    new ConfigError("virtual service 'stack/web'", problems),
  );
  expect(new ConfigError("x", problems).message).toBe(
    "invalid x, 2 problems:\n" +
      "  port: must be an integer from 1 to 65535, got 0\n" +
      "  vip: must be an IP address, got 'web'",
  );
});

test("no problem throws nothing", () => {
  expect(() => throwProblems("x", [])).not.toThrow();
});
