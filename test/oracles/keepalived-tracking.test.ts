import type { TerraformStack } from "cdktf";
import {
  BfdListener,
  DrRealServer,
  HaPair,
  HealthCheck,
  LinkbeatType,
  ParameterMatch,
  SyncGroup,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
  type SyncGroupProps,
  type VrrpInstanceProps,
} from "../../src";
import { keepalivedConfs, keepalivedVerdict, keepalivedVerdicts } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";

interface Definition {
  readonly pair?: Partial<HaPairProps>;
  /** A second instance, with a VIP. */
  readonly api?: Partial<VrrpInstanceProps>;
  readonly group?: Partial<SyncGroupProps>;
}

function stackOf({ pair = {}, api, group }: Definition): TerraformStack {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    furtherBackups: [{ address: "10.0.0.13", connection: ssh }],
    interface: "eth0",
    virtualRouterId: 51,
    keepalivedVersion: "2.2.7",
    ...pair,
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  const healthCheck = HealthCheck.file({ trackFile: { name: "shared", path: "/run/shared" } });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80, healthCheck }).addRealServer(web1);
  if (api !== undefined) {
    const instance = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, ...api });
    const calls = { director: lb, vrrpInstance: instance, vip: "10.0.0.101", port: 80 };
    new VirtualService(stack, "calls", calls).addRealServer(web1);
    if (group !== undefined) new SyncGroup(stack, "together", { instances: [lb, instance], ...group });
  }
  return stack;
}

const text = "#!/bin/sh\nexit 0\n";
const script = { name: "web", script: { text } };
const proxy = { name: "proxy", process: "haproxy" };
const load = { file: { name: "load", path: "/run/load", initialValue: 0 } };
const router = { name: "router", neighborAddress: "10.0.0.1" };
const notify = { master: { text }, backup: { text }, fault: { text }, stop: "/usr/bin/true", any: { text } };
const tracking = {
  trackInterfaces: [{ interface: "eth1", weight: 5 }],
  trackScripts: [{ ...script, weight: -60 }],
  trackProcesses: [{ ...proxy, weight: 10 }],
  trackFiles: [{ ...load, weight: -1 }],
  trackBfd: [{ name: "router", weight: -60 }],
};
const bfdInstances = [router, { name: "v6", neighborAddress: "2001:db8::1", listeners: [BfdListener.VRRP] }];
const mail = { to: ["a@example.org", "b.c+d@example.org"], server: "192.0.2.25", from: "LB #1 <lb@example.org>" };

