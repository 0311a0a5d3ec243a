import { Deferred } from "../../src/model/deferred";
import type { Firewall } from "../../src/model/firewall";
import type { PacketMark, Packets } from "../../src/model/packet-mark";
import { Protocol } from "../../src/model/protocol";
import { nftablesConf } from "../../src/render/nftables-conf";

const web: Packets = { family: "IPv4", vips: ["10.0.0.100"], protocol: Protocol.TCP, ports: [80, 443] };
const dns: Packets = { family: "IPv6", vips: ["2001:db8::1", "2001:db8::2"], protocol: Protocol.UDP, ports: [53] };

const START = "table inet cdktf_lvs\ndelete table inet cdktf_lvs\ntable inet cdktf_lvs {\n";

/** The rules of the only chain, one per line. */
function rulesOf(table: { marks?: readonly PacketMark[]; firewall?: Firewall }): string[] {
  const lines = nftablesConf({ marks: [], ...table }).split("\n");
  return lines
    .filter((line) => line.startsWith("        "))
    .map((line) => line.trim())
    .slice(1);
}

test("marks alone", () => {
  expect(nftablesConf({ marks: [{ ...web, mark: 1 }] })).toBe(`${START}    chain marks {
        type filter hook prerouting priority mangle; policy accept;
        ip daddr 10.0.0.100 tcp dport { 80, 443 } meta mark set 1
    }
}
`);
});

test("marks and every kind of firewall rule", () => {
  const firewall: Firewall = {
    directors: [
      { packets: { ipProtocol: 112 }, from: [{ family: "IPv4", addresses: ["10.0.0.12"] }] },
      { packets: { udpPorts: ["8848-8849"] }, from: [{ interface: "eth1" }] },
      { packets: { udpPorts: [3784, 4784] }, from: [{ family: "IPv4", addresses: ["10.0.0.21"] }] },
    ],
    limits: [{ packets: web, clients: ["10.8.0.0/16", "10.9.0.1"] }],
    servicesOnly: {
      vips: [
        { family: "IPv4", addresses: ["10.0.0.100"] },
        { family: "IPv6", addresses: ["2001:db8::1", "2001:db8::2"] },
      ],
      packets: [web, dns],
    },
  };
  expect(nftablesConf({ marks: [{ ...web, mark: 1 }], firewall })).toBe(`${START}    chain marks {
        type filter hook prerouting priority mangle; policy accept;
        ip daddr 10.0.0.100 tcp dport { 80, 443 } meta mark set 1
    }

    chain firewall {
        type filter hook input priority filter; policy accept;
        meta l4proto 112 ip saddr 10.0.0.12 accept
        meta l4proto 112 counter drop
        udp dport 8848-8849 iifname "eth1" accept
        udp dport 8848-8849 counter drop
        udp dport { 3784, 4784 } ip saddr 10.0.0.21 accept
        udp dport { 3784, 4784 } counter drop
        ip daddr 10.0.0.100 tcp dport { 80, 443 } ip saddr != { 10.8.0.0/16, 10.9.0.1 } counter drop
        ip daddr 10.0.0.100 tcp dport { 80, 443 } accept
        ip6 daddr { 2001:db8::1, 2001:db8::2 } udp dport 53 accept
        ip daddr 10.0.0.100 meta l4proto { tcp, udp, sctp } counter drop
        ip6 daddr { 2001:db8::1, 2001:db8::2 } meta l4proto { tcp, udp, sctp } counter drop
    }
}
`);
});

test("what comes from other directors: IPv6, and values known only at apply", () => {
  const from = { family: "IPv6", addresses: ["2001:db8::b", new Deferred("${peer}", "[${peer}]")] } as const;
  const firewall: Firewall = {
    directors: [
      { packets: { ipProtocol: 51 }, from: [from] },
      { packets: { udpPorts: [new Deferred("${port}")] }, from: [{ interface: new Deferred("${device}") }] },
    ],
    limits: [],
  };
  expect(rulesOf({ firewall })).toEqual([
    "meta l4proto 51 ip6 saddr { 2001:db8::b, ${peer} } accept",
    "meta l4proto 51 counter drop",
    'udp dport ${port} iifname "${device}" accept',
    "udp dport ${port} counter drop",
  ]);
});

test.each<[string, Partial<Packets>, string]>([
  ["one port", { ports: [80] }, "ip daddr 10.0.0.100 tcp dport 80"],
  ["a range", { ports: ["50000-50100"] }, "ip daddr 10.0.0.100 tcp dport 50000-50100"],
  ["all ports", { ports: [] }, "ip daddr 10.0.0.100 meta l4proto tcp"],
  ["SCTP", { protocol: Protocol.SCTP, ports: [9] }, "ip daddr 10.0.0.100 sctp dport 9"],
  ["IPv6", { family: "IPv6", vips: ["2001:db8::1"], ports: [9] }, "ip6 daddr 2001:db8::1 tcp dport 9"],
  [
    "values known only at apply",
    { vips: ["10.0.0.1", new Deferred("${vip}", "[${vip}]")], ports: [new Deferred("${port}")] },
    "ip daddr { 10.0.0.1, ${vip} } tcp dport ${port}",
  ],
])("packets to %s", (_title, different, match) => {
  const packets = { ...web, ...different };
  expect(rulesOf({ marks: [{ ...packets, mark: 2147483647 }] })).toEqual([`${match} meta mark set 2147483647`]);
  const servicesOnly = { vips: [], packets: [packets] };
  expect(rulesOf({ firewall: { directors: [], limits: [], servicesOnly } })).toEqual([`${match} accept`]);
});

test("packets that somebody else marks, of the family of the service", () => {
  const limits = [
    { packets: { ...web, ports: [], foreignMark: 5 }, clients: [new Deferred("${network}")] },
    { packets: { ...dns, ports: [], foreignMark: new Deferred("${mark}") }, clients: ["2001:db8::/32"] },
  ];
  expect(rulesOf({ firewall: { directors: [], limits } })).toEqual([
    "meta nfproto ipv4 meta mark 5 ip saddr != ${network} counter drop",
    "meta nfproto ipv6 meta mark ${mark} ip6 saddr != 2001:db8::/32 counter drop",
  ]);
});
