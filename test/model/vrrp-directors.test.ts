import { Deferred, type Deferrable } from "../../src/model/deferred";
import {
  directorAddressesProblems,
  ownAddresses,
  pairDirectorsProblems,
  pairVipsProblems,
  type DirectorProp,
  type PairDirector,
} from "../../src/model/vrrp-directors";

const token = new Deferred("${x}", "${bracketed(x)}");
const otherToken = new Deferred("${y}");

/** Primary, secondary and so on with these addresses. */
function directors(...addresses: Deferrable<string>[]): PairDirector[] {
  const prop = (index: number): DirectorProp =>
    index === 0 ? "primary" : index === 1 ? "secondary" : `furtherBackups[${index - 2}]`;
  return addresses.map((address, index) => ({ prop: prop(index), address }));
}

const ipv4 = directors("10.0.0.1", "10.0.0.2");
const ipv6 = directors("2001:db8::a", "2001:db8::b");
const three = directors("10.0.0.1", "10.0.0.2", "10.0.0.3");
const eleven = Array.from({ length: 11 }, (_, index) => `10.0.0.${index + 1}`);

describe("pairDirectorsProblems", () => {
  const accepted: [string, PairDirector[]][] = [
    ["two IPv4 directors", ipv4],
    ["two IPv6 directors", ipv6],
    ["three directors", three],
    ["eleven directors", directors(...eleven)],
    ["an address known only at apply", directors(token, "10.0.0.2")],
    ["addresses known only at apply", directors(token, otherToken)],
  ];

  test.each(accepted)("accepts %s", (_title, pair) => {
    expect(pairDirectorsProblems(pair)).toEqual([]);
  });

  const refused: [string, PairDirector[], string, string][] = [
    [
      "a primary that is no address",
      directors("lb1", "10.0.0.2"),
      "primary.address",
      "must be an IPv4 or IPv6 address, got 'lb1'",
    ],
    [
      "a secondary that is no unicast address",
      directors("10.0.0.1", "224.0.0.18"),
      "secondary.address",
      "must be a unicast address, got '224.0.0.18' (multicast)",
    ],
    [
      "a further backup that is no address",
      directors("10.0.0.1", "10.0.0.2", "lb3"),
      "furtherBackups[0].address",
      "must be an IPv4 or IPv6 address, got 'lb3'",
    ],
    [
      "the same address",
      directors("10.0.0.1", "10.0.0.1"),
      "secondary.address",
      "must differ from primary.address, got '10.0.0.1' for both",
    ],
    [
      "the address of another further backup",
      directors("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.3"),
      "furtherBackups[1].address",
      "must differ from furtherBackups[0].address, got '10.0.0.3' for both",
    ],
    [
      "the same address in another spelling",
      directors("2001:db8::a", "2001:0DB8:0::a"),
      "secondary.address",
      "must differ from primary.address, got '2001:0DB8:0::a' for both",
    ],
    [
      "the same token",
      directors(token, token),
      "secondary.address",
      "must differ from primary.address, got a value known only at apply for both",
    ],
    [
      "two families",
      directors("10.0.0.1", "2001:db8::b"),
      "secondary.address",
      "must be IPv4 like primary.address, got '2001:db8::b'",
    ],
    [
      "two families after an address known only at apply",
      directors(token, "2001:db8::b", "10.0.0.3"),
      "furtherBackups[0].address",
      "must be IPv6 like secondary.address, got '10.0.0.3'",
    ],
    ["twelve directors", directors(...eleven, "10.0.0.12"), "furtherBackups", "must be at most 9 directors, got 10"],
  ];

  test.each(refused)("refuses %s", (_title, pair, path, message) => {
    expect(pairDirectorsProblems(pair)).toEqual([{ path, message }]);
  });

  test("finds every problem at once", () => {
    expect(pairDirectorsProblems(directors("lb", "lb")).map(({ path }) => path)).toEqual([
      "primary.address",
      "secondary.address",
      "secondary.address",
    ]);
  });
});

