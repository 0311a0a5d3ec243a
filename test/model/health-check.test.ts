import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import type { CheckConnectionOptions } from "../../src/model/health-check/connection";
import type { HttpCheckOptions } from "../../src/model/health-check/http";
import type { SslCheck } from "../../src/model/health-check/ssl";

const token = new Deferred("${x}");

test("the functions mark what they made by its type", () => {
  expect([
    HealthCheck.tcp(),
    HealthCheck.tcp({ port: 8080, retries: 0 }),
    HealthCheck.http({ path: "/health" }),
    HealthCheck.ssl({ path: "/", host: "www.example.org", sni: true }),
    HealthCheck.none(),
  ]).toEqual([
    { type: "tcp" },
    { type: "tcp", port: 8080, retries: 0 },
    { type: "http", path: "/health" },
    { type: "ssl", path: "/", host: "www.example.org", sni: true },
    { type: "none" },
  ]);
});

test.each([
  ["no check given", undefined],
  ["none", HealthCheck.none()],
  ["tcp without options", HealthCheck.tcp()],
  ["http with a path only", HealthCheck.http({ path: "/" })],
  ["ssl with a path only", HealthCheck.ssl({ path: "/" })],
])("accepts %s", (_title, check) => {
  expect(healthCheckProblems("healthCheck", check)).toEqual([]);
});

const acceptedConnections: [string, DeepDeferrable<CheckConnectionOptions>][] = [
  ["the lowest values", { port: 1, connectTimeoutSeconds: 1, retries: 0, delayBeforeRetrySeconds: 0 }],
  ["the highest values", { port: 65535, connectTimeoutSeconds: 3600, retries: 100, delayBeforeRetrySeconds: 3600 }],
  ["parts of a second", { connectTimeoutSeconds: 1.5, delayBeforeRetrySeconds: 0.5 }],
  ["tokens", { port: token, connectTimeoutSeconds: token, retries: token, delayBeforeRetrySeconds: token }],
];

const refusedConnections: [CheckConnectionOptions, string, string][] = [
  [{ port: 0 }, "port", "must be an integer from 1 to 65535, got 0"],
  [{ port: 65536 }, "port", "must be an integer from 1 to 65535, got 65536"],
  [{ connectTimeoutSeconds: 0 }, "connectTimeoutSeconds", "must be from 1 to 3600 seconds, got 0"],
  [{ connectTimeoutSeconds: 3601 }, "connectTimeoutSeconds", "must be from 1 to 3600 seconds, got 3601"],
  [{ retries: -1 }, "retries", "must be an integer from 0 to 100, got -1"],
  [{ retries: 101 }, "retries", "must be an integer from 0 to 100, got 101"],
  [{ retries: 1.5 }, "retries", "must be an integer from 0 to 100, got 1.5"],
  [{ delayBeforeRetrySeconds: -1 }, "delayBeforeRetrySeconds", "must be from 0 to 3600 seconds, got -1"],
  [{ delayBeforeRetrySeconds: 3601 }, "delayBeforeRetrySeconds", "must be from 0 to 3600 seconds, got 3601"],
];

describe("the connection options of every check", () => {
  test.each(acceptedConnections)("accept %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", { type: "tcp", ...options })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "http", path: "/", ...options })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "ssl", path: "/", ...options })).toEqual([]);
  });

  test.each(refusedConnections)("refuse %j", (options, prop, message) => {
    const problems = [{ path: `healthCheck.${prop}`, message }];
    expect(healthCheckProblems("healthCheck", HealthCheck.tcp(options))).toEqual(problems);
    expect(healthCheckProblems("healthCheck", HealthCheck.http({ path: "/", ...options }))).toEqual(problems);
    expect(healthCheckProblems("healthCheck", HealthCheck.ssl({ path: "/", ...options }))).toEqual(problems);
  });
});

const acceptedRequests: [string, DeepDeferrable<HttpCheckOptions>][] = [
  ["a path with a query", { path: "/health?full=1&from=lvs#top" }],
  ["a host name", { path: "/", host: "www.example.org" }],
  ["an IPv6 host", { path: "/", host: "[2001:db8::1]:8080" }],
  ["one status code", { path: "/", statusCodes: "204" }],
  ["the lowest and the highest status code", { path: "/", statusCodes: "100 599" }],
  ["ranges of status codes", { path: "/", statusCodes: "200-299 301 401-403" }],
  ["a range of one status code", { path: "/", statusCodes: "200-200" }],
  ["tokens", { path: token, host: token, statusCodes: token }],
];

const statusCodesRule = "must be codes or ranges from 100 to 599 like '200-299 301'";
const quotableRule = "must have no quotes, backslashes or control characters";

