import { networkUnit } from "../../src/render/network-unit";

const link = { add: "link add name lvs-ipip type ipip", delete: "link delete lvs-ipip", show: "", text: "" };
const up = { add: "link set lvs-ipip up", delete: "link set lvs-ipip down", show: "", text: "" };
const route = { add: "-6 route add default via ::1 table 112", delete: "-6 route delete default", show: "", text: "" };

test("links: before the VIPs that are on them, then their settings", () => {
  expect(networkUnit({ objects: [link, up], sysctlFile: "/etc/sysctl.d/99-cdktf-lvs.conf" })).toBe(`[Unit]
Description=Links, routes and rules (cdktf-lvs)
After=systemd-modules-load.service
Before=cdktf-lvs-vips.service network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip link add name lvs-ipip type ipip
ExecStart=ip link set lvs-ipip up
ExecStart=/lib/systemd/systemd-sysctl /etc/sysctl.d/99-cdktf-lvs.conf
ExecStop=-ip link set lvs-ipip down
ExecStop=-ip link delete lvs-ipip

[Install]
WantedBy=multi-user.target
`);
});

test("routes: when the host has its addresses", () => {
  expect(networkUnit({ objects: [route] })).toContain(`Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip -6 route add default via ::1 table 112
ExecStop=-ip -6 route delete default
`);
});
