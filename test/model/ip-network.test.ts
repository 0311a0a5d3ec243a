import { Deferred } from "../../src/model/deferred";
import {
  exactNetworkProblems,
  networkFamily,
  networkProblems,
  networkRange,
  oneFamilyProblems,
} from "../../src/model/ip-network";

const token = new Deferred("${x}");

test.each([undefined, token, "10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "10.0.0.1/32", "::/0", "2001:db8::/128"])(
  "takes %s for a network",
  (value) => {
    expect(networkProblems("to", value)).toEqual([]);
  },
);

test.each([
  "",
  "default",
  "10.0.0.0/33",
  "2001:db8::/129",
  "10.0.0.0/8/8",
  "10.0.0.0/",
  "10.0.0.0/x",
  "10.0.0.0/08",
  "10.0.0/24",
  "fe80::1%eth0",
])("refuses '%s' as a network", (value) => {
  const rule = "must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6";
  expect(networkProblems("to", value)).toEqual([{ path: "to", message: `${rule}, got '${value}'` }]);
});

test.each(["10.8.0.5/16", "2001:db8::1/64"])("takes %s for a network, but for an exact one", (value) => {
  const rule = "must be the first address of its network";
  const advice = "clear the bits after the prefix, or leave out its length for one address";
  expect(networkProblems("to", value)).toEqual([]);
  expect(exactNetworkProblems("to", value)).toEqual([{ path: "to", message: `${rule}, got '${value}'; ${advice}` }]);
});

test.each([undefined, token, "10.0.0.1", "10.8.0.0/16", "0.0.0.0/0", "2001:db8::/64", "2001:DB8:0::FFFE/127"])(
  "takes %s for an exact network",
  (value) => {
    expect(exactNetworkProblems("to", value)).toEqual([]);
  },
);

test("an exact network is a network", () => {
  expect(exactNetworkProblems("to", "10.0.0.0/33")).toEqual(networkProblems("to", "10.0.0.0/33"));
});

test("the addresses of a network", () => {
  expect(networkRange("10.8.0.5/30")).toEqual({ family: "IPv4", first: 0xa080004n, last: 0xa080007n, isExact: false });
  expect(networkRange("::1.2.3.4")).toEqual({ family: "IPv6", first: 0x1020304n, last: 0x1020304n, isExact: true });
  expect(networkRange("1::/16")?.last).toBe((2n << 112n) - 1n);
});

test.each([
  ["10.0.0.0/8", "IPv4"],
  ["::/0", "IPv6"],
  [token, undefined],
  ["default", undefined],
])("the family of %s", (value, family) => {
  expect(networkFamily(value)).toBe(family);
});

test("all are of the family of the first that is known", () => {
  const values = [
    ["to", token],
    ["via", "10.0.0.1"],
    ["source", undefined],
    ["nextHops[0].via", "2001:db8::1"],
  ] as const;
  expect(oneFamilyProblems(values)).toEqual([
    { path: "nextHops[0].via", message: "must be IPv4 like via, got '2001:db8::1'" },
  ]);
  expect(oneFamilyProblems([["to", token]])).toEqual([]);
});
