import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import {
  bindFamilyProblems,
  type CheckConnectionOptions,
  type CheckPortOptions,
  type CheckTargetOptions,
} from "../../src/model/health-check/connection";
import type { CheckTimingOptions } from "../../src/model/health-check/timing";

const token = new Deferred("${x}");

type Options = DeepDeferrable<CheckConnectionOptions>;

/** A check of each type that takes timing, target, port and connection options, with these. */
const TIMED: Record<string, (options: Options) => DeepDeferrable<HealthCheck>> = {
  misc: (options) => ({ type: "misc", script: "/bin/true", ...options }),
};
const TARGETED: typeof TIMED = { ping: (options) => ({ type: "ping", ...options }) };
const WITH_PORT: typeof TIMED = { udp: (options) => ({ type: "udp", ...options }) };
const CONNECTED: typeof TIMED = {
  tcp: (options) => ({ type: "tcp", ...options }),
  http: (options) => ({ type: "http", path: "/", ...options }),
  ssl: (options) => ({ type: "ssl", path: "/", ...options }),
  smtp: (options) => ({ type: "smtp", ...options }),
  dns: (options) => ({ type: "dns", ...options }),
};

const withPort = { ...CONNECTED, ...WITH_PORT };
const targeted = { ...withPort, ...TARGETED };
const timed = { ...targeted, ...TIMED };

const acceptedTiming: [string, DeepDeferrable<CheckTimingOptions>][] = [
  ["the lowest values", { retries: 0, delayBeforeRetrySeconds: 0, delayLoopSeconds: 0.1, warmupSeconds: 0 }],
  ["the highest values", { retries: 100, delayBeforeRetrySeconds: 3600, delayLoopSeconds: 3600, warmupSeconds: 3600 }],
  ["parts of a second", { delayBeforeRetrySeconds: 0.5, delayLoopSeconds: 1.125, warmupSeconds: 0.001 }],
  ["switches that are on", { alpha: true, logAllFailures: true }],
  ["switches that are off", { alpha: false, logAllFailures: false }],
  ["tokens", { retries: token, delayBeforeRetrySeconds: token, delayLoopSeconds: token, warmupSeconds: token }],
];

const refusedTiming: [CheckTimingOptions, string, string][] = [
  [{ retries: -1 }, "retries", "must be an integer from 0 to 100, got -1"],
  [{ retries: 101 }, "retries", "must be an integer from 0 to 100, got 101"],
  [{ retries: 1.5 }, "retries", "must be an integer from 0 to 100, got 1.5"],
  [{ delayBeforeRetrySeconds: -1 }, "delayBeforeRetrySeconds", "must be from 0 to 3600 seconds, got -1"],
  [{ delayBeforeRetrySeconds: 3601 }, "delayBeforeRetrySeconds", "must be from 0 to 3600 seconds, got 3601"],
  [{ delayLoopSeconds: 0.099 }, "delayLoopSeconds", "must be from 0.1 to 3600 seconds, got 0.099"],
  [{ delayLoopSeconds: 3601 }, "delayLoopSeconds", "must be from 0.1 to 3600 seconds, got 3601"],
  [{ warmupSeconds: -0.5 }, "warmupSeconds", "must be from 0 to 3600 seconds, got -0.5"],
  [{ warmupSeconds: 3601 }, "warmupSeconds", "must be from 0 to 3600 seconds, got 3601"],
];

describe.each(Object.entries(timed))("the timing of %s", (_type, check) => {
  test.each(acceptedTiming)("accepts %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([]);
  });

  test.each(refusedTiming)("refuses %j", (options, prop, message) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([{ path: `healthCheck.${prop}`, message }]);
  });
});

const acceptedTargets: [string, DeepDeferrable<CheckTargetOptions>][] = [
  ["another address", { address: "192.0.2.99", connectTimeoutSeconds: 0.01 }],
  ["the loopback", { address: "::1", connectTimeoutSeconds: 3600 }],
  ["parts of a second", { connectTimeoutSeconds: 0.3 }],
  ["tokens", { address: token, connectTimeoutSeconds: token }],
];

