import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Director, HaPair, Protocol, TableOwner, UnmanagedRealServer, VirtualService } from "../../src";
import type { HaPairProps, VirtualServiceSettings } from "../../src";
import { CLEAN, describeWithOracles, judge, type Verdict } from "../support/oracles";
import { hostFiles, newStack, ssh, synthesize } from "../support/stacks";

type Service = Partial<VirtualServiceSettings>;

const IPV4 = "10.0.0.100";
const IPV6 = "2001:db8::100";
const persistence = { timeoutSeconds: 60 };
const site: Service = { firewallMark: { mark: 1, ports: [443, "50000-50100", "7-7"] }, persistence };

type Settings = Pick<HaPairProps, "firewall" | "connectionSync">;

/** Services of one director, and its settings. */
const definitions: [string, readonly Service[], Settings][] = [
  ["marked ports", [{ firewallMark: { mark: 1, ports: [80] } }], {}],
  ["marked ports and ranges", [site], {}],
  ["the greatest mark", [{ firewallMark: { mark: 2147483647, ports: ["1-65535"] } }], {}],
  ["marks for IPv6", [{ vip: IPV6, ...site }], {}],
  ["marks for both families", [site, { vip: IPV6, ...site }], {}],
  [
    "marks for UDP and SCTP",
    [
      { ...site, protocol: Protocol.UDP },
      { ...site, vip: IPV6, protocol: Protocol.SCTP },
    ],
    {},
  ],
  ["marks for several VIPs", [{ ...site, additionalVips: ["10.0.0.101", "10.0.0.102"] }], {}],
  ["a firewall", [{ port: 80 }], { firewall: {} }],
  ["a firewall without synchronisation", [{ port: 80 }], { firewall: {}, connectionSync: false }],
  ["synchronisation apart", [{ port: 80 }], { firewall: {}, connectionSync: { interface: "sync0.7", threads: 64 } }],
  [
    "VIPs that serve only",
    [{ port: 80 }, { vip: IPV6, port: 53, protocol: Protocol.UDP }],
    { firewall: { servicesOnly: true } },
  ],
  ["all ports of a VIP that serves only", [{ allPorts: true, persistence }], { firewall: { servicesOnly: true } }],
  ["clients", [{ port: 443, allowedClients: ["10.8.0.0/16", "10.9.0.1", "192.0.2.0/25"] }], {}],
  ["IPv6 clients", [{ vip: IPV6, port: 443, allowedClients: ["2001:db8:8::/48", "2001:db8:9::1/128"] }], {}],
  [
    "any client at all",
    [
      { port: 1, allowedClients: ["0.0.0.0/0"] },
      { vip: IPV6, port: 1, allowedClients: ["::/0"] },
    ],
    {},
  ],
  [
    "clients of packets that somebody else marks",
    [{ firewallMark: { mark: 7 }, allowedClients: ["10.8.0.0/16"] }],
    { firewall: { servicesOnly: true } },
  ],
  [
    "all at once",
    [
      { ...site, allowedClients: ["10.8.0.0/16"] },
      { vip: IPV6, ...site, allowedClients: ["::/1"] },
    ],
    { firewall: { servicesOnly: true } },
  ],
];

/** Every nftables.conf of a stack: on a pair, on a lone director, and beside plain ipvsadm rules. */
function confs(services: readonly Service[], { firewall, ...settings }: Settings): string[] {
  const guard = firewall === undefined ? {} : { firewall };
  const stack = newStack();
  const primary = { address: "10.0.0.11", connection: ssh };
  const secondary = { address: "10.0.0.12", connection: ssh };
  const directors = [
    new HaPair(stack, "pair", { primary, secondary, interface: "eth0", virtualRouterId: 51, ...guard, ...settings }),
    new Director(stack, "lone", { address: "10.0.0.13", connection: ssh, ...guard }),
    new Director(stack, "plain", {
      address: "10.0.0.14",
      connection: ssh,
      tableOwner: TableOwner.IPVSADM,
      ...guard,
    }),
  ];
  const server = new UnmanagedRealServer(stack, "web", { address: "10.0.0.21", ipv6Address: "2001:db8::21" });
  for (const director of directors) {
    services.forEach((service, index) => {
      const id = `${director.node.id}-${index}`;
      new VirtualService(stack, id, { director, vip: IPV4, ...service }).addRealServer(server);
    });
  }
  const files = Object.entries(hostFiles(synthesize(stack)));
  return files.filter(([name]) => name.endsWith(" /etc/cdktf-lvs/nftables.conf")).map(([, text]) => text);
}

/** Taken twice, as a deploy and a reload do; and added to what is there, as a change does for a moment. */
const LOADS = 'nft -c -f "$1" && nft -f "$1" && nft -f "$1" && tail -n +3 "$1" | nft -f -';

describeWithOracles("nft", ["nft", "network namespaces (needs root)"], () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nftables-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function verdict(text: string, script = LOADS): Verdict {
    const file = join(folder, "nftables.conf");
    writeFileSync(file, text);
    return judge("unshare", ["--net", "sh", "-c", script, "sh", file]);
  }

  test.each(definitions)("takes %s", (_title, services, settings) => {
    const all = confs(services, settings);
    expect(all.length).toBeGreaterThan(0);
    expect(all.map((text) => verdict(text))).toEqual(all.map(() => CLEAN));
  });

  test("loads every rule, and nothing is left of what was there before", () => {
    const [text = ""] = confs([site], {});
    const other = text.replaceAll("10.0.0.100", "10.0.0.200");
    const list = "nft --stateless list table inet cdktf_lvs";
    const script = `printf '%s' '${other}' | nft -f - && nft -f "$1" && ${list}`;
    expect(verdict(text, script)).toEqual({
      status: 0,
      output: `table inet cdktf_lvs {
\tchain marks {
\t\ttype filter hook prerouting priority mangle; policy accept;
\t\tip daddr 10.0.0.100 tcp dport { 7, 443, 50000-50100 } meta mark set 0x00000001
\t}
}
`,
    });
  });

  test("is a judge that refuses, and keeps what was there", () => {
    const [text = ""] = confs([site], {});
    const broken = text.replace("tcp dport", "tcp sport 90-80 tcp dport");
    const script = `printf '%s' '${text}' | nft -f - && ! nft -f "$1" 2>/dev/null && nft list table inet cdktf_lvs`;
    expect(verdict(broken).status).toBe(1);
    expect(verdict(broken, script).output).toContain("ip daddr 10.0.0.100 tcp dport");
  });
});
