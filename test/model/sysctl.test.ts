import { Deferred } from "../../src/model/deferred";
import { neededSysctlProblems, sysctlKey, sysctlList, sysctlsProblems, type Sysctls } from "../../src/model/sysctl";

const token = new Deferred("${x}");

test.each([
  ["net.core.somaxconn", "net/core/somaxconn"],
  ["net/core/somaxconn", "net/core/somaxconn"],
  ["net.ipv4.conf.eth0/5.rp_filter", "net/ipv4/conf/eth0.5/rp_filter"],
  ["net/ipv4/conf/eth0.5/rp_filter", "net/ipv4/conf/eth0.5/rp_filter"],
  ["net.ipv4.conf.*.rp_filter", "net/ipv4/conf/*/rp_filter"],
])("the first separator of %s tells how it is read", (key, path) => {
  expect(sysctlKey(key)).toBe(path);
});

test("settings are printed in the order in which they were given", () => {
  expect(sysctlList({ "vm.swappiness": 0, "net/ipv4/tcp_rmem": "4096 131072 6291456", "net.core.x": token })).toEqual([
    { key: "vm/swappiness", value: "0" },
    { key: "net/ipv4/tcp_rmem", value: "4096 131072 6291456" },
    { key: "net/core/x", value: "${x}" },
  ]);
});

test.each<[string, Sysctls]>([
  ["no settings", {}],
  ["a number", { "net.core.somaxconn": 4096 }],
  ["a negative number", { "net.ipv4.vs.est_nice": -20 }],
  ["several words", { "net.ipv4.ip_local_port_range": "16384 65535" }],
  ["words with signs", { "kernel.core_pattern": "|/usr/bin/dump=%e,$x" }],
  ["a value known only at apply", { "net.core.somaxconn": token }],
  ["an interface with a dot", { "net/ipv4/conf/eth0.5/rp_filter": 2 }],
  ["every interface", { "net.ipv4.conf.*.rp_filter": 2 }],
  ["two settings of one name in two places", { "net.ipv4.a": 1, "net.ipv6.a": 1 }],
])("accepts %s", (_title, sysctls) => {
  expect(sysctlsProblems("sysctls", sysctls)).toEqual([]);
});

const keyRule = "must be the name of a kernel setting such as net.core.somaxconn or net/ipv4/conf/eth0.5/rp_filter";
const valueRule = "must be words of printable ASCII without backslash, one blank between them";

test.each<[string, Sysctls, string, string]>([
  ["an empty name", { "": 1 }, "['']", `${keyRule}, got ''`],
  ["a name of one word", { somaxconn: 1 }, "['somaxconn']", `${keyRule}, got 'somaxconn'`],
  ["a path", { "/proc/sys/net/core/x": 1 }, "['/proc/sys/net/core/x']", `${keyRule}, got '/proc/sys/net/core/x'`],
  ["a way out", { "net/../../etc/x": 1 }, "['net/../../etc/x']", `${keyRule}, got 'net/../../etc/x'`],
  ["a blank", { "net.core.a b": 1 }, "['net.core.a b']", `${keyRule}, got 'net.core.a b'`],
  ["a line break", { "net.core.a\nb": 1 }, "['net.core.a\\nb']", `${keyRule}, got 'net.core.a\\nb'`],
  ["a pattern", { "net.ipv4.conf.eth?.x": 1 }, "['net.ipv4.conf.eth?.x']", `${keyRule}, got 'net.ipv4.conf.eth?.x'`],
  ["a star in front", { "*.core.x": 1 }, "['*.core.x']", `${keyRule}, got '*.core.x'`],
  ["no value", { "net.core.x": "" }, "['net.core.x']", `${valueRule}, got ''`],
  ["a line break in the value", { "net.core.x": "1\n2" }, "['net.core.x']", `${valueRule}, got '1\\n2'`],
  ["two blanks in the value", { "net.core.x": "1  2" }, "['net.core.x']", `${valueRule}, got '1  2'`],
  ["a blank at the end", { "net.core.x": "1 " }, "['net.core.x']", `${valueRule}, got '1 '`],
  ["a backslash", { "net.core.x": "\\n" }, "['net.core.x']", `${valueRule}, got '\\n'`],
  ["a fraction", { "net.core.x": 1.5 }, "['net.core.x']", "must be an integer or text, got 1.5"],
  ["no number", { "net.core.x": NaN }, "['net.core.x']", "must be an integer or text, got NaN"],
  [
    "a setting in two spellings",
    { "net.core.x": 1, "net/core/x": 2 },
    "['net/core/x']",
    "must be set once, got it again; 'net.core.x' is the same setting",
  ],
])("refuses %s", (_title, sysctls, path, message) => {
  expect(sysctlsProblems("sysctls", sysctls)).toEqual([{ path: `sysctls${path}`, message }]);
});

describe("what the work of a host needs", () => {
  const needed = [
    { key: "net/ipv4/ip_forward", value: "1" },
    { key: "net/ipv4/conf/*/arp_ignore", value: "1" },
  ];

  test.each([
    ["net/ipv4/ip_forward", "1"],
    ["net/ipv4/conf/eth0/arp_ignore", "1"],
    ["net/ipv4/conf/eth0/arp_filter", "0"],
    ["net/ipv4/conf/arp_ignore", "0"],
    ["net/core/somaxconn", "0"],
  ])("lets %s be %s", (key, value) => {
    expect(neededSysctlProblems([{ path: "x", key, value }], needed)).toEqual([]);
  });

  test.each([
    ["net/ipv4/ip_forward", "0"],
    ["net/ipv4/conf/eth0/arp_ignore", "0"],
    ["net/ipv4/conf/all/arp_ignore", "2"],
    ["net/ipv4/conf/*/arp_ignore", "0"],
  ])("does not let %s be %s", (key, value) => {
    const message = `must be 1, which the work of this host needs, got ${value}; leave it out`;
    expect(neededSysctlProblems([{ path: "x", key, value }], needed)).toEqual([{ path: "x", message }]);
  });

  test("a star of the user means the interface of the host", () => {
    const device = [{ key: "net/ipv4/conf/tunl0/rp_filter", value: "2" }];
    const chosen = [{ path: "x", key: "net/ipv4/conf/*/rp_filter", value: "1" }];
    expect(neededSysctlProblems(chosen, device)).toHaveLength(1);
  });
});
