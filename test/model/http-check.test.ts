import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import { HttpProtocol, urlsOf, type HttpCheckOptions } from "../../src/model/health-check/http";
import type { HttpUrl } from "../../src/model/health-check/http-url";
import type { SslCheck } from "../../src/model/health-check/ssl";

const token = new Deferred("${x}");
const digest = "9b3a0c85a887a256d6939da88aabd8cd";

const acceptedPages: [string, DeepDeferrable<HttpUrl>][] = [
  ["a path with a query", { path: "/health?full=1&from=lvs#top" }],
  ["the longest path", { path: `/${"a".repeat(899)}` }],
  ["a host name", { path: "/", host: "www.example.org" }],
  ["an IPv6 host", { path: "/", host: "[2001:db8::1]:8080" }],
  ["one status code", { path: "/", statusCodes: "204" }],
  ["the lowest and the highest status code", { path: "/", statusCodes: "100 599" }],
  ["ranges of status codes", { path: "/", statusCodes: "200-299 301 401-403" }],
  ["a range of one status code", { path: "/", statusCodes: "200-200" }],
  ["a digest", { path: "/", digest }],
  ["a digest in capitals", { path: "/", digest: digest.toUpperCase() }],
  ["a regular expression", { path: "/", regex: { pattern: "ok" } }],
  ["tokens", { path: token, host: token, statusCodes: token, digest: token }],
];

const statusCodesRule = "must be codes or ranges from 100 to 599 like '200-299 301'";
const quotableRule = "must have no quotes, backslashes or control characters";
const definition = "must not have '$_' or '${_', which keepalived takes for definitions of its own";

const refusedPages: [HttpUrl, string, string][] = [
  [{ path: "" }, "path", "must start with '/' and have no spaces, got ''"],
  [{ path: "health" }, "path", "must start with '/' and have no spaces, got 'health'"],
  [{ path: "http://web/" }, "path", "must start with '/' and have no spaces, got 'http://web/'"],
  [{ path: "/a b" }, "path", "must start with '/' and have no spaces, got '/a b'"],
  [{ path: '/"' }, "path", `${quotableRule}, got '/"'`],
  [{ path: "/a\\b" }, "path", String.raw`${quotableRule}, got '/a\b'`],
  [{ path: "/${_PWD}" }, "path", `${definition}, got '/\${_PWD}'`],
  [{ path: `/${"a".repeat(900)}` }, "path", "must be at most 900 bytes, got 901"],
  [{ path: "/", host: "" }, "host", "must not be empty, got ''; leave it out instead"],
  [{ path: "/", host: "a\r\nb" }, "host", String.raw`${quotableRule}, got 'a\r\nb'`],
  [{ path: "/", host: "www example.org" }, "host", "must have no white space, got 'www example.org'"],
  [{ path: "/", host: "www.example.org " }, "host", "must have no white space, got 'www.example.org '"],
  [{ path: "/", host: "www\u00a0example" }, "host", "must have no white space, got 'www\u00a0example'"],
  [{ path: "/", host: "$_HASH" }, "host", `${definition}, got '$_HASH'`],
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
  [
    { path: "/", statusCodes: "200 ".repeat(226) + "2" },
    "statusCodes",
    `${statusCodesRule}, got '${"200 ".repeat(226)}2'`,
  ],
  [{ path: "/", statusCodes: "200 ".repeat(225) + "200" }, "statusCodes", "must be at most 900 bytes, got 903"],
  [{ path: "/", digest: digest.slice(1) }, "digest", `must be 32 hexadecimal digits, got '${digest.slice(1)}'`],
  [{ path: "/", digest: `${digest.slice(1)}g` }, "digest", `must be 32 hexadecimal digits, got '${digest.slice(1)}g'`],
  [{ path: "/", regex: { pattern: "" } }, "regex.pattern", "must not be empty, got ''"],
];

