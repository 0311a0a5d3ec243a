import { Deferred } from "../../src/model/deferred";
import { LinkbeatType, pairSettingsProblems, type PairOptions } from "../../src/model/pair-settings";

const token = new Deferred("${x}");

test.each<[string, PairOptions]>([
  ["nothing", {}],
  [
    "the least of times",
    { startupDelaySeconds: 0.001, gratuitousArpIntervalSeconds: 0.001, neighborAdvertIntervalSeconds: 0.001 },
  ],
  ["the most of times", { startupDelaySeconds: 60, gratuitousArpIntervalSeconds: 1, neighborAdvertIntervalSeconds: 1 }],
  ["times known only at apply", { startupDelaySeconds: token, gratuitousArpIntervalSeconds: token }],
  [
    "delays",
    {
      interfaceDelays: [
        { interface: "eth0", downSeconds: 0, upSeconds: 255 },
        { interface: token, downSeconds: 1 },
      ],
    },
  ],
  ["links", { linkbeatInterfaces: ["eth0", token, { interface: "eth1", type: LinkbeatType.IOCTL }] }],
  ["routes and rules", { staticRoutes: [{ to: "::/0", device: "eth0" }], staticRules: [{ preference: 1, table: 7 }] }],
  ["a pipe", { notifyFifo: { path: "/run/keepalived-vrrp.fifo" }, logUnknownRouterIds: true }],
  ["a pipe with a reader", { notifyFifo: { path: token, script: { text: "#!/bin/sh\n" } } }],
])("accepts %s", (_title, settings) => {
  expect(pairSettingsProblems(settings)).toEqual([]);
});

const listed = "must be listed once, got 'eth0' again";
const still = "must be left out of what is static, got true; no instance tracks it";
test.each<[string, PairOptions, string, string]>([
  ["no delay", { startupDelaySeconds: 0 }, "startupDelaySeconds", "must be from 0.001 to 60 seconds, got 0"],
  [
    "a pause of 2 seconds",
    { gratuitousArpIntervalSeconds: 2 },
    "gratuitousArpIntervalSeconds",
    "must be from 0.001 to 1 seconds, got 2",
  ],
  [
    "no pause",
    { neighborAdvertIntervalSeconds: 0 },
    "neighborAdvertIntervalSeconds",
    "must be from 0.001 to 1 seconds, got 0",
  ],
  [
    "a delay of 256 seconds",
    { interfaceDelays: [{ interface: "eth0", downSeconds: 256 }] },
    "interfaceDelays[0].downSeconds",
    "must be from 0 to 255 seconds, got 256",
  ],
  [
    "a negative delay",
    { interfaceDelays: [{ interface: "eth0", downSeconds: 0, upSeconds: -1 }] },
    "interfaceDelays[0].upSeconds",
    "must be from 0 to 255 seconds, got -1",
  ],
  [
    "a delay of no interface",
    { interfaceDelays: [{ interface: "", downSeconds: 1 }] },
    "interfaceDelays[0].interface",
    "must be an interface name of 1 to 15 bytes, got ''",
  ],
  [
    "two delays of one interface",
    {
      interfaceDelays: [
        { interface: "eth0", downSeconds: 1 },
        { interface: "eth0", downSeconds: 2 },
      ],
    },
    "interfaceDelays[1]",
    `${listed}; it is interfaceDelays[0] already`,
  ],
  [
    "a link twice",
    { linkbeatInterfaces: ["eth0", { interface: "eth0" }] },
    "linkbeatInterfaces[1]",
    `${listed}; it is linkbeatInterfaces[0] already`,
  ],
  [
    "a link of no interface",
    { linkbeatInterfaces: [""] },
    "linkbeatInterfaces[0]",
    "must be an interface name of 1 to 15 bytes, got ''",
  ],
  [
    "an unknown way to ask",
    { linkbeatInterfaces: [{ interface: "eth0", type: "LLDP" as LinkbeatType }] },
    "linkbeatInterfaces[0].type",
    "must be a known value, got 'LLDP'; use one of MII, ETHTOOL, IOCTL",
  ],
  [
    "a route without a way",
    { staticRoutes: [{ to: "10.8.0.0/24" }] },
    "staticRoutes[0]",
    "needs a way, got none to '10.8.0.0/24'; set via, device or nextHops",
  ],
  [
    "a route that is watched",
    { staticRoutes: [{ to: "::/0", device: "eth0", track: true }] },
    "staticRoutes[0].track",
    still,
  ],
  [
    "a rule with nothing to do",
    { staticRules: [{ preference: 1 }] },
    "staticRules[0]",
    "must have one of table, action and goTo, got 0",
  ],
  [
    "a rule that is watched",
    { staticRules: [{ preference: 1, table: 7, track: true }] },
    "staticRules[0].track",
    still,
  ],
  [
    "a pipe without a path",
    { notifyFifo: { path: "fifo" } },
    "notifyFifo.path",
    "must be an absolute path of letters, digits and . _ + @ -, without . and .. as names, got 'fifo'",
  ],
  [
    "a reader that is no program",
    { notifyFifo: { path: "/run/fifo", script: "cat" } },
    "notifyFifo.script",
    "must be a script or an absolute path of letters, digits and . _ + @ -, without . and .. as names, got 'cat'",
  ],
])("refuses %s", (_title, settings, path, message) => {
  expect(pairSettingsProblems(settings)).toEqual([{ path, message }]);
});