const pairs: [string, Partial<HaPairProps>][] = [
  ["a script", { trackScripts: [script] }],
  [
    "a script with every option",
    {
      trackScripts: [
        { ...script, intervalSeconds: 2, timeoutSeconds: 1, rise: 3, fall: 4, initFail: true, weight: -253 },
      ],
    },
  ],
  ["a script, reversed", { trackScripts: [{ ...script, weight: 0, reverse: true }] }],
  ["a program of the host", { trackScripts: [{ name: "t", script: "/usr/bin/true", weight: 253, reverse: true }] }],
  ["a process", { trackProcesses: [proxy] }],
  [
    "processes with every option",
    {
      trackProcesses: [
        { ...proxy, quorum: 2, quorumMax: 3, forkDelaySeconds: 0.001, terminateDelaySeconds: 3600, fullCommand: true },
        { name: "none", process: "vi", quorumMax: 0, weight: -253, reverse: true },
        ...Object.values(ParameterMatch).map((parameterMatch) => {
          return { name: parameterMatch, process: "/bin/x y", parameters: ["-f", "a #b!"], parameterMatch };
        }),
        { name: "bare", process: "x", parameterMatch: ParameterMatch.EXACT },
      ],
    },
  ],
  ["a file", { trackFiles: [load] }],
  ["a file without weight", { trackFiles: [{ ...load, weight: 0 }] }],
  ["a file that a check follows too", { trackFiles: [{ file: { name: "shared", path: "/run/shared" }, weight: 2 }] }],
  ["BFD sessions", { bfdInstances, trackBfd: ["router", { name: "v6", weight: -253, reverse: true }] }],
  ["BFD sessions between the directors", { trackBfd: true }],
  ["BFD sessions of both kinds", { bfdInstances, trackBfd: true }],
  ["every notify program", { notify: { ...notify, deleted: { text }, masterReceivesLowerPriority: { text } } }],
  ["a cloud", { cloud: { moveAddress: { text } } }],
  ["a pipe", { notifyFifo: { path: "/run/vrrp.fifo", script: { text, name: "reader" } }, notifyPriorityChanges: true }],
  ["mail", { mail, smtpAlert: true }],
  [
    "mail with every option",
    {
      mail: {
        ...mail,
        port: 2525,
        heloName: "lb.example.org",
        connectTimeoutSeconds: 5,
        vrrpAlerts: true,
        checkerAlerts: false,
        faults: false,
      },
    },
  ],
  ["SNMP", { snmp: { vrrp: true, checker: true, rfc: true, traps: true, socket: "udp:192.0.2.1:705" } }],
  ["D-Bus", { dbus: true }],
  [
    "processes of its own",
    {
      processes: {
        vrrp: { nice: -20, realtimePriority: 99, realtimeLimitMicroseconds: 2, noSwap: true, cpus: [0] },
        checker: { nice: 19, realtimePriority: 1, noSwap: true, cpus: [0] },
        bfd: { nice: 0, realtimeLimitMicroseconds: 10000000, noSwap: true, cpus: [0] },
        maxAutoPriority: 99,
        minAutoPriorityDelayMicroseconds: 10000000,
      },
    },
  ],
  ["pauses", { startupDelaySeconds: 5.5, gratuitousArpIntervalSeconds: 0.001, neighborAdvertIntervalSeconds: 0.999 }],
  ["unknown VRIDs logged", { logUnknownRouterIds: true }],
  ["delays of interfaces", { interfaceDelays: [{ interface: "eth0", downSeconds: 1.999, upSeconds: 0 }] }],
  ["links asked for", { linkbeatInterfaces: ["eth0", { interface: "eth1", type: LinkbeatType.IOCTL }] }],
  [
    "static routes and rules",
    {
      staticRoutes: [
        { to: "10.8.0.0/24", via: "10.0.0.1" },
        { to: "10.9.0.0/24", device: "eth1" },
      ],
      staticRules: [{ preference: 1, from: "10.8.0.0/24", table: 7 }],
    },
  ],
];

const groups: [string, Definition][] = [
  [
    "all that a group can track, and tell",
    { pair: { bfdInstances, mail }, api: {}, group: { ...tracking, notify, smtpAlert: true } },
  ],
  ["BFD sessions of a group between the directors", { api: {}, group: { trackBfd: true } }],
  [
    "all that instances of a group can track without weight",
    {
      pair: {
        bfdInstances,
        trackScripts: [script],
        trackProcesses: [proxy],
        trackFiles: [{ ...load, weight: 0 }],
        trackBfd: ["router"],
      },
      api: {},
      group: {},
    },
  ],
  [
    "all that instances of a group can track",
    { pair: { bfdInstances, ...tracking }, api: tracking, group: { trackingWeight: true } },
  ],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(pairs)("takes every side of a pair with %s in silence", (_title, pair) => {
    expect(keepalivedVerdicts(stackOf({ pair }))).toEqual([CLEAN, CLEAN, CLEAN]);
  });

  test.each(groups)("takes every side of %s in silence", (_title, definition) => {
    expect(keepalivedVerdicts(stackOf(definition))).toEqual([CLEAN, CLEAN, CLEAN]);
  });

  test("is a judge that refuses a script that is tracked and not there", () => {
    const [conf = ""] = keepalivedConfs(stackOf({ pair: { trackScripts: [{ ...script, script: "/usr/bin/true" }] } }));
    expect(keepalivedVerdict(conf.replace('vrrp_script "web"', 'vrrp_script "other"')).status).toBe(5);
  });
});
