import { SyncState, type ConnectionSyncSettings, type DirectorSyncSettings } from "../../src/model/connection-sync";
import { connectionSyncProblems, mixesFamilies } from "../../src/model/connection-sync-rules";
import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { loneSyncProblems, pairSyncProblems } from "../../src/model/sync-daemon";
import { realServer, service } from "../support/models";

type Settings = DeepDeferrable<ConnectionSyncSettings>;

const token = new Deferred("${x}");
const all = { interface: token, syncId: token, maxLength: token, port: token, ttl: token, group: token };

test.each<[string, Settings]>([
  ["nothing", {}],
  ["values known only at apply", { ...all, threshold: { packets: token, period: token }, threads: token }],
  ["the least", { syncId: 1, maxLength: 1, port: 1, ttl: 1, retries: 0, queueLength: 1, socketSize: 0 }],
  ["the most", { syncId: 255, maxLength: 65507, port: 65535, ttl: 255, retries: 3, refreshPeriodSeconds: 86400 }],
  ["an interface", { interface: "eth1" }],
  ["an IPv4 group", { group: "239.255.255.255" }],
  ["an IPv6 group", { group: "FF02::81" }],
  ["the kernel's own threshold", { threshold: { packets: 3, period: 50 } }],
  ["once", { threshold: { packets: 2, period: 0 } }],
  ["always", { threshold: { packets: 0, period: 1 }, refreshPeriodSeconds: 0 }],
  ["templates only", { persistMode: 1 }],
  ["the old version", { version: 0 }],
  ["64 threads up to the last port", { threads: 64, port: 65472 }],
  ["a port of several known only at apply", { threads: 64, port: token }],
])("accepts %s", (_title, settings) => {
  expect(connectionSyncProblems("sync", settings)).toEqual([]);
});

const groupRule = "must be a multicast address such as 224.0.0.81 or ff02::81";
const threadsRule = "must be 1, 2, 4, 8, 16, 32 or 64";

