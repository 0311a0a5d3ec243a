import type { AddressFamily } from "../../src/model/address";
import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import {
  learningSeconds,
  takeoverSeconds,
  vrrpTimingProblems,
  vrrpVersion,
  withLearningTime,
  type VrrpTimingSettings,
} from "../../src/model/vrrp-timing";

type Timing = DeepDeferrable<VrrpTimingSettings>;

const token = new Deferred("${x}");
const ipv4Directors = ["10.0.0.1", "10.0.0.2"];
const ipv6Directors = ["2001:db8::a", "2001:db8::b"];

const accepted: [string, Timing][] = [
  ["nothing", {}],
  ["an advert every second", { advertIntervalSeconds: 1 }],
  ["the longest interval in whole seconds", { advertIntervalSeconds: 255 }],
  ["the shortest interval", { advertIntervalSeconds: 0.01 }],
  ["the longest interval with a fraction", { advertIntervalSeconds: 40.95 }],
  ["an interval in hundredths", { advertIntervalSeconds: 0.29 }],
  ["version 2 with its longest interval", { version: 2, advertIntervalSeconds: 255 }],
  ["version 3 with whole seconds", { version: 3, advertIntervalSeconds: 40 }],
  ["version 3 with its shortest interval", { version: 3, advertIntervalSeconds: 0.01 }],
  ["the least of missed adverts", { downTimerAdverts: 1 }],
  ["the most of missed adverts", { downTimerAdverts: 100 }],
  ["no preemption", { preempt: false }],
  ["no preemption and no delay", { preempt: false, preemptDelaySeconds: 0 }],
  ["the shortest delay", { preemptDelaySeconds: 0 }],
  ["a delay with a fraction", { preemptDelaySeconds: 4.125 }],
  ["the longest delay", { preempt: true, preemptDelaySeconds: 1000 }],
];

test.each(accepted)("accepts %s", (_title, timing) => {
  expect(vrrpTimingProblems(timing, ipv4Directors)).toEqual([]);
});

const literalRule = "must be known at synth, got a token; what else is written depends on it, pass a literal";
const intervalRule = "must be whole seconds from 1 to 255, or 0.01 to 40.95 in steps of 0.01";
const version2Rule = "must be whole seconds from 1 to 255 in VRRP version 2";
const version3Rule = "must be from 0.01 to 40.95 in steps of 0.01 in VRRP version 3";

const refused: [string, Timing, string, string][] = [
  ["version 4", { version: 4 as never }, "version", "must be 2 or 3, got 4"],
  ["a token as version", { version: token as never }, "version", "must be 2 or 3, got a value known only at apply"],
  ["interval 0", { advertIntervalSeconds: 0 }, "advertIntervalSeconds", `${intervalRule}, got 0`],
  ["interval 256", { advertIntervalSeconds: 256 }, "advertIntervalSeconds", `${intervalRule}, got 256`],
  ["interval 0.001", { advertIntervalSeconds: 0.001 }, "advertIntervalSeconds", `${intervalRule}, got 0.001`],
  ["interval 0.055", { advertIntervalSeconds: 0.055 }, "advertIntervalSeconds", `${intervalRule}, got 0.055`],
  ["interval 1.005", { advertIntervalSeconds: 1.005 }, "advertIntervalSeconds", `${intervalRule}, got 1.005`],
  ["interval 40.951", { advertIntervalSeconds: 40.951 }, "advertIntervalSeconds", `${intervalRule}, got 40.951`],
  ["interval 40.96", { advertIntervalSeconds: 40.96 }, "advertIntervalSeconds", `${intervalRule}, got 40.96`],
  ["interval 41.5", { advertIntervalSeconds: 41.5 }, "advertIntervalSeconds", `${intervalRule}, got 41.5`],
  ["interval -0.5", { advertIntervalSeconds: -0.5 }, "advertIntervalSeconds", `${intervalRule}, got -0.5`],
  ["interval NaN", { advertIntervalSeconds: NaN }, "advertIntervalSeconds", `${intervalRule}, got NaN`],
  ["interval Infinity", { advertIntervalSeconds: Infinity }, "advertIntervalSeconds", `${intervalRule}, got Infinity`],
  ["an interval as text", { advertIntervalSeconds: "1" as never }, "advertIntervalSeconds", `${intervalRule}, got '1'`],
  ["a token as interval", { advertIntervalSeconds: token }, "advertIntervalSeconds", literalRule],
  [
    "a fraction in version 2",
    { version: 2, advertIntervalSeconds: 0.5 },
    "advertIntervalSeconds",
    `${version2Rule}, got 0.5`,
  ],
  [
    "an interval that is too long for version 3",
    { version: 3, advertIntervalSeconds: 41 },
    "advertIntervalSeconds",
    `${version3Rule}, got 41`,
  ],
  [
    "a thousandth of a second in version 3",
    { version: 3, advertIntervalSeconds: 0.015 },
    "advertIntervalSeconds",
    `${version3Rule}, got 0.015`,
  ],
  ["no missed advert", { downTimerAdverts: 0 }, "downTimerAdverts", "must be an integer from 1 to 100, got 0"],
  ["101 missed adverts", { downTimerAdverts: 101 }, "downTimerAdverts", "must be an integer from 1 to 100, got 101"],
  ["a token as missed adverts", { downTimerAdverts: token }, "downTimerAdverts", literalRule],
  ["a negative delay", { preemptDelaySeconds: -1 }, "preemptDelaySeconds", "must be from 0 to 1000 seconds, got -1"],
  [
    "a delay of 1001 seconds",
    { preemptDelaySeconds: 1001 },
    "preemptDelaySeconds",
    "must be from 0 to 1000 seconds, got 1001",
  ],
  ["a token as delay", { preemptDelaySeconds: token }, "preemptDelaySeconds", literalRule],
  [
    "a delay of what never happens",
    { preempt: false, preemptDelaySeconds: 10 },
    "preemptDelaySeconds",
    "needs preemption, got 10 with preempt: false; leave one of them out",
  ],
];

