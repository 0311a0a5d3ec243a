import {
  BfdListener,
  Director,
  DnsRecordType,
  DrRealServer,
  HealthCheck,
  HttpProtocol,
  RegexOption,
  VirtualService,
  type BfdInstanceSettings,
  type HealthChecks,
} from "../../src";
import { keepalivedConfs, keepalivedVerdict, keepalivedVerdicts } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { SURE_PATTERNS } from "../support/patterns";
import { newStack, ssh } from "../support/stacks";

const IPV4 = { vip: "10.0.0.100", servers: ["10.0.0.21", "10.0.0.22"] };
const IPV6 = { vip: "2001:db8::100", servers: ["2001:db8::21", "2001:db8::22"] };

const everyBfdOption = {
  minRxMilliseconds: 50,
  minTxMilliseconds: 60,
  idleTxMilliseconds: 10000,
  multiplier: 255,
  passive: true,
  ttl: 64,
  maxHops: 64,
  weight: -253,
  reverse: true,
  listeners: [BfdListener.CHECKER, BfdListener.VRRP],
};
const bfdInstances: BfdInstanceSettings[] = [
  { name: "web1", neighborAddress: "10.0.0.21" },
  { name: "every.option-of_31-characters-", neighborAddress: "10.0.0.22", ...everyBfdOption },
  { name: "web6", neighborAddress: "2001:db8::21", ...everyBfdOption },
  { name: "long-way", neighborAddress: "10.0.9.21", sourceAddress: "10.0.0.12", maxHops: 255 },
];

/** keepalived.conf of a lone director with one service whose two real servers are checked so. */
function stackOf(healthCheck: HealthChecks, { vip, servers } = IPV4): ReturnType<typeof newStack> {
  const stack = newStack();
  const keepalivedVersion = "2.2.7";
  const director = new Director(stack, "lb", {
    address: "10.0.0.11",
    connection: ssh,
    keepalivedVersion,
    bfdInstances,
  });
  const service = new VirtualService(stack, "web", { director, vip, port: 80, healthCheck });
  servers.forEach((address, index) => {
    const server = new DrRealServer(stack, `web${index}`, { address, connection: ssh, maintenanceSwitch: index === 0 });
    service.addRealServer(server);
  });
  return stack;
}

const timing = {
  retries: 3,
  delayBeforeRetrySeconds: 1.5,
  delayLoopSeconds: 1.125,
  warmupSeconds: 0.5,
  alpha: false,
  logAllFailures: true,
};
const target = { address: "10.0.0.99", connectTimeoutSeconds: 2.5, ...timing };
const port = { port: 8080, bindAddress: "10.0.0.11", bindPort: 65535, firewallMark: 4294967295, ...target };
const every = { bindInterface: "eth1", ...port };
const overIpv6 = { ...every, address: "fe80::1", bindAddress: "fe80::2" };
const longest = {
  port: 65535,
  connectTimeoutSeconds: 3600,
  retries: 100,
  delayBeforeRetrySeconds: 3600,
  delayLoopSeconds: 3600,
  warmupSeconds: 3600,
  alpha: true,
  logAllFailures: false,
};
const shortest = {
  port: 1,
  connectTimeoutSeconds: 0.01,
  retries: 0,
  delayBeforeRetrySeconds: 0,
  delayLoopSeconds: 0.1,
  warmupSeconds: 0,
  firewallMark: 1,
};
const page = {
  path: "/a?b=c&d=#e!f;$g%h{i}",
  host: "www.example.org",
  statusCodes: "100 200-299 301 599",
  digest: "9b3a0c85a887a256d6939da88aabd8cd",
  regex: {
    pattern: String.raw`^\d+ #1! {a} 'b' $`,
    noMatch: true,
    options: [RegexOption.CASELESS, RegexOption.MULTILINE],
    minOffset: 1,
    maxOffset: 1000,
    stackBytes: { start: 32768, max: 65536 },
  },
};
const script = { text: "#!/bin/sh\nexit 0\n" };
const trackFile = { name: "load", path: "/run/my load #1!" };

const { tcp, http, ssl, smtp, dns, udp, ping, misc, bfd, file, none } = HealthCheck;

