import { addressFamily, canonicalAddress, unicastProblems, type AddressFamily } from "../../src/model/address";
import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { anchorAddress, vrrpProblems, vrrpVersion, type VrrpSettings } from "../../src/model/vrrp";

type Settings = DeepDeferrable<VrrpSettings>;

const token = new Deferred("${x}");
const settings: Settings = { interface: "eth0", virtualRouterId: 51 };
const ipv4Directors = ["10.0.0.1", "10.0.0.2"];

const accepted: [string, Partial<Settings>][] = [
  ["an interface and a VRID", {}],
  ["an interface known only at apply", { interface: token }],
  ["the lowest VRID", { virtualRouterId: 1 }],
  ["the highest VRID", { virtualRouterId: 255 }],
  ["an advert every second", { advertIntervalSeconds: 1 }],
  ["the longest interval in whole seconds", { advertIntervalSeconds: 255 }],
  ["the shortest interval", { advertIntervalSeconds: 0.01 }],
  ["the longest interval with a fraction", { advertIntervalSeconds: 40.95 }],
  ["an interval in hundredths", { advertIntervalSeconds: 0.29 }],
  ["no preemption", { preempt: false }],
  ["no interface to track", { trackInterfaces: [] }],
  ["another interface to track", { trackInterfaces: ["eth1", "bond0.100"] }],
  ["an interface to track known only at apply", { trackInterfaces: [token] }],
  ["two interfaces to track known only at apply", { trackInterfaces: [token, new Deferred("${y}")] }],
  ["the loopback interface to track", { trackInterfaces: ["lo"] }],
  ["an own interface known only at apply that may be the tracked one", { interface: token, trackInterfaces: ["eth1"] }],
  ["no ARP setting", { gratuitousArp: {} }],
  ["the lowest ARP settings", { gratuitousArp: { masterDelaySeconds: 1, masterRepeat: 1, masterRefreshSeconds: 1 } }],
  [
    "the highest ARP settings",
    { gratuitousArp: { masterDelaySeconds: 3600, masterRepeat: 100, masterRefreshSeconds: 86400 } },
  ],
  [
    "ARP settings known only at apply",
    { gratuitousArp: { masterDelaySeconds: token, masterRepeat: token, masterRefreshSeconds: token } },
  ],
];

test.each(accepted)("accepts %s", (_title, props) => {
  expect(vrrpProblems({ ...settings, ...props }, ipv4Directors)).toEqual([]);
});

const lengthRule = "must be an interface name of 1 to 15 bytes";
const characterRule = `must be an interface name without white space, control characters and / : " ' # ! { } @ $ % \\`;
const literalRule = "must be known at synth, got a token; pass a literal";
const intervalRule = "must be whole seconds from 1 to 255, or 0.01 to 40.95 in steps of 0.01";
const ownRule = "the instance's own is always tracked";

const refused: [string, Partial<Settings>, string, string][] = [
  ["no interface", { interface: "" }, "interface", `${lengthRule}, got ''`],
  ["an interface with an alias", { interface: "eth0:1" }, "interface", `${characterRule}, got 'eth0:1'`],
  [
    "the loopback interface",
    { interface: "lo" },
    "interface",
    "must be an interface that reaches the other director, got 'lo'",
  ],
  ["VRID 0", { virtualRouterId: 0 }, "virtualRouterId", "must be an integer from 1 to 255, got 0"],
  ["VRID 256", { virtualRouterId: 256 }, "virtualRouterId", "must be an integer from 1 to 255, got 256"],
  ["VRID 1.5", { virtualRouterId: 1.5 }, "virtualRouterId", "must be an integer from 1 to 255, got 1.5"],
  ["a token as VRID", { virtualRouterId: token }, "virtualRouterId", literalRule],
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
    "a tracked interface without name",
    { trackInterfaces: ["eth1", ""] },
    "trackInterfaces[1]",
    `${lengthRule}, got ''`,
  ],
  [
    "the own interface among the tracked",
    { trackInterfaces: ["eth1", "eth0"] },
    "trackInterfaces[1]",
    `must be another interface, got 'eth0'; ${ownRule}`,
  ],
  [
    "the own interface among the tracked when it is known only at apply",
    { interface: token, trackInterfaces: [token] },
    "trackInterfaces[0]",
    `must be another interface, got a value known only at apply; ${ownRule}`,
  ],
  [
    "an interface tracked twice",
    { trackInterfaces: ["eth1", "eth2", "eth1"] },
    "trackInterfaces[2]",
    "must be tracked once, got 'eth1' again; it is trackInterfaces[0] already",
  ],
  [
    "an interface known only at apply tracked twice",
    { trackInterfaces: [token, token] },
    "trackInterfaces[1]",
    "must be tracked once, got a value known only at apply again; it is trackInterfaces[0] already",
  ],
  [
    "ARP delay 0",
    { gratuitousArp: { masterDelaySeconds: 0 } },
    "gratuitousArp.masterDelaySeconds",
    "must be an integer from 1 to 3600, got 0",
  ],
  [
    "ARP delay 3601",
    { gratuitousArp: { masterDelaySeconds: 3601 } },
    "gratuitousArp.masterDelaySeconds",
    "must be an integer from 1 to 3600, got 3601",
  ],
  [
    "ARP repeat 0",
    { gratuitousArp: { masterRepeat: 0 } },
    "gratuitousArp.masterRepeat",
    "must be an integer from 1 to 100, got 0",
  ],
  [
    "ARP repeat 101",
    { gratuitousArp: { masterRepeat: 101 } },
    "gratuitousArp.masterRepeat",
    "must be an integer from 1 to 100, got 101",
  ],
  [
    "ARP refresh 0",
    { gratuitousArp: { masterRefreshSeconds: 0 } },
    "gratuitousArp.masterRefreshSeconds",
    "must be an integer from 1 to 86400, got 0",
  ],
  [
    "ARP refresh 86401",
    { gratuitousArp: { masterRefreshSeconds: 86401 } },
    "gratuitousArp.masterRefreshSeconds",
    "must be an integer from 1 to 86400, got 86401",
  ],
];