test.each(refused)("refuses %s", (_title, timing, path, message) => {
  expect(vrrpTimingProblems(timing, ipv4Directors)).toEqual([{ path, message }]);
});

describe("between directors that speak version 3", () => {
  test.each([
    ["40 seconds between IPv6 directors", 40, ipv6Directors],
    ["40.95 seconds between IPv6 directors", 40.95, ipv6Directors],
    ["41 seconds between IPv4 directors", 41, ipv4Directors],
    ["41 seconds between directors known only at apply", 41, [token, token]],
    ["41 seconds without directors", 41, []],
  ])("an interval is accepted: %s", (_title, advertIntervalSeconds, directors) => {
    expect(vrrpTimingProblems({ advertIntervalSeconds }, directors)).toEqual([]);
  });

  test.each([
    ["both", ipv6Directors],
    ["the only known one", [token, "2001:db8::b"]],
  ])("an interval over 40.95 seconds is refused when %s is IPv6", (_title, directors) => {
    const reason = "IPv6 directors speak VRRP version 3, which has 12 bits for hundredths of a second";
    expect(vrrpTimingProblems({ advertIntervalSeconds: 41 }, directors)).toEqual([
      { path: "advertIntervalSeconds", message: `must be at most 40.95 between IPv6 directors, got 41; ${reason}` },
    ]);
  });

  test("version 2 is refused between IPv6 directors", () => {
    expect(vrrpTimingProblems({ version: 2 }, ipv6Directors)).toEqual([
      { path: "version", message: "must be 3 between IPv6 directors, got 2; only version 3 speaks IPv6" },
    ]);
  });
});

const versions: [Timing, AddressFamily | undefined, 2 | 3][] = [
  [{}, "IPv4", 2],
  [{ advertIntervalSeconds: 255 }, "IPv4", 2],
  [{ advertIntervalSeconds: 0.5 }, "IPv4", 3],
  [{ advertIntervalSeconds: 1.5 }, "IPv4", 3],
  [{ version: 3 }, "IPv4", 3],
  [{ version: 2 }, "IPv4", 2],
  [{}, "IPv6", 3],
  [{ advertIntervalSeconds: 0.5 }, "IPv6", 3],
  [{}, undefined, 2],
  [{ advertIntervalSeconds: 0.5 }, undefined, 3],
];

test.each(versions)("with %j %s directors speak version %d", (timing, family, version) => {
  expect(vrrpVersion(timing, family)).toBe(version);
});

test.each<[Timing, number]>([
  [{}, 4],
  [{ advertIntervalSeconds: 0.5 }, 2],
  [{ advertIntervalSeconds: 10, downTimerAdverts: 1 }, 20],
])("with %j a takeover is over after %d seconds", (timing, seconds) => {
  expect(takeoverSeconds(timing)).toBe(seconds);
});

test.each([
  [undefined, 15],
  [1, 6],
  [60, 65],
  // Nobody waits so long: connections that carry more are announced before.
  [61, 15],
  [0, 15],
  [token, 15],
])("with a refresh every %s seconds a director has learned of all connections after %d", (refresh, seconds) => {
  expect(learningSeconds(refresh)).toBe(seconds);
});

test("an instance waits for that unless it says otherwise or never preempts", () => {
  expect(withLearningTime({}, 15)).toEqual({ preemptDelaySeconds: 15 });
  for (const own of [{ preemptDelaySeconds: 0 }, { preemptDelaySeconds: 40 }, { preempt: false }]) {
    expect(withLearningTime(own, 15)).toEqual(own);
  }
});
