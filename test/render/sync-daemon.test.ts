import { SyncState } from "../../src/model/connection-sync";
import { Deferred } from "../../src/model/deferred";
import type { SyncDaemon } from "../../src/model/sync-daemon";
import { startDaemonArguments, syncDaemonLine, syncDaemonWords } from "../../src/render/sync-daemon";

const plain: SyncDaemon = { interface: "eth0", syncId: 51, settings: {} };
const full: SyncDaemon = {
  interface: "eth1",
  syncId: 7,
  settings: { maxLength: 1000, port: 8849, ttl: 2, group: "FF02:0::81", threads: 4 },
};
const tokens: SyncDaemon = {
  interface: new Deferred("${dev}"),
  syncId: new Deferred("${id}"),
  settings: { group: new Deferred("${group}"), ttl: new Deferred("${ttl}") },
};

test("keepalived starts it for an instance", () => {
  expect(syncDaemonLine({ ...plain, instance: "lb" })).toBe('lvs_sync_daemon eth0 inst "lb" id 51');
  expect(syncDaemonLine({ ...full, instance: "port" })).toBe(
    'lvs_sync_daemon eth1 inst "port" id 7 maxlen 1000 port 8849 ttl 2 group ff02::81',
  );
  expect(syncDaemonLine({ ...tokens, instance: "lb" })).toBe(
    'lvs_sync_daemon ${dev} inst "lb" id ${id} ttl ${ttl} group ${group}',
  );
});

test("keepalived starts both where no instance decides", () => {
  expect(syncDaemonLine(plain)).toBe("lvs_sync_daemon eth0 id 51");
});

test("ipvsadm shows it", () => {
  expect(syncDaemonWords(plain)).toBe("mcast=eth0 syncid=51");
  expect(syncDaemonWords(full)).toBe("mcast=eth1 syncid=7 maxlen=1000 group=ff02::81 port=8849 ttl=2");
  expect(syncDaemonWords(tokens)).toBe("mcast=${dev} syncid=${id} group=${group} ttl=${ttl}");
});

test("ipvsadm starts it", () => {
  expect(startDaemonArguments(SyncState.MASTER, plain)).toBe(
    "--start-daemon master --mcast-interface eth0 --syncid 51",
  );
  expect(startDaemonArguments(SyncState.BACKUP, full)).toBe(
    "--start-daemon backup --mcast-interface eth1 --syncid 7 --sync-maxlen 1000 --mcast-group ff02::81 --mcast-port 8849 --mcast-ttl 2",
  );
});
