import { Deferred } from "../../src/model/deferred";
import { PersistenceEngine, persistenceMask, persistenceProblems, type Persistence } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";

const IPV4 = { vip: "192.0.2.1" };
const IPV6 = { vip: "2001:db8::1" };
const UDP = { ...IPV4, protocol: Protocol.UDP };
const token = new Deferred("${x}");
const { SIP } = PersistenceEngine;
const timeoutSeconds = 300;

test("accepts no persistence", () => {
  expect(persistenceProblems("persistence", undefined, IPV4)).toEqual([]);
});

type Service = Parameters<typeof persistenceProblems>[2];

const accepted: [string, Persistence, Service][] = [
  ["a timeout of one second", { timeoutSeconds: 1 }, IPV4],
  ["a timeout of 31 days", { timeoutSeconds: 2678400 }, IPV4],
  ["a timeout known only at apply", { timeoutSeconds: token }, IPV4],
  ["a VIP known only at apply", { timeoutSeconds }, { vip: token }],
  ["the shortest prefix", { timeoutSeconds, prefixLength: 1 }, IPV4],
  ["the longest prefix", { timeoutSeconds, prefixLength: 32 }, IPV4],
  ["the shortest prefix of IPv6", { timeoutSeconds, prefixLength: 1 }, IPV6],
  ["the longest prefix of IPv6", { timeoutSeconds, prefixLength: 128 }, IPV6],
  ["SIP over UDP", { timeoutSeconds, engine: SIP }, UDP],
  ["SIP over UDP with a prefix", { timeoutSeconds, engine: SIP, prefixLength: 24 }, UDP],
];

test.each(accepted)("accepts %s", (_title, persistence, service) => {
  expect(persistenceProblems("persistence", persistence, service)).toEqual([]);
});

const notTimeout = "must be an integer from 1 to 2678400, got";
const notUdp = "the kernel reads SIP in UDP only";

const refused: [string, Persistence, Service, string, string][] = [
  ["a timeout of zero", { timeoutSeconds: 0 }, IPV4, "timeoutSeconds", `${notTimeout} 0`],
  ["a timeout less than zero", { timeoutSeconds: -1 }, IPV4, "timeoutSeconds", `${notTimeout} -1`],
  ["a second more than 31 days", { timeoutSeconds: 2678401 }, IPV4, "timeoutSeconds", `${notTimeout} 2678401`],
  ["a fraction of a second", { timeoutSeconds: 0.5 }, IPV4, "timeoutSeconds", `${notTimeout} 0.5`],
  ["a timeout that is no number", { timeoutSeconds: NaN }, IPV4, "timeoutSeconds", `${notTimeout} NaN`],
  ["no prefix", { timeoutSeconds, prefixLength: 0 }, IPV4, "prefixLength", "must be an integer from 1 to 32, got 0"],
  [
    "a prefix of IPv6 for IPv4",
    { timeoutSeconds, prefixLength: 64 },
    IPV4,
    "prefixLength",
    "must be an integer from 1 to 32, got 64",
  ],
  [
    "a prefix that is too long",
    { timeoutSeconds, prefixLength: 129 },
    IPV6,
    "prefixLength",
    "must be an integer from 1 to 128, got 129",
  ],
  [
    "a prefix known only at apply",
    { timeoutSeconds, prefixLength: token },
    IPV4,
    "prefixLength",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  [
    "a prefix for a VIP known only at apply",
    { timeoutSeconds, prefixLength: 64 },
    { vip: token },
    "prefixLength",
    "needs a VIP known at synth, got a token; its family decides how a prefix is written",
  ],
  [
    "an engine that nobody has",
    { timeoutSeconds, engine: "http" as never },
    UDP,
    "engine",
    "must be a known value, got 'http'; use one of sip",
  ],
  [
    "a token as engine",
    { timeoutSeconds, engine: token as never },
    UDP,
    "engine",
    "must be known at synth, got a token; what else is written depends on it, use one of sip",
  ],
  [
    "SIP over TCP, the default",
    { timeoutSeconds, engine: SIP },
    IPV4,
    "engine",
    `needs protocol UDP, got 'TCP'; ${notUdp}`,
  ],
  [
    "SIP over SCTP",
    { timeoutSeconds, engine: SIP },
    { ...IPV4, protocol: Protocol.SCTP },
    "engine",
    `needs protocol UDP, got 'SCTP'; ${notUdp}`,
  ],
];

test.each(refused)("refuses %s", (_title, persistence, service, path, message) => {
  expect(persistenceProblems("persistence", persistence, service)).toEqual([{ path: `persistence.${path}`, message }]);
});

test.each([
  [1, "192.0.2.1", "128.0.0.0"],
  [8, "192.0.2.1", "255.0.0.0"],
  [20, "192.0.2.1", "255.255.240.0"],
  [31, "192.0.2.1", "255.255.255.254"],
  [32, "192.0.2.1", "255.255.255.255"],
  [1, "2001:db8::1", "1"],
  [24, "2001:db8::1", "24"],
  [128, "2001:db8::1", "128"],
])("a prefix of %i bits for %s is written %s", (prefixLength, vip, mask) => {
  expect(persistenceMask(prefixLength, vip)).toBe(mask);
});
