import type { TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HealthCheck,
  Protocol,
  VirtualService,
  type RealServerOptions,
  type VirtualServiceSettings,
} from "../../src";
import { keepalivedConfs, keepalivedVerdict, keepalivedVerdicts } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";

type Settings = Partial<VirtualServiceSettings>;

const text = "#!/bin/sh\nexit 0\n";
const both = { up: { text }, down: { text } };
const programs = { up: "/usr/bin/true", down: "/usr/bin/true" };
const all = { notifyQuorum: both, notifyRealServers: both };

function stackOf(settings: Settings, options: RealServerOptions = {}): TerraformStack {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, keepalivedVersion: "2.2.7" });
  const port = settings.firewallMark === undefined && settings.allPorts !== true ? { port: 80 } : {};
  const healthCheck = HealthCheck.ping();
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", ipv6Address: "2001:db8::21", connection: ssh });
  new VirtualService(stack, "web", { director, vip: "10.0.0.100", healthCheck, ...port, ...settings }).addRealServer(
    web1,
    options,
  );
  return stack;
}

const services: [string, Settings, RealServerOptions?][] = [
  ["a script on a quorum that is met", { notifyQuorum: { up: { text } } }],
  ["a script on a quorum that is lost", { notifyQuorum: { down: { text } } }],
  ["scripts on real servers", { notifyRealServers: both }],
  ["scripts on one real server", {}, { notify: both }],
  ["programs of the host", { notifyQuorum: programs, notifyRealServers: programs }, { notify: programs }],
  ["everything at once", { ...all, quorum: 1, hysteresis: 0, alpha: true, omega: true, smtpAlert: false }],
  ["several VIPs", { ...all, additionalVips: ["10.0.0.101"] }],
  ["IPv6", { ...all, vip: "2001:db8::100" }],
  ["a mark, whose name has blanks", { ...all, firewallMark: { mark: 1 } }],
  ["all ports of UDP", { ...all, allPorts: true, protocol: Protocol.UDP, persistence: { timeoutSeconds: 60 } }],
  [
    "names and paths as long as they may be",
    {
      notifyQuorum: { up: { name: "a".repeat(64), text }, down: { name: "_.-".padEnd(64, "z"), text } },
      vip: "2001:db8:1111:2222:3333:4444:5555:6666",
      additionalVips: ["2001:db8:1111:2222:3333:4444:5555:7777"],
    },
  ],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(services)("takes %s in silence", (_title, settings, options = {}) => {
    expect(keepalivedVerdicts(stackOf(settings, options))).toEqual([CLEAN]);
  });

  test.each(["quorum", "notify"])("is a judge that refuses a second program of %s", (keyword) => {
    const [conf = ""] = keepalivedConfs(stackOf({ notifyQuorum: programs, notifyRealServers: programs }));
    const { status, output } = keepalivedVerdict(conf.replace(`${keyword}_down`, `${keyword}_up`));
    expect([status, output]).toEqual([5, expect.stringContaining(`${keyword}_up script already specified`)]);
  });
});