test.each(refused)("refuses %s", (_title, props, path, message) => {
  expect(vrrpProblems({ ...settings, ...props }, ipv4Directors)).toEqual([{ path, message }]);
});

test("every hit of the own interface among the tracked is told", () => {
  const problems = vrrpProblems({ ...settings, trackInterfaces: ["eth0", "eth1", "eth0"] }, ipv4Directors);
  expect(problems).toEqual([
    { path: "trackInterfaces[0]", message: `must be another interface, got 'eth0'; ${ownRule}` },
    { path: "trackInterfaces[2]", message: `must be another interface, got 'eth0'; ${ownRule}` },
    {
      path: "trackInterfaces[2]",
      message: "must be tracked once, got 'eth0' again; it is trackInterfaces[0] already",
    },
  ]);
});

describe("the interval between directors that speak version 3", () => {
  test.each([
    ["40 seconds between IPv6 directors", 40, ["2001:db8::a", "2001:db8::b"]],
    ["40.95 seconds between IPv6 directors", 40.95, ["2001:db8::a", "2001:db8::b"]],
    ["41 seconds between IPv4 directors", 41, ipv4Directors],
    ["41 seconds between directors known only at apply", 41, [token, token]],
    ["41 seconds without directors", 41, []],
  ])("is accepted: %s", (_title, advertIntervalSeconds, directors) => {
    expect(vrrpProblems({ ...settings, advertIntervalSeconds }, directors)).toEqual([]);
  });

  test.each([
    ["both", ["2001:db8::a", "2001:db8::b"]],
    ["the only known one", [token, "2001:db8::b"]],
  ])("is refused over 40.95 seconds when %s is IPv6", (_title, directors) => {
    const reason = "IPv6 directors speak VRRP version 3, which has 12 bits for hundredths of a second";
    expect(vrrpProblems({ ...settings, advertIntervalSeconds: 41 }, directors)).toEqual([
      { path: "advertIntervalSeconds", message: `must be at most 40.95 between IPv6 directors, got 41; ${reason}` },
    ]);
  });
});

test("every problem is found at once", () => {
  const wrong: Settings = {
    interface: "",
    virtualRouterId: token,
    advertIntervalSeconds: 0,
    trackInterfaces: ["eth 1", "eth/2"],
    gratuitousArp: { masterRepeat: 0 },
  };
  const problems = vrrpProblems(wrong, ipv4Directors);
  expect(problems.map(({ path }) => path)).toEqual([
    "interface",
    "virtualRouterId",
    "advertIntervalSeconds",
    "trackInterfaces[0]",
    "trackInterfaces[1]",
    "gratuitousArp.masterRepeat",
  ]);
});

const versions: [number, AddressFamily | undefined, 2 | 3][] = [
  [1, "IPv4", 2],
  [255, "IPv4", 2],
  [0.5, "IPv4", 3],
  [1.5, "IPv4", 3],
  [1, "IPv6", 3],
  [0.5, "IPv6", 3],
  [1, undefined, 2],
  [0.5, undefined, 3],
];

test.each(versions)("an interval of %d seconds between %s directors speaks version %d", (interval, family, version) => {
  expect(vrrpVersion(interval, family)).toBe(version);
});

const anchors: [string, number, AddressFamily | undefined, string][] = [
  ["the first VRID of IPv4 directors", 1, "IPv4", "127.112.0.1"],
  ["the last VRID of IPv4 directors", 255, "IPv4", "127.112.0.255"],
  ["the first VRID of IPv6 directors", 1, "IPv6", "fe80::5e:1"],
  ["the last VRID of IPv6 directors", 255, "IPv6", "fe80::5e:ff"],
  ["directors known only at apply", 51, undefined, "127.112.0.51"],
];

test.each(anchors)("the anchor address of %s", (_title, virtualRouterId, family, expected) => {
  expect(anchorAddress(virtualRouterId, family)).toBe(expected);
});

test.each(["IPv4", "IPv6"] as const)("no two instances of %s directors share an anchor address", (family) => {
  const virtualRouterIds = Array.from({ length: 255 }, (_, index) => index + 1);
  const addresses = virtualRouterIds.map((virtualRouterId) => anchorAddress(virtualRouterId, family));
  expect(new Set(addresses).size).toBe(255);
  expect(addresses.map(canonicalAddress)).toEqual(addresses);
  expect(addresses.map(addressFamily)).toEqual(addresses.map(() => family));
});

// So the anchor can never be one of the VIPs.
test.each(["IPv4", "IPv6"] as const)("the anchor address of %s directors is refused as a VIP", (family) => {
  expect(unicastProblems("vip", anchorAddress(51, family))).toHaveLength(1);
});