test.each<[string, Settings, string, string]>([
  ["an alias", { interface: "eth0:1" }, "interface", expect.stringMatching(/got 'eth0:1'$/) as string],
  ["the loopback", { interface: "lo" }, "interface", "must be an interface that reaches the other directors, got 'lo'"],
  ["id 0", { syncId: 0 }, "syncId", "must be an integer from 1 to 255, got 0"],
  ["id 256", { syncId: 256 }, "syncId", "must be an integer from 1 to 255, got 256"],
  ["no length", { maxLength: 0 }, "maxLength", "must be an integer from 1 to 65507, got 0"],
  ["port 0", { port: 0 }, "port", "must be an integer from 1 to 65535, got 0"],
  ["ttl 256", { ttl: 256 }, "ttl", "must be an integer from 1 to 255, got 256"],
  ["a unicast group", { group: "10.0.0.1" }, "group", `${groupRule}, got '10.0.0.1'`],
  ["a group above multicast", { group: "240.0.0.1" }, "group", `${groupRule}, got '240.0.0.1'`],
  ["an IPv6 unicast group", { group: "fe80::1" }, "group", `${groupRule}, got 'fe80::1'`],
  ["a group by name", { group: "all" }, "group", `${groupRule}, got 'all'`],
  [
    "a threshold that never comes",
    { threshold: { packets: 5, period: 5 } },
    "threshold.packets",
    "must be less than the period 5 or period 0, got 5",
  ],
  [
    "a negative threshold",
    { threshold: { packets: -1, period: 5 } },
    "threshold.packets",
    "must be an integer from 0 to 2147483647, got -1",
  ],
  [
    "a period of one and a half",
    { threshold: { packets: 0, period: 1.5 } },
    "threshold.period",
    "must be an integer from 0 to 2147483647, got 1.5",
  ],
  [
    "more than a day",
    { refreshPeriodSeconds: 86401 },
    "refreshPeriodSeconds",
    "must be an integer from 0 to 86400, got 86401",
  ],
  ["4 retries", { retries: 4 }, "retries", "must be an integer from 0 to 3, got 4"],
  ["mode 2", { persistMode: 2 as never }, "persistMode", "must be an integer from 0 to 1, got 2"],
  [
    "a mode as token",
    { persistMode: token as never },
    "persistMode",
    "must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
  ["version 2", { version: 2 as never }, "version", "must be an integer from 0 to 1, got 2"],
  ["3 threads", { threads: 3 }, "threads", `${threadsRule}, got 3`],
  ["128 threads", { threads: 128 }, "threads", `${threadsRule}, got 128`],
  [
    "ports beyond the last",
    { threads: 2, port: 65535 },
    "threads",
    "must leave room up to port 65535, got 2 from port 65535",
  ],
  ["no queue", { queueLength: 0 }, "queueLength", "must be an integer from 1 to 2147483647, got 0"],
  ["a negative buffer", { socketSize: -1 }, "socketSize", "must be an integer from 0 to 2147483647, got -1"],
])("refuses %s", (_title, settings, prop, message) => {
  expect(connectionSyncProblems("sync", settings)).toEqual([{ path: `sync.${prop}`, message }]);
});

const mixed = [service({}, [realServer(), realServer({ address: "2001:db8::21" })])];
const mixedMessage =
  "must be off with a real server or sorry server of another family than its VIP, got it on; set connectionSync to false, or give each of them an address of its VIP's family";

test.each<[string, ReturnType<typeof service>[], boolean]>([
  ["no services", [], false],
  ["one family", [service()], false],
  ["IPv6 alone", [service({ vip: "2001:db8::100" }, [realServer({ address: "2001:db8::21" })])], false],
  ["a real server of another family", mixed, true],
  ["a sorry server of the same family", [service({ sorryServer: { address: "10.0.0.30" } })], false],
  ["a sorry server of another family", [service({ sorryServer: { address: "2001:db8::30" } })], true],
  ["a sorry server known only at apply", [service({ sorryServer: { address: token } })], false],
  ["a VIP known only at apply", [service({ vip: token }, [realServer()])], false],
  ["a real server known only at apply", [service({}, [realServer({ address: token })])], false],
])("%s: mixed families or not", (_title, services, expected) => {
  expect(mixesFamilies(services)).toBe(expected);
});

describe("on a pair", () => {
  const plain = { services: [service()], localVips: [], instances: ["lb"] };
  const local = { ...plain, localVips: ["10.0.0.100"] };
  const apart = ["lb", "api"];
  const backupOnly = { backupOnly: true };
  const sloppy = (name: string) => ({
    path: `ipvs.${name}`,
    message: "must be on with sync.persistMode 1, got false; leave it out",
  });

  test.each<[string, false | Settings | undefined, Parameters<typeof pairSyncProblems>[2]]>([
    ["the default", undefined, plain],
    ["the default, off for mixed families", undefined, { ...plain, services: mixed }],
    ["off", false, plain],
    ["off for mixed families", false, { ...plain, services: mixed }],
    ["on beside a local real server", {}, local],
    ["templates only", { persistMode: 1 }, { ...plain, ipvs: { sloppyTcp: true } }],
    ["a rest for backups of one instance", {}, { ...local, ipvs: backupOnly }],
    ["instances that fail over apart", {}, { ...plain, instances: apart, ipvs: { backupOnly: false } }],
    ["a rest for backups without a daemon", false, { ...plain, instances: apart, ipvs: backupOnly }],
  ])("accepts %s", (_title, setting, surroundings) => {
    expect(pairSyncProblems("sync", setting, surroundings)).toEqual([]);
  });

  const needed = "must be on with a LocalRealServer, got false; its director would balance as a backup";
  const followed =
    "must follow one VRRP instance with a LocalRealServer, got services in VRRP instances that fail over apart ('lb', 'api'); put these in one SyncGroup, or let other hosts serve";
  const resting =
    "must be off where several directors work at once, got true with services in VRRP instances that fail over apart ('lb', 'api'); put these in one SyncGroup, or leave it out";
  test.each<[string, false | Settings | undefined, Parameters<typeof pairSyncProblems>[2], object[]]>([
    [
      "a setting out of range",
      { ttl: 0 },
      plain,
      [{ path: "sync.ttl", message: "must be an integer from 1 to 255, got 0" }],
    ],
    ["on with mixed families", {}, { ...plain, services: mixed }, [{ path: "sync", message: mixedMessage }]],
    ["off beside a local real server", false, local, [{ path: "sync", message: needed }]],
    [
      "a local real server and mixed families",
      undefined,
      { ...local, services: mixed },
      [{ path: "sync", message: needed }],
    ],
    [
      "a local real server, off, with instances that fail over apart",
      false,
      { ...local, instances: apart },
      [{ path: "sync", message: needed }],
    ],
    [
      "a local real server with instances that fail over apart",
      undefined,
      { ...local, instances: apart },
      [{ path: "sync", message: followed }],
    ],
    [
      "a rest for backups where each director works",
      {},
      { ...plain, instances: apart, ipvs: backupOnly },
      [{ path: "ipvs.backupOnly", message: resting }],
    ],
    [
      "templates only, and strict TCP and SCTP",
      { persistMode: 1 },
      { ...plain, ipvs: { sloppyTcp: false, sloppySctp: false } },
      [sloppy("sloppyTcp"), sloppy("sloppySctp")],
    ],
  ])("refuses %s", (_title, setting, surroundings, problems) => {
    expect(pairSyncProblems("sync", setting, surroundings)).toEqual(problems);
  });
});

describe("on a director in no pair", () => {
  const services = [service()];
  const both: DeepDeferrable<DirectorSyncSettings> = { state: SyncState.BOTH };

  test("is off unless it is asked for", () => {
    expect(loneSyncProblems("sync", undefined, undefined, { services: mixed })).toEqual([]);
  });

  test("takes the interface of the VIPs, or one of its own", () => {
    expect(loneSyncProblems("sync", both, "eth0", { services })).toEqual([]);
    expect(loneSyncProblems("sync", { ...both, interface: "eth1" }, undefined, { services })).toEqual([]);
  });

  test("a director that is only a backup may rest until it is a master", () => {
    const backup = { state: SyncState.BACKUP };
    expect(loneSyncProblems("sync", backup, "eth0", { services, ipvs: { backupOnly: true } })).toEqual([]);
  });

  test.each<[string, Parameters<typeof loneSyncProblems>, string, string]>([
    [
      "an unknown state",
      ["sync", { state: "on" as never }, "eth0", { services }],
      "sync.state",
      "must be a known value, got 'on'; use one of master, backup, both",
    ],
    [
      "no interface",
      ["sync", both, undefined, { services }],
      "sync.interface",
      "needs an interface when the director has no vipInterface, got none; name the one that reaches the other directors",
    ],
    [
      "a director that would never balance",
      ["sync", both, "eth0", { services, ipvs: { backupOnly: true } }],
      "ipvs.backupOnly",
      "must be off with connectionSync.state 'both', got true; a director that is always a backup as well would never balance",
    ],
    ["mixed families", ["sync", both, "eth0", { services: mixed }], "sync", mixedMessage],
    [
      "id 0",
      ["sync", { ...both, syncId: 0 }, "eth0", { services }],
      "sync.syncId",
      "must be an integer from 1 to 255, got 0",
    ],
  ])("refuses %s", (_title, given, path, message) => {
    expect(loneSyncProblems(...given)).toEqual([{ path, message }]);
  });
});
