import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck, healthCheckProblems } from "../../src/model/health-check";
import { DnsRecordType, type DnsCheckOptions } from "../../src/model/health-check/dns";
import type { UdpCheckOptions } from "../../src/model/health-check/udp";

const token = new Deferred("${x}");
const longLabel = "a".repeat(63);
const longName = `${longLabel}.${longLabel}.${longLabel}.${"a".repeat(61)}`;

const acceptedQuestions: [string, DeepDeferrable<DnsCheckOptions>][] = [
  ...Object.values(DnsRecordType).map((recordType): [string, DnsCheckOptions] => [recordType, { recordType }]),
  ["the root", { name: "." }],
  ["a name", { name: "example.org" }],
  ["a name with its last dot", { name: "www.example.org." }],
  ["a label of one character that is not the first", { name: "www.x.org" }],
  ["one label of one character alone", { name: "x" }],
  ["underscores", { name: "_sip._tcp.example.org" }],
  ["the longest name", { name: longName }],
  ["a token", { name: token }],
];

const nameRule = "must be labels of 1 to 63 letters, digits, '-' and '_' with dots between them, 253 characters in all";
const firstLabel = "must not begin with a label of one character, got ";
const emptyLabel = "; keepalived takes the first label for an empty one, ask for another name";

const refusedQuestions: [DnsCheckOptions, string, string][] = [
  [
    { recordType: "ANY" as DnsRecordType },
    "recordType",
    "must be a known value, got 'ANY'; use one of A, NS, CNAME, SOA, MX, TXT, AAAA, RRSIG, DNSKEY",
  ],
  [{ name: "" }, "name", `${nameRule}, got ''`],
  [{ name: ".org" }, "name", `${nameRule}, got '.org'`],
  [{ name: "a..b" }, "name", `${nameRule}, got 'a..b'`],
  [{ name: "example.org.." }, "name", `${nameRule}, got 'example.org..'`],
  [{ name: "exa mple.org" }, "name", `${nameRule}, got 'exa mple.org'`],
  [{ name: "bücher.example" }, "name", `${nameRule}, got 'bücher.example'`],
  [{ name: `${longLabel}a.org` }, "name", `${nameRule}, got '${longLabel}a.org'`],
  [{ name: `${longName}a` }, "name", `${nameRule}, got '${longName}a'`],
  [{ name: "x.org" }, "name", `${firstLabel}'x.org'${emptyLabel}`],
  [{ name: "x." }, "name", `${firstLabel}'x.'${emptyLabel}`],
];

describe("the question of dns", () => {
  test.each(acceptedQuestions)("accepts %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", { type: "dns", ...options })).toEqual([]);
  });

  test.each(refusedQuestions)("refuses %j", (options, prop, message) => {
    const problems = [{ path: `healthCheck.${prop}`, message }];
    expect(healthCheckProblems("healthCheck", HealthCheck.dns(options))).toEqual(problems);
  });
});

const acceptedPackets: [string, DeepDeferrable<UdpCheckOptions>][] = [
  ["a payload", { payload: "FF0a" }],
  ["a payload with spaces", { payload: "0a ff 10" }],
  ["any reply", { requireReply: true }],
  ["no reply", { requireReply: false }],
  ["a reply that begins so", { requireReply: "0a XX xf" }],
  ["the least lengths", { requireReply: "00", minReplyLength: 0, maxReplyLength: 0 }],
  ["the greatest lengths", { requireReply: "00", minReplyLength: 65535, maxReplyLength: 65535 }],
  ["the greatest least length by default", { requireReply: "00", minReplyLength: 255 }],
  ["tokens", { payload: token, requireReply: token, minReplyLength: token, maxReplyLength: token }],
];

const hexRule = "must be pairs of hexadecimal digits, at most 900 characters";
const replyRule = "must be pairs of hexadecimal digits or X, at most 900 characters";
const noText = "needs requireReply as text, got none; keepalived looks at no length without it";

const refusedPackets: [UdpCheckOptions, string, string][] = [
  [{ payload: "" }, "payload", `${hexRule}, got ''`],
  [{ payload: "0" }, "payload", `${hexRule}, got '0'`],
  [{ payload: "0a f" }, "payload", `${hexRule}, got '0a f'`],
  [{ payload: "0a  ff" }, "payload", `${hexRule}, got '0a  ff'`],
  [{ payload: "XX" }, "payload", `${hexRule}, got 'XX'`],
  [{ payload: "00".repeat(451) }, "payload", `${hexRule}, got '${"00".repeat(451)}'`],
  [{ payload: "0aFF" }, "payload", "must not end with FF, got '0aFF'; keepalived takes that for a mistake"],
  [{ requireReply: "ff" }, "requireReply", "must not end with FF, got 'ff'; keepalived takes that for a mistake"],
  [{ requireReply: "0g" }, "requireReply", `${replyRule}, got '0g'`],
  [{ requireReply: "00", minReplyLength: -1 }, "minReplyLength", "must be an integer from 0 to 255, got -1"],
  [{ requireReply: "00", minReplyLength: 256 }, "minReplyLength", "must be an integer from 0 to 255, got 256"],
  [
    { requireReply: "00", minReplyLength: 9, maxReplyLength: 8 },
    "minReplyLength",
    "must be an integer from 0 to 8, got 9",
  ],
  [{ requireReply: "00", maxReplyLength: 65536 }, "maxReplyLength", "must be an integer from 0 to 65535, got 65536"],
  [{ minReplyLength: 1 }, "minReplyLength", noText],
  [{ requireReply: true, maxReplyLength: 1 }, "maxReplyLength", noText],
];

describe("the packets of udp", () => {
  test.each(acceptedPackets)("accept %s", (_title, options) => {
    expect(healthCheckProblems("healthCheck", { type: "udp", ...options })).toEqual([]);
  });

  test.each(refusedPackets)("refuse %j", (options, prop, message) => {
    const problems = [{ path: `healthCheck.${prop}`, message }];
    expect(healthCheckProblems("healthCheck", HealthCheck.udp(options))).toEqual(problems);
  });
});
