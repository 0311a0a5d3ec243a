import { Deferred } from "../../src/model/deferred";
import { drRealServerPart } from "../../src/provisioners/parts/dr-real-server";
import { realServerPlan } from "../../src/provisioners/real-server-plan";

const host = { host: "stack/web1 (10.0.0.21)", address: "10.0.0.21" };

const sysctlFile = {
  path: "/etc/sysctl.d/99-cdktf-lvs.conf",
  mode: "644",
  text: "net/ipv4/conf/*/arp_ignore = 1\nnet/ipv4/conf/*/arp_announce = 2\n",
};
const sysctls = [
  { key: "net/ipv4/conf/*/arp_ignore", value: "1" },
  { key: "net/ipv4/conf/*/arp_announce", value: "2" },
];

test("IPv4 VIPs: hidden from ARP, then held on the loopback", () => {
  expect(realServerPlan(host, [drRealServerPart(["10.0.0.100", "10.0.0.101"])])).toEqual({
    host: "stack/web1 (10.0.0.21)",
    role: "real-server",
    address: "10.0.0.21",
    interfaces: [],
    packages: [{ name: "iproute2", command: "ip" }],
    files: [
      sysctlFile,
      {
        path: "/etc/systemd/system/cdktf-lvs-vips.service",
        mode: "644",
        text: `[Unit]
Description=Virtual IP addresses (cdktf-lvs)
After=systemd-sysctl.service
Before=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=/lib/systemd/systemd-sysctl /etc/sysctl.d/99-cdktf-lvs.conf
ExecStart=ip address replace 10.0.0.100/32 dev lo preferred_lft 0
ExecStart=ip address replace 10.0.0.101/32 dev lo preferred_lft 0
ExecStop=-ip address delete 10.0.0.100/32 dev lo
ExecStop=-ip address delete 10.0.0.101/32 dev lo

[Install]
WantedBy=multi-user.target
`,
      },
    ],
    sysctls,
    objects: [],
    held: [
      { address: "10.0.0.100", device: "lo" },
      { address: "10.0.0.101", device: "lo" },
    ],
    units: ["cdktf-lvs-vips.service"],
    rules: "",
    sorryServers: [],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 0,
  });
});

test("IPv6 only: nothing to hide from ARP", () => {
  const plan = realServerPlan(host, [drRealServerPart(["2001:db8::100"])]);
  expect(plan.sysctls).toEqual([]);
  expect(plan.held).toEqual([{ address: "2001:db8::100", device: "lo" }]);
  expect(plan.files).toEqual([
    {
      path: "/etc/systemd/system/cdktf-lvs-vips.service",
      mode: "644",
      text: `[Unit]
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
`,
    },
  ]);
});

test("both families: one IPv4 VIP is enough to need the settings", () => {
  const plan = realServerPlan(host, [drRealServerPart(["2001:db8::100", "10.0.0.100"])]);
  expect(plan.sysctls).toEqual(sysctls);
  expect(plan.files[0]).toEqual(sysctlFile);
});

test("a VIP known only at apply may be IPv4: the settings come with it", () => {
  const vip = new Deferred("${vip}", "[${vip}]");
  const plan = realServerPlan(host, [drRealServerPart([vip])]);
  expect(plan.sysctls).toEqual(sysctls);
  expect(plan.files[0]).toEqual(sysctlFile);
  expect(plan.files[1]?.text.split("\n")).toContain("ExecStart=ip address replace ${vip} dev lo preferred_lft 0");
});

test("no VIP: nothing on the host", () => {
  expect(realServerPlan(host, [drRealServerPart([])])).toEqual({
    host: "stack/web1 (10.0.0.21)",
    role: "real-server",
    address: "10.0.0.21",
    interfaces: [],
    packages: [{ name: "iproute2", command: "ip" }],
    files: [],
    sysctls: [],
    objects: [],
    held: [],
    units: [],
    rules: "",
    sorryServers: [],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 0,
  });
});
