import { Deferred } from "../../src/model/deferred";
import { RuleAction, ruleInterfaces, ruleProblems, RuleProtocol, type Rule } from "../../src/model/virtual-rule";

const token = new Deferred("${x}");
const plain: Rule = { preference: 100, from: "10.8.0.0/24", table: 7 };

const accepted: [string, Rule][] = [
  ["a source", plain],
  ["a destination", { preference: 1, to: "2001:db8::/32", table: "vpn" }],
  ["both", { ...plain, to: "10.9.0.1" }],
  ["the family of a rule without addresses", { preference: 1, family: "IPv6", inputInterface: "eth0", table: 7 }],
  ["the family of its addresses", { ...plain, family: "IPv4" }],
  ["an action", { preference: 4294967295, from: "10.8.0.0/24", action: RuleAction.BLACKHOLE }],
  ["a jump", { preference: 100, from: "10.8.0.0/24", goTo: 101 }],
  ["interfaces", { ...plain, inputInterface: "eth0", outputInterface: token }],
  ["a mark", { ...plain, firewallMark: 4294967295, firewallMask: 1 }],
  ["a type of service", { ...plain, tos: 255 }],
  ["a protocol", { ...plain, protocol: RuleProtocol.ICMP }],
  ["ports", { ...plain, protocol: RuleProtocol.TCP, sourcePorts: "1-65535", destinationPorts: "443" }],
  ["no default routes", { preference: 100, table: "main", suppressPrefixLength: 0 }],
  ["switches", { ...plain, not: true, track: false }],
  ["what is known only at apply", { preference: token, from: token, to: "::/0", table: token, firewallMark: token }],
];

test.each(accepted)("accepts %s", (_title, rule) => {
  expect(ruleProblems("virtualRules[0]", rule)).toEqual([]);
});

const ports = "must be a port or a range such as 8000-8999";
const tcp = RuleProtocol.TCP;
const refused: [string, Rule, string, string][] = [
  ["preference 0", { ...plain, preference: 0 }, ".preference", "must be an integer from 1 to 4294967295, got 0"],
  [
    "a source that is none",
    { ...plain, from: "all" },
    ".from",
    "must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6, got 'all'",
  ],
  ["two families", { ...plain, to: "::/0" }, ".to", "must be IPv4 like virtualRules[0].from, got '::/0'"],
  ["another family", { ...plain, family: "IPv6" }, ".family", "must be IPv4 like its addresses, got IPv6"],
  [
    "an unknown family",
    { ...plain, family: "IPX" as never },
    ".family",
    "must be a known value, got 'IPX'; use one of IPv4, IPv6",
  ],
  [
    "the table of the host's own addresses",
    { ...plain, table: "local" },
    ".table",
    "must be a number, or a name of rt_tables other than local, got 'local'",
  ],
  [
    "an unknown action",
    { preference: 1, action: "nat" as RuleAction },
    ".action",
    "must be a known value, got 'nat'; use one of blackhole, unreachable, prohibit, nop",
  ],
  [
    "a jump back",
    { preference: 100, goTo: 100 },
    ".goTo",
    "must be above the preference of the rule itself, 100, got 100",
  ],
  [
    "an interface with a blank",
    { ...plain, inputInterface: "eth 0" },
    ".inputInterface",
    `must be an interface name without white space, control characters and / : " ' # ! { } @ $ % \\, got 'eth 0'`,
  ],
  [
    "an interface without a name",
    { ...plain, outputInterface: "" },
    ".outputInterface",
    "must be an interface name of 1 to 15 bytes, got ''",
  ],
  ["mark 0", { ...plain, firewallMark: 0 }, ".firewallMark", "must be an integer from 1 to 4294967295, got 0"],
  [
    "mask 0",
    { ...plain, firewallMark: 1, firewallMask: 0 },
    ".firewallMask",
    "must be an integer from 1 to 4294967295, got 0",
  ],
  ["a mask alone", { ...plain, firewallMask: 1 }, ".firewallMask", "needs firewallMark, got 1 alone"],
  ["type of service 256", { ...plain, tos: 256 }, ".tos", "must be an integer from 0 to 255, got 256"],
  [
    "an unknown protocol",
    { ...plain, protocol: "gre" as RuleProtocol },
    ".protocol",
    "must be a known value, got 'gre'; use one of tcp, udp, sctp, icmp",
  ],
  ["port 0", { ...plain, protocol: tcp, sourcePorts: "0" }, ".sourcePorts", `${ports}, got '0'`],
  ["port 65536", { ...plain, protocol: tcp, sourcePorts: "1-65536" }, ".sourcePorts", `${ports}, got '1-65536'`],
  [
    "a range backwards",
    { ...plain, protocol: tcp, destinationPorts: "2-1" },
    ".destinationPorts",
    `${ports}, got '2-1'`,
  ],
  [
    "a port by name",
    { ...plain, protocol: tcp, destinationPorts: "http" },
    ".destinationPorts",
    `${ports}, got 'http'`,
  ],
  [
    "ports without a protocol",
    { ...plain, sourcePorts: "80" },
    ".protocol",
    "needs a protocol with ports, got 'none'; use tcp, udp or sctp",
  ],
  [
    "ports of a protocol without ports",
    { ...plain, protocol: RuleProtocol.ICMP, destinationPorts: "80" },
    ".protocol",
    "needs a protocol with ports, got 'icmp'; use tcp, udp or sctp",
  ],
  [
    "a prefix length without a table",
    { preference: 1, action: RuleAction.NOP, suppressPrefixLength: 0 },
    ".suppressPrefixLength",
    "needs a table, got 0 without one",
  ],
  [
    "a prefix length of 129",
    { ...plain, suppressPrefixLength: 129 },
    ".suppressPrefixLength",
    "must be an integer from 0 to 128, got 129",
  ],
  ["nothing to do", { preference: 1 }, "", "must have one of table, action and goTo, got 0"],
  ["two things to do", { ...plain, action: RuleAction.NOP }, "", "must have one of table, action and goTo, got 2"],
];

test.each(refused)("refuses %s", (_title, rule, path, message) => {
  expect(ruleProblems("virtualRules[0]", rule)).toEqual([{ path: `virtualRules[0]${path}`, message }]);
});

test("the interfaces of a rule", () => {
  expect(ruleInterfaces(plain)).toEqual([]);
  expect(ruleInterfaces({ ...plain, inputInterface: "eth0", outputInterface: token })).toEqual(["eth0", token]);
});