const checks: [string, HealthChecks][] = [
  ["TCP without options", tcp()],
  ["TCP with every option", tcp(every)],
  ["TCP with every option over link-local IPv6", tcp(overIpv6)],
  ["TCP with the longest times", tcp(longest)],
  ["TCP with the shortest times", tcp(shortest)],
  ["TCP with times of three decimals", tcp({ connectTimeoutSeconds: 1.001, delayBeforeRetrySeconds: 0.001 })],
  ["HTTP with a path", http({ path: "/" })],
  ["HTTP with every option", http({ ...page, protocol: HttpProtocol.V1_0C, fastRecovery: true, ...every })],
  ["HTTP with the longest times", http({ path: "/", ...longest })],
  ["HTTP with the shortest times", http({ path: "/", ...shortest })],
  ["HTTP with one status code", http({ path: "/", statusCodes: "204" })],
  ["HTTP with all status codes", http({ path: "/", statusCodes: "100-599" })],
  ["HTTP with the longest path", http({ path: `/${"a".repeat(899)}` })],
  ["HTTP with the longest expression", http({ path: "/", regex: { pattern: String.raw`\d`.repeat(300) } })],
  ["HTTP with letters of other languages", http({ path: "/ü", host: "bücher.example", regex: { pattern: "ü" } })],
  ["HTTP with several pages", http({ urls: [{ path: "/a" }, page, { path: "/c" }], host: "www.example.org" })],
  ...Object.values(HttpProtocol).map((protocol): [string, HealthCheck] => [
    `HTTP ${protocol}`,
    http({ path: "/", protocol }),
  ]),
  ...Object.values(RegexOption).map((option): [string, HealthCheck] => [
    `the regex option ${option}`,
    http({ path: "/", regex: { pattern: "ok", options: [option] } }),
  ]),
  ...SURE_PATTERNS.filter((pattern) => !pattern.includes('"')).map((pattern): [string, HealthCheck] => [
    `the pattern ${pattern}`,
    http({ path: "/", regex: { pattern, options: [RegexOption.MULTILINE] } }),
  ]),
  ["SSL with a path", ssl({ path: "/" })],
  ["SSL with every option", ssl({ ...page, ...every, protocol: HttpProtocol.V1_1, fastRecovery: true, sni: true })],
  ["SMTP without options", smtp()],
  ["SMTP with every option", smtp({ heloName: "lb#1!{}$", ...every })],
  ["DNS without options", dns()],
  ["DNS with every option", dns({ recordType: DnsRecordType.TXT, name: "_x._tcp.example.org.", ...every })],
  ...Object.values(DnsRecordType).map((recordType): [string, HealthCheck] => [
    `DNS ${recordType}`,
    dns({ recordType, name: "www.x.org" }),
  ]),
  ["UDP without options", udp()],
  [
    "UDP with every option",
    udp({ payload: "ff 0a", requireReply: "0a Xf", minReplyLength: 0, maxReplyLength: 65535, ...port }),
  ],
  ["UDP with the longest texts", udp({ payload: "00".repeat(450), requireReply: "XX".repeat(450) })],
  ["UDP with any reply", udp({ requireReply: true })],
  ["PING without options", ping()],
  ["PING with every option", ping(target)],
  ["a script", misc({ script })],
  [
    "a script with every option",
    misc({ script, timeoutSeconds: 3600, dynamic: true, user: "root", group: "root", ...timing }),
  ],
  ["a script with arguments", misc({ script, arguments: ["{address}", "{port}", "a b", "#!{}$;&|"] })],
  ["a program", misc({ script: "/bin/true", arguments: ["-x"] })],
  ["a script of the greatest size", misc({ script: { name: "a".repeat(64), text: script.text.padEnd(65536, "#") } })],
  ["BFD", bfd({ name: "web1" })],
  ["BFD with every option", [bfd({ name: "every.option-of_31-characters-", alpha: true }), bfd({ name: "web6" })]],
  ["a file", file({ trackFile })],
  [
    "a file with every option",
    file({ trackFile: { ...trackFile, initialValue: -254, overwrite: true }, weight: 0, reverse: true }),
  ],
  ["a file with the greatest weight", file({ trackFile: { ...trackFile, initialValue: 254 }, weight: 2147483647 })],
  ["a file with the least weight", file({ trackFile, weight: -2147483647, reverse: true })],
  ["several of each", [tcp(), tcp(every), http({ path: "/" }), misc({ script }), misc({ script }), ping(), ping()]],
  ["none", none()],
  ["an empty list", []],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(checks)("takes %s in silence", (_title, healthCheck) => {
    expect(keepalivedVerdicts(stackOf(healthCheck))).toEqual([CLEAN]);
  });

  test.each([
    ["SSL", ssl({ path: "/", sni: true, host: "www.example.org" })],
    ["the others", [tcp(), smtp(), dns(), udp({ requireReply: true }), ping(), bfd({ name: "web6" })]],
  ])("takes %s over IPv6 in silence", (_title, healthCheck) => {
    expect(keepalivedVerdicts(stackOf(healthCheck, IPV6))).toEqual([CLEAN]);
  });

  // What it lets pass without a word, our own rules must refuse.
  test.each([
    ["an option that a check has not", "fwmark 1", "bogus 1"],
    ["an address that it drops", "bindto 10.0.0.11", "bindto 2001:db8::1"],
    ["a time that it drops", "delay_loop 1.125", "delay_loop 0"],
    ["a session that is not there", 'name "web1"', 'name "web9"'],
    ["a file that is not there", 'track_file "maintenance-web0"', 'track_file "load"'],
  ])("is a judge that refuses %s", (_title, good, bad) => {
    const [conf = ""] = keepalivedConfs(stackOf([tcp({ ...every, firewallMark: 1 }), bfd({ name: "web1" })]));
    expect(conf).toContain(good);
    const at = conf.lastIndexOf(good);
    expect(keepalivedVerdict(conf.slice(0, at) + bad + conf.slice(at + good.length)).status).toBe(5);
  });

  test("is a judge that refuses scripts without security", () => {
    const [conf = ""] = keepalivedConfs(stackOf(misc({ script: "/bin/true" })));
    expect(keepalivedVerdict(conf.replace("enable_script_security", "")).status).toBe(6);
  });
});
