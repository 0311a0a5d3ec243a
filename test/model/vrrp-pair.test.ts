import { Deferred, type Deferrable } from "../../src/model/deferred";
import { pairVipsProblems, vrrpPairProblems, type DirectorAddresses } from "../../src/model/vrrp-pair";

const token = new Deferred("${x}", "${bracketed(x)}");
const otherToken = new Deferred("${y}");
const ipv4 = { primary: "10.0.0.1", secondary: "10.0.0.2" };
const ipv6 = { primary: "2001:db8::a", secondary: "2001:db8::b" };
const plain = { version: 2, authenticated: false } as const;

describe("vrrpPairProblems", () => {
  const accepted: [string, DirectorAddresses, Parameters<typeof vrrpPairProblems>[1]][] = [
    ["two IPv4 directors", ipv4, plain],
    ["two IPv6 directors", ipv6, { version: 3, authenticated: false }],
    ["an address known only at apply", { ...ipv4, primary: token }, plain],
    ["two addresses known only at apply", { primary: token, secondary: otherToken }, plain],
    ["authentication with version 2", ipv4, { version: 2, authenticated: true }],
  ];

  test.each(accepted)("accepts %s", (_title, addresses, vrrp) => {
    expect(vrrpPairProblems(addresses, vrrp)).toEqual([]);
  });

  const refused: [string, DirectorAddresses, string, string][] = [
    [
      "a primary that is no address",
      { ...ipv4, primary: "lb1" },
      "primary.address",
      "must be an IPv4 or IPv6 address, got 'lb1'",
    ],
    [
      "a secondary that is no unicast address",
      { ...ipv4, secondary: "224.0.0.18" },
      "secondary.address",
      "must be a unicast address, got '224.0.0.18' (multicast)",
    ],
    [
      "the same address",
      { ...ipv4, secondary: ipv4.primary },
      "secondary.address",
      "must differ from primary.address, got '10.0.0.1' for both",
    ],
    [
      "the same address in another spelling",
      { ...ipv6, secondary: "2001:0DB8:0::a" },
      "secondary.address",
      "must differ from primary.address, got '2001:0DB8:0::a' for both",
    ],
    [
      "the same token",
      { primary: token, secondary: token },
      "secondary.address",
      "must differ from primary.address, got a value known only at apply for both",
    ],
    [
      "two families",
      { ...ipv4, secondary: ipv6.secondary },
      "secondary.address",
      "must be IPv4 like primary.address, got '2001:db8::b'",
    ],
  ];

  test.each(refused)("refuses %s", (_title, addresses, path, message) => {
    expect(vrrpPairProblems(addresses, plain)).toEqual([{ path, message }]);
  });

  test("refuses authentication with version 3", () => {
    const advice = "use whole seconds and IPv4 directors, or leave it out";
    expect(vrrpPairProblems(ipv4, { version: 3, authenticated: true })).toEqual([
      {
        path: "authentication",
        message: `needs VRRP version 2, got version 3, which has no authentication; ${advice}`,
      },
    ]);
  });

  test("finds every problem at once", () => {
    const problems = vrrpPairProblems({ primary: "lb", secondary: "lb" }, { version: 3, authenticated: true });
    expect(problems.map(({ path }) => path)).toEqual([
      "primary.address",
      "secondary.address",
      "secondary.address",
      "authentication",
    ]);
  });
});

describe("pairVipsProblems", () => {
  const accepted: [string, DirectorAddresses, Deferrable<string>[]][] = [
    ["no VIP, which is a problem of its own elsewhere", ipv4, []],
    ["a VIP of the directors' family", ipv4, ["192.0.2.1"]],
    ["VIPs of both families", ipv6, ["192.0.2.1", "2001:db8::1"]],
    ["VIPs of the other family only, with IPv4 directors", ipv4, ["2001:db8::1", "2001:db8::2"]],
    ["VIPs of the other family only, with IPv6 directors", ipv6, ["192.0.2.1"]],
    ["a VIP known only at apply", ipv4, ["2001:db8::1", token]],
    ["any VIP of directors known only at apply", { primary: token, secondary: otherToken }, ["2001:db8::1"]],
  ];

  test.each(accepted)("accepts %s", (_title, addresses, vips) => {
    expect(pairVipsProblems(addresses, vips)).toEqual([]);
  });

  const fixed = "a VIP moves between the directors, their own addresses stay";
  const refused: [string, DirectorAddresses, Deferrable<string>[], string][] = [
    [
      "the address of the primary",
      ipv4,
      ["192.0.2.1", "10.0.0.1"],
      `must not be primary.address, got '10.0.0.1'; ${fixed}`,
    ],
    [
      "the address of the secondary in another spelling",
      ipv6,
      ["2001:0db8:0::b"],
      `must not be secondary.address, got '2001:0db8:0::b'; ${fixed}`,
    ],
    [
      "the token of the primary",
      { ...ipv4, primary: token },
      [token],
      `must not be primary.address, got a value known only at apply; ${fixed}`,
    ],
  ];

  test.each(refused)("refuses %s", (_title, addresses, vips, message) => {
    expect(pairVipsProblems(addresses, vips)).toEqual([{ path: "vip", message }]);
  });
});