describe("directorAddressesProblems", () => {
  test.each([
    ["none", undefined],
    ["one per director", ["192.168.0.1", "192.168.0.2", "192.168.0.3"]],
    ["the other family", ["2001:db8::1", "2001:db8::2", "2001:db8::3"]],
    ["addresses known only at apply", [token, otherToken, "192.168.0.3"]],
  ])("accepts %s", (_title, addresses) => {
    expect(directorAddressesProblems(addresses, three)).toEqual([]);
  });

  test.each([
    ["none of them", [], "directorAddresses", "needs one address per director (3), got 0"],
    ["one too few", ["192.168.0.1", "192.168.0.2"], "directorAddresses", "needs one address per director (3), got 2"],
    [
      "a host name",
      ["192.168.0.1", "lb2", "192.168.0.3"],
      "directorAddresses[1]",
      "must be an IPv4 or IPv6 address, got 'lb2'",
    ],
    [
      "one address twice",
      ["192.168.0.1", "192.168.0.2", "192.168.0.2"],
      "directorAddresses[2]",
      "must differ from directorAddresses[1], got '192.168.0.2' for both",
    ],
    [
      "two families",
      ["192.168.0.1", "192.168.0.2", "2001:db8::3"],
      "directorAddresses[2]",
      "must be IPv4 like directorAddresses[0], got '2001:db8::3'",
    ],
  ])("refuses %s", (_title, addresses, path, message) => {
    expect(directorAddressesProblems(addresses, three)).toEqual([{ path, message }]);
  });
});

describe("pairVipsProblems", () => {
  const placed = (vips: readonly Deferrable<string>[]) => vips.map((vip, index) => ({ path: `vips[${index}]`, vip }));
  const accepted: [string, PairDirector[], Deferrable<string>[]][] = [
    ["no VIP, which is a problem of its own elsewhere", ipv4, []],
    ["a VIP of the directors' family", ipv4, ["192.0.2.1"]],
    ["VIPs of both families", ipv6, ["192.0.2.1", "2001:db8::1"]],
    ["VIPs of the other family only, with IPv4 directors", ipv4, ["2001:db8::1", "2001:db8::2"]],
    ["VIPs of the other family only, with IPv6 directors", ipv6, ["192.0.2.1"]],
    ["a VIP known only at apply", ipv4, ["2001:db8::1", token]],
    ["any VIP of directors known only at apply", directors(token, otherToken), ["2001:db8::1"]],
  ];

  test.each(accepted)("accepts %s", (_title, pair, vips) => {
    expect(pairVipsProblems(ownAddresses(pair), placed(vips))).toEqual([]);
  });

  const fixed = "a VIP moves between the directors, their own addresses stay";
  const refused: [string, PairDirector[], Deferrable<string>[], string][] = [
    [
      "the address of the primary",
      ipv4,
      ["192.0.2.1", "10.0.0.1"],
      `must not use primary.address as a VIP, got '10.0.0.1'; ${fixed}`,
    ],
    [
      "the address of the secondary in another spelling",
      ipv6,
      ["2001:0db8:0::b"],
      `must not use secondary.address as a VIP, got '2001:0db8:0::b'; ${fixed}`,
    ],
    [
      "the address of a further backup",
      three,
      ["10.0.0.3"],
      `must not use furtherBackups[0].address as a VIP, got '10.0.0.3'; ${fixed}`,
    ],
    [
      "the token of the primary",
      directors(token, "10.0.0.2"),
      [token],
      `must not use primary.address as a VIP, got a value known only at apply; ${fixed}`,
    ],
  ];

  test.each(refused)("refuses %s", (_title, pair, vips, message) => {
    const path = `vips[${vips.length - 1}]`;
    expect(pairVipsProblems(ownAddresses(pair), placed(vips))).toEqual([{ path, message }]);
  });

  test("names the first of two that give an address", () => {
    const given = [...ownAddresses(ipv4), { path: "directorAddresses[0] of VRRP instance 'api'", address: "10.0.0.1" }];
    expect(pairVipsProblems(given, placed(["10.0.0.1"]))).toHaveLength(1);
  });
});
