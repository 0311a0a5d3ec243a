import { Deferred } from "../../src/model/deferred";
import { nftablesDropIn, nftablesUnit } from "../../src/render/nftables-unit";
import { unitFile } from "../../src/render/unit-file";
import { ipvsadmUnit } from "../../src/render/ipvsadm-unit";
import { keepalivedDropIn } from "../../src/render/keepalived-drop-in";
import { directorVipsUnit, realServerVipsUnit } from "../../src/render/vips-unit";

test("a unit file: sections set apart by a blank line, keys as often as they are given", () => {
  const text = unitFile([
    { name: "Unit", lines: [["Description", "x"]] },
    {
      name: "Service",
      lines: [
        ["ExecStart", "a"],
        ["ExecStart", "b"],
      ],
    },
    { name: "Install", lines: [] },
  ]);
  expect(text).toBe("[Unit]\nDescription=x\n\n[Service]\nExecStart=a\nExecStart=b\n\n[Install]\n");
});

test("the VIPs of a real server: hidden from ARP first", () => {
  const vips = [
    { address: "10.0.0.100", device: "lo" },
    { address: "2001:db8::100", device: "lo" },
  ];
  expect(realServerVipsUnit(vips, "/etc/sysctl.d/99-lvs.conf")).toBe(`[Unit]
Description=Virtual IP addresses (cdktf-lvs)
After=systemd-sysctl.service
Before=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=/lib/systemd/systemd-sysctl /etc/sysctl.d/99-lvs.conf
ExecStart=ip address replace 10.0.0.100/32 dev lo preferred_lft 0
ExecStart=ip address replace 2001:db8::100/128 dev lo preferred_lft 0
ExecStop=-ip address delete 10.0.0.100/32 dev lo
ExecStop=-ip address delete 2001:db8::100/128 dev lo

[Install]
WantedBy=multi-user.target
`);
});

test("the VIPs of a real server that needs no kernel settings", () => {
  expect(realServerVipsUnit([{ address: "2001:db8::100", device: "lo" }], undefined)).toBe(`[Unit]
Description=Virtual IP addresses (cdktf-lvs)
After=systemd-sysctl.service
Before=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip address replace 2001:db8::100/128 dev lo preferred_lft 0
ExecStop=-ip address delete 2001:db8::100/128 dev lo

[Install]
WantedBy=multi-user.target
`);
});

test("the VIPs of a director, where only apply knows their family", () => {
  const vips = [{ address: new Deferred("${vip}", "[${vip}]", "${vip}/32"), device: new Deferred("${device}") }];
  expect(directorVipsUnit(vips)).toBe(`[Unit]
Description=Virtual IP addresses (cdktf-lvs)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip address replace \${vip}/32 dev \${device} preferred_lft 0
ExecStop=-ip address delete \${vip}/32 dev \${device}

[Install]
WantedBy=multi-user.target
`);
});

test("plain ipvsadm rules, at boot", () => {
  expect(ipvsadmUnit("/etc/lvs.rules")).toBe(`[Unit]
Description=IPVS table (cdktf-lvs)
After=systemd-modules-load.service
Before=network-online.target
ConditionFileNotEmpty=/etc/lvs.rules

[Service]
Type=oneshot
RemainAfterExit=yes
StandardInput=file:/etc/lvs.rules
ExecStart=ipvsadm --restore
ExecStop=ipvsadm --clear

[Install]
WantedBy=multi-user.target
`);
});

test("what Debian's keepalived.service lacks", () => {
  expect(keepalivedDropIn()).toBe(`[Unit]
Wants=network-online.target
After=network-online.target systemd-modules-load.service
StartLimitIntervalSec=0

[Service]
TimeoutStartSec=300
Restart=on-failure
RestartSec=1
ExecStopPost=-sh /etc/cdktf-lvs/director/current/program stopped
`);
});

test("our nftables table comes before the network, and goes when its unit is stopped", () => {
  expect(nftablesUnit("/etc/cdktf-lvs/nftables.conf")).toBe(`[Unit]
Description=nftables table (cdktf-lvs)
DefaultDependencies=no
Wants=network-pre.target
After=nftables.service
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=nft -f /etc/cdktf-lvs/nftables.conf
ExecStop=nft "add table inet cdktf_lvs; delete table inet cdktf_lvs"

[Install]
WantedBy=multi-user.target
`);
});

test("our nftables table comes back whenever the distribution's unit throws all tables away, which must not fail for it", () => {
  expect(nftablesDropIn("/etc/cdktf-lvs/nftables.conf")).toBe(`[Service]
ExecStartPost=-nft -f /etc/cdktf-lvs/nftables.conf
ExecReload=-nft -f /etc/cdktf-lvs/nftables.conf
ExecStopPost=-nft -f /etc/cdktf-lvs/nftables.conf
`);
});
