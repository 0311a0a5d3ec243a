import { SyncState } from "../../src/model/connection-sync";
import { ipvsUnit } from "../../src/render/ipvs-unit";

const start = `[Unit]
Description=IPVS timeouts and connection synchronisation (cdktf-lvs)
Wants=network-online.target
After=network-online.target systemd-modules-load.service systemd-sysctl.service

[Service]
Type=oneshot
RemainAfterExit=yes
`;
const end = `
[Install]
WantedBy=multi-user.target
`;

test("timeouts alone", () => {
  expect(ipvsUnit({ timeouts: "900 0 30" })).toBe(`${start}ExecStart=ipvsadm --set 900 0 30\n${end}`);
});

test("one daemon", () => {
  const syncDaemon = { state: SyncState.BACKUP, interface: "eth0", syncId: 1, settings: {} };
  expect(ipvsUnit({ syncDaemon })).toBe(`${start}ExecStart=-ipvsadm --stop-daemon backup
ExecStart=ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 1
ExecStop=-ipvsadm --stop-daemon backup
${end}`);
});

test("timeouts and both daemons", () => {
  const syncDaemon = { state: SyncState.BOTH, interface: "eth0", syncId: 1, settings: { ttl: 3 } };
  expect(ipvsUnit({ timeouts: "1 2 3", syncDaemon })).toBe(`${start}ExecStart=ipvsadm --set 1 2 3
ExecStart=-ipvsadm --stop-daemon master
ExecStart=ipvsadm --start-daemon master --mcast-interface eth0 --syncid 1 --mcast-ttl 3
ExecStart=-ipvsadm --stop-daemon backup
ExecStart=ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 1 --mcast-ttl 3
ExecStop=-ipvsadm --stop-daemon master
ExecStop=-ipvsadm --stop-daemon backup
${end}`);
});