describe("a page of http and ssl", () => {
  test.each(acceptedPages)("accepts %s", (_title, page) => {
    expect(healthCheckProblems("healthCheck", { type: "http", ...page })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "ssl", ...page })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "http", urls: [page] })).toEqual([]);
  });

  test.each(refusedPages)("refuses %j", (page, prop, message) => {
    const problems = [{ path: `realServers[0].healthCheck.${prop}`, message }];
    expect(healthCheckProblems("realServers[0].healthCheck", HealthCheck.http(page))).toEqual(problems);
    expect(healthCheckProblems("realServers[0].healthCheck", HealthCheck.ssl(page))).toEqual(problems);
    expect(healthCheckProblems("c", HealthCheck.http({ urls: [{ path: "/" }, page] }))).toEqual([
      { path: `c.urls[1].${prop}`, message },
    ]);
  });
});

const acceptedRequests: [string, DeepDeferrable<HttpCheckOptions>][] = [
  ...Object.values(HttpProtocol).map((protocol): [string, HttpCheckOptions] => [protocol, { path: "/", protocol }]),
  ["fast recovery", { path: "/", fastRecovery: true }],
  ["several pages with a host for all", { urls: [{ path: "/a" }, { path: "/b" }], host: "www.example.org" }],
];

const refusedRequests: [HttpCheckOptions, string, string][] = [
  [{}, "path", "must be the path of a page, got none; set path, or urls"],
  [{ host: "www.example.org" }, "path", "must be the path of a page, got none; set path, or urls"],
  [{ urls: [] }, "urls", "must hold at least one page, got none"],
  [{ urls: [{ path: "/" }], path: "/" }, "path", "must not be set beside urls, got both; move it into urls"],
  [
    { urls: [{ path: "/" }], statusCodes: "200" },
    "statusCodes",
    "must not be set beside urls, got both; move it into urls",
  ],
  [{ urls: [{ path: "/" }], digest }, "digest", "must not be set beside urls, got both; move it into urls"],
  [
    { urls: [{ path: "/" }], regex: { pattern: "ok" } },
    "regex",
    "must not be set beside urls, got both; move it into urls",
  ],
  [
    { path: "/", protocol: "2" as HttpProtocol },
    "protocol",
    "must be a known value, got '2'; use one of 1.0, 1.0C, 1.1",
  ],
];

describe("a request of http and ssl", () => {
  test.each(acceptedRequests)("accepts %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", { type: "http", ...options })).toEqual([]);
    expect(healthCheckProblems("healthCheck", { type: "ssl", ...options })).toEqual([]);
  });

  test.each(refusedRequests)("refuses %j", (options, prop, message) => {
    const problems = [{ path: `healthCheck.${prop}`, message }];
    expect(healthCheckProblems("healthCheck", HealthCheck.http(options))).toEqual(problems);
    expect(healthCheckProblems("healthCheck", HealthCheck.ssl(options))).toEqual(problems);
  });
});

test("the host of the check is that of every page without one of its own", () => {
  const urls = [{ path: "/a" }, { path: "/b", host: "b.example.org" }];
  expect(urlsOf({ host: "a.example.org", urls })).toEqual([
    { path: "/a", host: "a.example.org" },
    { path: "/b", host: "b.example.org" },
  ]);
});

const acceptedServerNames: [string, DeepDeferrable<SslCheck>][] = [
  ["sni with a host", { type: "ssl", path: "/", sni: true, host: "www.example.org" }],
  ["sni with a host known only at apply", { type: "ssl", path: "/", sni: true, host: token }],
  ["sni with a host for several pages", { type: "ssl", urls: [{ path: "/" }], sni: true, host: "www.example.org" }],
  ["no sni and no host", { type: "ssl", path: "/", sni: false }],
];

describe("the server name of ssl", () => {
  test.each(acceptedServerNames)("accepts %s", (_title, check) => {
    expect(healthCheckProblems("healthCheck", check)).toEqual([]);
  });

  test.each([
    [{ path: "/", sni: true }],
    [{ urls: [{ path: "/", host: "www.example.org" }, { path: "/" }], sni: true }],
  ])("refuses a page without a host: %j", (options) => {
    expect(healthCheckProblems("healthCheck", HealthCheck.ssl(options))).toEqual([
      { path: "healthCheck.sni", message: "needs a host to send, got none; set host" },
    ]);
  });
});
