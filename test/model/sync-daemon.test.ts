import { SyncState } from "../../src/model/connection-sync";
import { loneSyncDaemon, pairSyncDaemon, syncStates, syncSysctls } from "../../src/model/sync-daemon";
import { realServer, service } from "../support/models";

const pair = { interface: "eth0", virtualRouterId: 51 };
const mixed = [service({}, [realServer({ address: "2001:db8::21" })])];

test("a pair synchronises over its own interface, with its VRID", () => {
  const daemon = { instance: "lb", interface: "eth0", syncId: 51, settings: {} };
  expect(pairSyncDaemon(undefined, pair, [service()], ["lb"])).toEqual(daemon);
});

test("what a pair is told comes first", () => {
  const settings = { interface: "eth1", syncId: 7, ttl: 2 };
  expect(pairSyncDaemon(settings, pair, [], ["lb"])).toEqual({
    instance: "lb",
    interface: "eth1",
    syncId: 7,
    settings,
  });
});

test("instances that fail over apart decide nothing together", () => {
  const daemon = { interface: "eth0", syncId: 51, settings: {} };
  expect(pairSyncDaemon(undefined, pair, [service()], ["lb", "api"])).toEqual(daemon);
});

test("a pair does not synchronise where it is told so, or cannot", () => {
  expect(pairSyncDaemon(false, pair, [], ["lb"])).toBeUndefined();
  expect(pairSyncDaemon(undefined, pair, mixed, ["lb"])).toBeUndefined();
});

test("a lone director synchronises only where it is told so", () => {
  expect(loneSyncDaemon(undefined, "eth0")).toBeUndefined();
  const settings = { state: SyncState.MASTER };
  expect(loneSyncDaemon(settings, "eth0")).toEqual({ state: "master", interface: "eth0", syncId: 1, settings });
  const own = { ...settings, interface: "eth1", syncId: 9 };
  expect(loneSyncDaemon(own, "eth0")).toMatchObject({ interface: "eth1", syncId: 9 });
});

test.each([
  [SyncState.MASTER, ["master"]],
  [SyncState.BACKUP, ["backup"]],
  [SyncState.BOTH, ["master", "backup"]],
])("a daemon of the state %s has the states %j", (state, states) => {
  expect(syncStates(state)).toEqual(states);
});

test("by default every second packet may announce a connection, every 10 seconds", () => {
  expect(syncSysctls({ ...pair, syncId: 51, settings: {} })).toEqual([
    { key: "net/ipv4/vs/sync_threshold", value: "0 2" },
    { key: "net/ipv4/vs/sync_refresh_period", value: "10" },
    { key: "net/ipv4/vs/sync_retries", value: "0" },
  ]);
});

test("every setting of the kernel; strict TCP and SCTP do not go with templates only", () => {
  const settings = {
    threshold: { packets: 3, period: 50 },
    refreshPeriodSeconds: 0,
    retries: 3,
    persistMode: 1,
    version: 0,
    threads: 4,
    queueLength: 1000,
    socketSize: 65536,
  } as const;
  const sysctls = syncSysctls({ ...pair, syncId: 51, settings });
  expect(sysctls.map(({ key, value }) => `${key.replace("net/ipv4/vs/", "")} ${value}`)).toEqual([
    "sync_threshold 3 50",
    "sync_refresh_period 0",
    "sync_retries 3",
    "sync_persist_mode 1",
    "sloppy_tcp 1",
    "sloppy_sctp 1",
    "sync_version 0",
    "sync_ports 4",
    "sync_qlen_max 1000",
    "sync_sock_size 65536",
  ]);
});

test("with every connection announced, TCP may stay strict", () => {
  const keys = syncSysctls({ ...pair, syncId: 51, settings: { persistMode: 0 } }).map(({ key }) => key);
  expect(keys).toContain("net/ipv4/vs/sync_persist_mode");
  expect(keys).not.toContain("net/ipv4/vs/sloppy_tcp");
});
