import { Deferred } from "../../src/model/deferred";
import {
  firewallMarkProblems,
  firstMarkedPort,
  isIpv6Mark,
  rangeOf,
  type FirewallMark,
} from "../../src/model/firewall-mark";

const vip = "192.0.2.1";
const token = new Deferred("${x}");

const accepted: [string, FirewallMark][] = [
  ["the first mark", { mark: 1 }],
  ["the last mark", { mark: 2147483647 }],
  ["a mark known only at apply", { mark: token }],
  ["a port", { mark: 1, ports: [80] }],
  ["the first and the last port", { mark: 1, ports: [1, 65535] }],
  ["a port as text", { mark: 1, ports: ["80"] }],
  ["a range", { mark: 1, ports: ["50000-50100"] }],
  ["a range of one port", { mark: 1, ports: ["443-443"] }],
  ["every port", { mark: 1, ports: ["1-65535"] }],
  ["ranges that touch", { mark: 1, ports: ["80-89", 90, "91-99"] }],
  ["ports known only at apply", { mark: 1, ports: [token, token, 80] }],
];

test.each(accepted)("accepts %s", (_title, mark) => {
  expect(firewallMarkProblems("firewallMark", mark, vip)).toEqual([]);
});

test("accepts no mark, whatever the VIP", () => {
  expect(firewallMarkProblems("firewallMark", undefined, token)).toEqual([]);
});

const notPort = "must be a port or a range from 1 to 65535 like '50000-50100', got";
const notMark = "must be an integer from 1 to 2147483647, got";

const refused: [string, FirewallMark, string, string][] = [
  ["mark 0", { mark: 0 }, "mark", `${notMark} 0`],
  ["a negative mark", { mark: -1 }, "mark", `${notMark} -1`],
  ["a mark that ipvsadm would save as a negative number", { mark: 2147483648 }, "mark", `${notMark} 2147483648`],
  ["half a mark", { mark: 1.5 }, "mark", `${notMark} 1.5`],
  ["no mark at all", { mark: NaN }, "mark", `${notMark} NaN`],
  [
    "an empty list of ports",
    { mark: 1, ports: [] },
    "ports",
    "must name at least one port, got none; leave it out when you set the mark yourself",
  ],
  ["port 0", { mark: 1, ports: [0] }, "ports[0]", `${notPort} 0`],
  ["port 65536", { mark: 1, ports: [80, 65536] }, "ports[1]", `${notPort} 65536`],
  ["a negative port", { mark: 1, ports: [-80] }, "ports[0]", `${notPort} -80`],
  ["half a port", { mark: 1, ports: [80.5] }, "ports[0]", `${notPort} 80.5`],
  ["no text", { mark: 1, ports: [""] }, "ports[0]", `${notPort} ''`],
  ["a port that nft would read as another one", { mark: 1, ports: ["0443"] }, "ports[0]", `${notPort} '0443'`],
  ["a range from 0", { mark: 1, ports: ["0-80"] }, "ports[0]", `${notPort} '0-80'`],
  ["a range to 65536", { mark: 1, ports: ["80-65536"] }, "ports[0]", `${notPort} '80-65536'`],
  ["a range backwards", { mark: 1, ports: ["443-80"] }, "ports[0]", `${notPort} '443-80'`],
  ["a range without end", { mark: 1, ports: ["80-"] }, "ports[0]", `${notPort} '80-'`],
  ["three ports in one", { mark: 1, ports: ["80-90-99"] }, "ports[0]", `${notPort} '80-90-99'`],
  ["ports with a comma", { mark: 1, ports: ["80,443"] }, "ports[0]", `${notPort} '80,443'`],
  ["a port with white space", { mark: 1, ports: ["80 "] }, "ports[0]", `${notPort} '80 '`],
  ["a line of its own", { mark: 1, ports: ["80\nflush ruleset"] }, "ports[0]", `${notPort} '80\\nflush ruleset'`],
  ["a name", { mark: 1, ports: ["http"] }, "ports[0]", `${notPort} 'http'`],
  [
    "a port twice",
    { mark: 1, ports: [80, 443, 80] },
    "ports[2]",
    "must be named once, got 80 again; firewallMark.ports[0] has it already",
  ],
  [
    "a port that a range has",
    { mark: 1, ports: [80, "440-450", "443"] },
    "ports[2]",
    "must be named once, got '443' again; firewallMark.ports[1] has it already",
  ],
  [
    "ranges that overlap at their ends",
    { mark: 1, ports: ["80-90", "90-99"] },
    "ports[1]",
    "must be named once, got '90-99' again; firewallMark.ports[0] has it already",
  ],
];

test.each(refused)("refuses %s", (_title, mark, path, message) => {
  expect(firewallMarkProblems("firewallMark", mark, vip)).toEqual([{ path: `firewallMark.${path}`, message }]);
});

test("refuses a VIP known only at apply: nothing else tells the family of the mark", () => {
  expect(firewallMarkProblems("firewallMark", { mark: 1 }, token)).toEqual([
    {
      path: "vip",
      message: "must be known at synth with a firewall mark, got a token; its family decides which packets are meant",
    },
  ]);
});

test.each([
  [80, [80, 80]],
  ["80-90", [80, 90]],
  [token, undefined],
  ["http", undefined],
])("the range of %s", (port, range) => {
  expect(rangeOf(port)).toEqual(range);
});

test.each([
  ["no mark", undefined, undefined],
  ["marks that others set", { mark: 1 }, undefined],
  ["a port", { mark: 1, ports: [443, 80] }, 443],
  ["a range", { mark: 1, ports: ["8000-8010", 80] }, 8000],
  ["a port known only at apply", { mark: 1, ports: [token, 80] }, undefined],
])("the first port of %s", (_title, mark, port) => {
  expect(firstMarkedPort(mark)).toBe(port);
});

test.each([
  ["192.0.2.1", false],
  ["2001:db8::1", true],
])("a mark for %s is one of IPv6: %s", (address, ipv6) => {
  expect(isIpv6Mark(address)).toBe(ipv6);
});