const refusedTargets: [CheckTargetOptions, string, string][] = [
  [{ address: "web1" }, "address", "must be an IPv4 or IPv6 address, got 'web1'"],
  [{ connectTimeoutSeconds: 0.009 }, "connectTimeoutSeconds", "must be from 0.01 to 3600 seconds, got 0.009"],
  [{ connectTimeoutSeconds: 3601 }, "connectTimeoutSeconds", "must be from 0.01 to 3600 seconds, got 3601"],
  [
    { address: "fe80::1" },
    "address",
    "needs an interface with a link-local address, got 'fe80::1' alone; set bindInterface, which TCP, HTTP, SSL, SMTP and DNS checks have",
  ],
];

describe.each(Object.entries(targeted))("the target of %s", (_type, check) => {
  test.each(acceptedTargets)("accepts %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([]);
  });

  test.each(refusedTargets)("refuses %j", (options, prop, message) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([{ path: `healthCheck.${prop}`, message }]);
  });
});

const acceptedPorts: [string, DeepDeferrable<CheckPortOptions>][] = [
  ["the lowest values", { port: 1, bindAddress: "192.0.2.1", bindPort: 1, firewallMark: 1 }],
  ["the highest values", { port: 65535, bindAddress: "::1", bindPort: 65535, firewallMark: 4294967295 }],
  ["tokens", { port: token, bindAddress: token, bindPort: token, firewallMark: token }],
];

const refusedPorts: [CheckPortOptions, string, string][] = [
  [{ port: 0 }, "port", "must be an integer from 1 to 65535, got 0"],
  [{ port: 65536 }, "port", "must be an integer from 1 to 65535, got 65536"],
  [{ bindAddress: "lb1" }, "bindAddress", "must be an IPv4 or IPv6 address, got 'lb1'"],
  [{ bindAddress: "::1", bindPort: 0 }, "bindPort", "must be an integer from 1 to 65535, got 0"],
  [{ bindPort: 1024 }, "bindPort", "needs bindAddress, got none; set bindAddress too"],
  [{ firewallMark: 0 }, "firewallMark", "must be an integer from 1 to 4294967295, got 0"],
  [{ firewallMark: 4294967296 }, "firewallMark", "must be an integer from 1 to 4294967295, got 4294967296"],
];

describe.each(Object.entries(withPort))("the ports of %s", (_type, check) => {
  test.each(acceptedPorts)("accept %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([]);
  });

  test.each(refusedPorts)("refuse %j", (options, prop, message) => {
    expect(healthCheckProblems("healthCheck", check(options))).toEqual([{ path: `healthCheck.${prop}`, message }]);
  });
});

describe.each(Object.entries(CONNECTED))("the interface of %s", (_type, check) => {
  test("accepts a name, also with link-local addresses, and a token", () => {
    const linkLocal = { address: "fe80::1", bindAddress: "fe80::2" };
    expect(healthCheckProblems("healthCheck", check({ ...linkLocal, bindInterface: "eth0" }))).toEqual([]);
    expect(healthCheckProblems("healthCheck", check({ ...linkLocal, bindInterface: token }))).toEqual([]);
  });

  test("refuses what is no name", () => {
    const message = "must be an interface name of 1 to 15 bytes, got ''";
    const problem = { path: "healthCheck.bindInterface", message };
    expect(healthCheckProblems("healthCheck", check({ bindInterface: "" }))).toEqual([problem]);
  });
});

test.each([
  ["the address of the real server", {}, "10.0.0.1", "10.0.0.1"],
  ["the address that is checked", { address: "::1" }, "10.0.0.1", "::1"],
])("refuses to connect from another family than %s", (_title, target, server, shown) => {
  const bindAddress = shown === "::1" ? "10.0.0.2" : "2001:db8::2";
  const family = shown === "::1" ? "IPv6" : "IPv4";
  const message = `must be ${family} like ${shown}, which is checked, got '${bindAddress}'`;
  expect(bindFamilyProblems("c", { ...target, bindAddress }, server)).toEqual([{ path: "c.bindAddress", message }]);
});

test.each([
  ["the same family", { bindAddress: "10.0.0.2" }, "10.0.0.1"],
  ["no address", {}, "10.0.0.1"],
  ["an address known only at apply", { bindAddress: token }, "10.0.0.1"],
  ["a real server known only at apply", { bindAddress: "::1" }, token],
])("connects from %s", (_title, check, server) => {
  expect(bindFamilyProblems("c", check, server)).toEqual([]);
});