const refusedRequests: [HttpCheckOptions, string, string][] = [
  [{ path: "" }, "path", "must start with '/' and have no spaces, got ''"],
  [{ path: "health" }, "path", "must start with '/' and have no spaces, got 'health'"],
  [{ path: "http://web/" }, "path", "must start with '/' and have no spaces, got 'http://web/'"],
  [{ path: "/a b" }, "path", "must start with '/' and have no spaces, got '/a b'"],
  [{ path: '/"' }, "path", `${quotableRule}, got '/"'`],
  [{ path: "/a\\b" }, "path", String.raw`${quotableRule}, got '/a\b'`],
  [{ path: "/", host: "" }, "host", "must not be empty, got ''; leave it out instead"],
  [{ path: "/", host: "a\r\nb" }, "host", String.raw`${quotableRule}, got 'a\r\nb'`],
  [{ path: "/", host: "www example.org" }, "host", "must have no white space, got 'www example.org'"],
  [{ path: "/", host: "www.example.org " }, "host", "must have no white space, got 'www.example.org '"],
  [{ path: "/", host: "www\u00a0example" }, "host", "must have no white space, got 'www\u00a0example'"],
  [{ path: "/", statusCodes: "" }, "statusCodes", `${statusCodesRule}, got ''`],
  [{ path: "/", statusCodes: "0" }, "statusCodes", `${statusCodesRule}, got '0'`],
  [{ path: "/", statusCodes: "99" }, "statusCodes", `${statusCodesRule}, got '99'`],
  [{ path: "/", statusCodes: "600" }, "statusCodes", `${statusCodesRule}, got '600'`],
  [{ path: "/", statusCodes: "2xx" }, "statusCodes", `${statusCodesRule}, got '2xx'`],
  [{ path: "/", statusCodes: "200,301" }, "statusCodes", `${statusCodesRule}, got '200,301'`],
  [{ path: "/", statusCodes: "200  301" }, "statusCodes", `${statusCodesRule}, got '200  301'`],
  [{ path: "/", statusCodes: "299-200" }, "statusCodes", `${statusCodesRule}, got '299-200'`],
  [{ path: "/", statusCodes: "200-" }, "statusCodes", `${statusCodesRule}, got '200-'`],
  [{ path: "/", statusCodes: "200-250-299" }, "statusCodes", `${statusCodesRule}, got '200-250-299'`],
];

describe("the request options of http and ssl", () => {
  test.each(acceptedRequests)("accept %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", { type: "http", ...options })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "ssl", ...options })).toEqual([]);
  });

  test.each(refusedRequests)("refuse %j", (options, prop, message) => {
    const problems = [{ path: `realServers[0].healthCheck.${prop}`, message }];
    expect(healthCheckProblems("realServers[0].healthCheck", HealthCheck.http(options))).toEqual(problems);
    expect(healthCheckProblems("realServers[0].healthCheck", HealthCheck.ssl(options))).toEqual(problems);
  });
});

const acceptedServerNames: [string, DeepDeferrable<SslCheck>][] = [
  ["sni with a host", { type: "ssl", path: "/", sni: true, host: "www.example.org" }],
  ["sni with a host known only at apply", { type: "ssl", path: "/", sni: true, host: token }],
  ["no sni and no host", { type: "ssl", path: "/", sni: false }],
];

describe("the server name of ssl", () => {
  test.each(acceptedServerNames)("accepts %s", (_title, check) => {
    expect(healthCheckProblems("healthCheck", check)).toEqual([]);
  });

  test("refuses sni without a host", () => {
    expect(healthCheckProblems("healthCheck", HealthCheck.ssl({ path: "/", sni: true }))).toEqual([
      { path: "healthCheck.sni", message: "needs a host to send, got none; set host" },
    ]);
  });
});

test("every problem of a check is found at once", () => {
  const check = HealthCheck.ssl({ path: "x", statusCodes: "1", port: 0, retries: -1, sni: true });
  expect(healthCheckProblems("c", check).map(({ path }) => path)).toEqual([
    "c.path",
    "c.statusCodes",
    "c.port",
    "c.retries",
    "c.sni",
  ]);
});

test.each([
  ["another word", { type: "ping" }, "'ping'"],
  ["a word in capitals", { type: "TCP" }, "'TCP'"],
  ["no type", { port: 80 }, "undefined"],
  ["text instead of a check", "tcp", "undefined"],
  ["a token as type", { type: token }, "a value known only at apply"],
])("refuses %s, which plain JavaScript lets through", (_title, check, got) => {
  expect(healthCheckProblems("healthCheck", check as never)).toEqual([
    { path: "healthCheck.type", message: `must be a known value, got ${got}; use one of tcp, http, ssl, none` },
  ]);
});
