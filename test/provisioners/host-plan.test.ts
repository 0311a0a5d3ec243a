import { Deferred } from "../../src/model/deferred";
import { TableOwner } from "../../src/model/table-owner";
import { planText, type HostPlan } from "../../src/provisioners/host-plan";

const least: HostPlan = {
  host: "stack/web1 (10.0.0.21)",
  role: "real-server",
  address: "10.0.0.21",
  interfaces: [],
  packages: [],
  files: [],
  sysctls: [],
  objects: [],
  held: [],
  units: [],
  rules: "",
  sorryServers: [],
  drainTimeoutSeconds: 0,
  verifyTimeoutSeconds: 0,
};

test("the least that a plan can say: a real server has no table", () => {
  expect(planText(least)).toBe("host stack/web1 (10.0.0.21)\nrole real-server\naddress 10.0.0.21\n");
});

test("everything that a plan can say, one line each; texts of files and rules travel beside it", () => {
  const plan: HostPlan = {
    host: "stack/lb (10.0.0.11), primary",
    role: "director",
    address: "10.0.0.11",
    interfaces: ["eth0", "eth1"],
    packages: [
      { name: "iproute2", command: "ip" },
      { name: "keepalived", command: "keepalived" },
    ],
    files: [
      { path: "/etc/x", mode: "644", text: "x\n" },
      { path: "/etc/y", mode: "644", text: "y\n", restarts: "y.service" },
    ],
    sysctls: [{ key: "net/ipv4/conf/*/arp_ignore", value: "1" }],
    objects: [],
    held: [{ address: "10.0.0.102", device: "lo" }],
    vrrp: [
      {
        instance: "lb",
        addresses: [
          { address: "127.112.0.51", device: "lo" },
          { address: "10.0.0.100", device: "eth0" },
          { address: "2001:db8::100", device: "eth0" },
        ],
        mustHold: true,
      },
      { instance: "api", addresses: [{ address: "127.112.0.52", device: "lo" }], mustHold: false },
    ],
    units: ["a.service", "keepalived.service"],
    monitoring: {
      repair: true,
      metrics: { directory: "/srv/metrics", labels: 'construct="a/lb",role="primary"' },
    },
    table: TableOwner.KEEPALIVED,
    keepalived: {
      version: "2.2.7",
      programs: ["/bin/true", new Deferred("${program}")],
      adaptive: [{ rule: "-a -t 10.0.0.100:80 -r 10.0.0.22:80" }],
      switches: [{ name: "web1", rule: "-a -t 10.0.0.100:80 -r 10.0.0.21:80" }],
    },
    rules: "-A -t 10.0.0.100:80 -s wlc\n",
    sorryServers: ["-t 10.0.0.100:80 -r 10.0.0.99:80"],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 34,
  };
  expect(planText(plan)).toBe(`host stack/lb (10.0.0.11), primary
role director
address 10.0.0.11
interface eth0
interface eth1
package iproute2 ip
package keepalived keepalived
sysctl net/ipv4/conf/*/arp_ignore 1
vip 10.0.0.102 lo
vrrp_holds lb yes
vrrp_vip lb 127.112.0.51 lo
vrrp_vip lb 10.0.0.100 eth0
vrrp_vip lb 2001:db8::100 eth0
vrrp_holds api no
vrrp_vip api 127.112.0.52 lo
unit a.service
unit keepalived.service
restart /etc/y y.service
repair yes
metrics /srv/metrics
metric_labels construct="a/lb",role="primary"
table keepalived
sorry -t 10.0.0.100:80 -r 10.0.0.99:80
drain 0
verify 34
keepalived 2.2.7
program /bin/true
program \${program}
adaptive -a -t 10.0.0.100:80 -r 10.0.0.22:80
switch web1 -a -t 10.0.0.100:80 -r 10.0.0.21:80
`);
});

test("addresses as the kernel prints them, and values known only at apply as they are", () => {
  const plan: HostPlan = {
    ...least,
    role: "director",
    address: "2001:0DB8:0::11",
    interfaces: [new Deferred("${device}")],
    objects: [],
    held: [{ address: new Deferred("${vip}", "[${vip}]"), device: new Deferred("${device}") }],
    vrrp: [
      {
        instance: "lb",
        addresses: [{ address: new Deferred("${other}", "[${other}]"), device: new Deferred("${device}") }],
        mustHold: false,
      },
    ],
    table: TableOwner.IPVSADM,
    drainTimeoutSeconds: new Deferred("${drain}"),
  };
  expect(planText(plan)).toBe(`host stack/web1 (10.0.0.21)
role director
address 2001:db8::11
interface \${device}
vip \${vip} \${device}
vrrp_holds lb no
vrrp_vip lb \${other} \${device}
table ipvsadm
drain \${drain}
verify 0
`);
});

test("a check that only tells the journal", () => {
  expect(planText({ ...least, monitoring: { repair: false } })).toContain("\nrepair no\n");
  const metrics = { directory: "/m", labels: 'a="b"' };
  const plan = { ...least, monitoring: { repair: false, metrics } };
  expect(planText(plan)).toContain('\nrepair no\nmetrics /m\nmetric_labels a="b"\n');
  expect(planText(plan)).not.toContain("metric_vrrp_instance");
});
