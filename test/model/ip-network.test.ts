import { Deferred } from "../../src/model/deferred";
import { networkFamily, networkProblems, oneFamilyProblems } from "../../src/model/ip-network";

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
  "10.0.0/24",
  "fe80::1%eth0",
])("refuses '%s' as a network", (value) => {
  const rule = "must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6";
  expect(networkProblems("to", value)).toEqual([{ path: "to", message: `${rule}, got '${value}'` }]);
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
