import {
  bfdInstancesOf,
  bfdInstancesProblems,
  BfdListener,
  pairBfdProblems,
  type BfdInstance,
} from "../../src/model/bfd";
import { Deferred } from "../../src/model/deferred";

const token = new Deferred("${x}");

function instance(different: Partial<BfdInstance> = {}): BfdInstance {
  return { name: "web1", neighborAddress: "10.0.0.21", ...different };
}

const accepted: [string, readonly BfdInstance[]][] = [
  ["none", []],
  ["a neighbor", [instance()]],
  ["the longest name", [instance({ name: `a${"b.-_".repeat(7)}cd` })]],
  ["the least", [instance({ minRxMilliseconds: 1, minTxMilliseconds: 1, idleTxMilliseconds: 1000, multiplier: 1 })]],
  [
    "the most",
    [instance({ minRxMilliseconds: 10000, minTxMilliseconds: 10000, idleTxMilliseconds: 10000, multiplier: 255 })],
  ],
  ["few hops", [instance({ ttl: 1, maxHops: 1 })]],
  ["many hops", [instance({ ttl: 255, maxHops: 255 })]],
  ["as many hops as the default lets through", [instance({ maxHops: 255 })]],
  ["the same over IPv6", [instance({ neighborAddress: "2001:db8::21", maxHops: 64 })]],
  [
    "weights",
    [instance({ weight: -253, reverse: true }), instance({ name: "b", neighborAddress: token, weight: 253 })],
  ],
  ["listeners", [instance({ listeners: Object.values(BfdListener) })]],
  ["a passive one", [instance({ passive: true, sourceAddress: "10.0.0.11" })]],
  [
    "one neighbor from two addresses",
    [instance({ sourceAddress: "10.0.0.11" }), instance({ name: "web1b", sourceAddress: "10.0.0.12" })],
  ],
  [
    "tokens",
    [instance({ sourceAddress: token, minRxMilliseconds: token, multiplier: token, ttl: token, maxHops: token })],
  ],
];

test.each(accepted)("accepts %s", (_title, instances) => {
  expect(bfdInstancesProblems("bfdInstances", instances)).toEqual([]);
});

test("accepts that there are none", () => {
  expect(bfdInstancesProblems("bfdInstances")).toEqual([]);
  expect(pairBfdProblems("bfdInstances")).toEqual([]);
});

const nameRule = "must be 1 to 31 letters, digits, '.', '_' and '-', without '.' or '-' at its start";

const refused: [Partial<BfdInstance>, string, string][] = [
  [{ name: "" }, "name", `${nameRule}, got ''`],
  [{ name: "-a" }, "name", `${nameRule}, got '-a'`],
  [{ name: "a".repeat(32) }, "name", `${nameRule}, got '${"a".repeat(32)}'`],
  [{ name: token }, "name", "must be known at synth, got a token; what else is written depends on it, pass a literal"],
  [{ neighborAddress: "web1" }, "neighborAddress", "must be an IPv4 or IPv6 address, got 'web1'"],
  [{ sourceAddress: "0.0.0.0" }, "sourceAddress", "must be a unicast address, got '0.0.0.0' (the unspecified address)"],
  [{ sourceAddress: "2001:db8::1" }, "sourceAddress", "must be IPv4 like the neighbor, got '2001:db8::1'"],
  [{ minRxMilliseconds: 0 }, "minRxMilliseconds", "must be an integer from 1 to 10000, got 0"],
  [{ minRxMilliseconds: 50.5 }, "minRxMilliseconds", "must be an integer from 1 to 10000, got 50.5"],
  [{ minTxMilliseconds: 10001 }, "minTxMilliseconds", "must be an integer from 1 to 10000, got 10001"],
  [{ idleTxMilliseconds: 999 }, "idleTxMilliseconds", "must be an integer from 1000 to 10000, got 999"],
  [{ multiplier: 0 }, "multiplier", "must be an integer from 1 to 255, got 0"],
  [{ multiplier: 256 }, "multiplier", "must be an integer from 1 to 255, got 256"],
  [{ ttl: 0 }, "ttl", "must be an integer from 1 to 255, got 0"],
  [{ ttl: 256 }, "ttl", "must be an integer from 1 to 255, got 256"],
  [{ maxHops: -1 }, "maxHops", "must be an integer from 0 to 255, got -1"],
  [{ ttl: 10, maxHops: 11 }, "maxHops", "must be an integer from 0 to 10, got 11"],
  [{ neighborAddress: "2001:db8::21", maxHops: 65 }, "maxHops", "must be an integer from 0 to 64, got 65"],
  [{ weight: 254 }, "weight", "must be an integer from -253 to 253, got 254"],
  [{ reverse: true }, "reverse", "needs weight, got none; set weight too"],
  [{ listeners: ["bgp" as BfdListener] }, "listeners[0]", "must be a known value, got 'bgp'; use one of vrrp, checker"],
];

test.each(refused)("refuses %j", (different, prop, message) => {
  expect(bfdInstancesProblems("bfdInstances", [instance(different)])).toEqual([
    { path: `bfdInstances[0].${prop}`, message },
  ]);
});

test("refuses a name and a neighbor twice", () => {
  const twice = [instance({ neighborAddress: "2001:db8::21" }), instance({ neighborAddress: "2001:db8:0::21" })];
  expect(bfdInstancesProblems("bfdInstances", twice)).toEqual([
    { path: "bfdInstances[1].name", message: "must be unique, got 'web1' again; bfdInstances[0] has it already" },
    {
      path: "bfdInstances[1].neighborAddress",
      message: "must be a neighbor of its own, got '2001:db8:0::21' again; bfdInstances[0] has it already",
    },
  ]);
});

test("a pair cannot speak from one address", () => {
  expect(pairBfdProblems("bfdInstances", [instance(), instance({ sourceAddress: "10.0.0.11" })])).toEqual([
    {
      path: "bfdInstances[1].sourceAddress",
      message: "must not be set in a pair, got '10.0.0.11'; each director speaks from its own address",
    },
  ]);
});

test.each([
  ["of its family", "10.0.0.21", "10.0.0.11", "10.0.0.11"],
  ["of the other family", "2001:db8::21", "10.0.0.11", undefined],
  ["over IPv6", "2001:db8::21", "2001:db8::11", "2001:db8::11"],
  ["for an address known only at apply, taken for IPv4", "10.0.0.21", token, token],
])("a director speaks from its own address to a neighbor %s", (_title, neighborAddress, own, source) => {
  const [resolved] = bfdInstancesOf([instance({ neighborAddress })], own);
  expect(resolved?.sourceAddress).toBe(source);
});

test("a director speaks from the address that it is told", () => {
  expect(bfdInstancesOf([instance({ sourceAddress: "10.0.0.12" })], "10.0.0.11")).toEqual([
    instance({ sourceAddress: "10.0.0.12" }),
  ]);
  expect(bfdInstancesOf(undefined, "10.0.0.11")).toEqual([]);
});
