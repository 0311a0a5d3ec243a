import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import { DnsRecordType } from "../../src/model/health-check/dns";

const token = new Deferred("${x}");
const trackFile = { name: "load", path: "/run/load" };

test("the functions mark what they made by its type", () => {
  expect([
    HealthCheck.tcp(),
    HealthCheck.tcp({ port: 8080, retries: 0 }),
    HealthCheck.http({ path: "/health" }),
    HealthCheck.ssl({ path: "/", host: "www.example.org", sni: true }),
    HealthCheck.smtp({ heloName: "lb" }),
    HealthCheck.dns({ recordType: DnsRecordType.A }),
    HealthCheck.udp({ requireReply: true }),
    HealthCheck.ping({ retries: 2 }),
    HealthCheck.misc({ script: "/bin/true" }),
    HealthCheck.bfd({ name: "web1" }),
    HealthCheck.file({ trackFile }),
    HealthCheck.none(),
  ]).toEqual([
    { type: "tcp" },
    { type: "tcp", port: 8080, retries: 0 },
    { type: "http", path: "/health" },
    { type: "ssl", path: "/", host: "www.example.org", sni: true },
    { type: "smtp", heloName: "lb" },
    { type: "dns", recordType: "A" },
    { type: "udp", requireReply: true },
    { type: "ping", retries: 2 },
    { type: "misc", script: "/bin/true" },
    { type: "bfd", name: "web1" },
    { type: "file", trackFile },
    { type: "none" },
  ]);
});

const accepted: [string, DeepDeferrable<HealthCheck> | undefined][] = [
  ["no check given", undefined],
  ["none", HealthCheck.none()],
  ["tcp without options", HealthCheck.tcp()],
  ["http with a path only", HealthCheck.http({ path: "/" })],
  ["ssl with a path only", HealthCheck.ssl({ path: "/" })],
  ["smtp without options", HealthCheck.smtp()],
  ["dns without options", HealthCheck.dns()],
  ["udp without options", HealthCheck.udp()],
  ["ping without options", HealthCheck.ping()],
  ["misc with a program of the host", HealthCheck.misc({ script: "/bin/true" })],
  ["misc with a program known only at apply", { type: "misc", script: token }],
  ["misc with a script", HealthCheck.misc({ script: { text: "#!/bin/sh\nexit 0\n" } })],
  ["bfd with a name", HealthCheck.bfd({ name: "web1" })],
  ["file without a weight", HealthCheck.file({ trackFile })],
  ["smtp with a name known only at apply", { type: "smtp", heloName: token }],
  ["ssl that ends its session", HealthCheck.ssl({ path: "/", tlsCompliant: true })],
];

test.each(accepted)("accepts %s", (_title, check) => {
  expect(healthCheckProblems("healthCheck", check)).toEqual([]);
});

const refused: [HealthCheck, string, string][] = [
  [HealthCheck.smtp({ heloName: "" }), "heloName", "must not be empty, got ''; leave it out instead"],
  [
    HealthCheck.smtp({ heloName: 'a"b' }),
    "heloName",
    `must have no quotes, backslashes or control characters, got 'a"b'`,
  ],
  [HealthCheck.smtp({ heloName: "a b" }), "heloName", "must have no white space, got 'a b'"],
  [HealthCheck.bfd({ name: "" }), "name", bfdName("''")],
  [HealthCheck.bfd({ name: "a b" }), "name", bfdName("'a b'")],
  [HealthCheck.bfd({ name: "a".repeat(32) }), "name", bfdName(`'${"a".repeat(32)}'`)],
  [HealthCheck.file({ trackFile, weight: 2147483648 }), "weight", weight("2147483648")],
  [HealthCheck.file({ trackFile, weight: -2147483648 }), "weight", weight("-2147483648")],
  [HealthCheck.file({ trackFile, weight: 0.5 }), "weight", weight("0.5")],
  [HealthCheck.file({ trackFile, reverse: true }), "reverse", "needs weight, got none; set weight too"],
  [
    HealthCheck.file({ trackFile: { name: "load", path: "run/load" } }),
    "trackFile.path",
    "must be an absolute path, got 'run/load'",
  ],
];

function bfdName(got: string): string {
  return `must be 1 to 31 letters, digits, '.', '_' and '-', without '.' or '-' at its start, got ${got}`;
}

function weight(got: string): string {
  return `must be an integer from -2147483647 to 2147483647, got ${got}`;
}

test.each(refused)("refuses %j", (check, prop, message) => {
  expect(healthCheckProblems("healthCheck", check)).toEqual([{ path: `healthCheck.${prop}`, message }]);
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

const TYPES = "tcp, http, ssl, smtp, dns, udp, ping, misc, bfd, file, none";

test.each([
  ["another word", { type: "icmp" }, "'icmp'"],
  ["a word in capitals", { type: "TCP" }, "'TCP'"],
  ["no type", { port: 80 }, "undefined"],
  ["text instead of a check", "tcp", "undefined"],
  ["a token as type", { type: token }, "a value known only at apply"],
])("refuses %s, which plain JavaScript lets through", (_title, check, got) => {
  expect(healthCheckProblems("healthCheck", check as never)).toEqual([
    { path: "healthCheck.type", message: `must be a known value, got ${got}; use one of ${TYPES}` },
  ]);
});
