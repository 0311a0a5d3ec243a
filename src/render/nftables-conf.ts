import type { AddressFamily } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import type { DirectorTraffic, TrafficSource } from "../model/director-traffic";
import type { Firewall } from "../model/firewall";
import type { PacketMark, Packets } from "../model/packet-mark";

/** What our own nftables table is made from. */
export interface NftablesTable {
  readonly marks: readonly PacketMark[];
  readonly firewall?: Firewall;
}

/**
 * A file for `nft -f`, which replaces the table in one step. Its first two lines take away the old one; the rest by
 * itself would add to it. The chains accept: they end with what they name, and leave all else to other tables.
 */
export function nftablesConf({ marks, firewall }: NftablesTable): string {
  const chains = [
    // Packets of the director's own to a VIP pass here too, on the loopback device.
    ...(marks.length > 0 ? [chain("marks", "prerouting", "mangle", marks.map(markRule))] : []),
    // Before IPVS, which takes its packets from the same hook at a later priority.
    ...(firewall !== undefined ? [chain("firewall", "input", "filter", firewallRules(firewall))] : []),
  ];
  return `table inet cdktf_lvs\ndelete table inet cdktf_lvs\ntable inet cdktf_lvs {\n${chains.join("\n")}}\n`;
}

function chain(name: string, hook: string, priority: string, rules: readonly string[]): string {
  const lines = [`type filter hook ${hook} priority ${priority}; policy accept;`, ...rules];
  return `    chain ${name} {\n${lines.map((line) => `        ${line}\n`).join("")}    }\n`;
}

function markRule(mark: PacketMark): string {
  return `${match(mark)} meta mark set ${printed(mark.mark)}`;
}

function firewallRules({ directors, limits, servicesOnly }: Firewall): string[] {
  return [
    ...directors.flatMap(directorRules),
    ...limits.map(
      ({ packets, clients }) => `${match(packets)} ${keyword(packets.family)} saddr != ${set(clients)} counter drop`,
    ),
    ...(servicesOnly?.packets ?? []).map((packets) => `${match(packets)} accept`),
    ...(servicesOnly?.vips ?? []).map(
      ({ family, addresses }) =>
        `${keyword(family)} daddr ${set(addresses)} meta l4proto { tcp, udp, sctp } counter drop`,
    ),
  ];
}

/** All families: what comes from the wrong one comes from nobody. */
function directorRules({ packets, from }: DirectorTraffic): string[] {
  const match = "ipProtocol" in packets ? `meta l4proto ${packets.ipProtocol}` : `udp dport ${set(packets.udpPorts)}`;
  return [...from.map((source) => `${match} ${sourceMatch(source)} accept`), `${match} counter drop`];
}

function sourceMatch(source: TrafficSource): string {
  return "interface" in source
    ? `iifname "${printed(source.interface)}"`
    : `${keyword(source.family)} saddr ${set(source.addresses)}`;
}

function match({ family, vips, protocol, ports, foreignMark }: Packets): string {
  if (foreignMark !== undefined) {
    return `meta nfproto ${family.toLowerCase()} meta mark ${printed(foreignMark)}`;
  }
  const to = `${keyword(family)} daddr ${set(vips)}`;
  const transport = protocol.toLowerCase();
  return ports.length === 0 ? `${to} meta l4proto ${transport}` : `${to} ${transport} dport ${set(ports)}`;
}

function keyword(family: AddressFamily): string {
  return family === "IPv4" ? "ip" : "ip6";
}

/** `80`, `{ 80, 443 }`. */
function set(items: readonly Deferrable<string | number>[]): string {
  const texts = items.map(printed);
  return texts.length === 1 ? texts.join("") : `{ ${texts.join(", ")} }`;
}
