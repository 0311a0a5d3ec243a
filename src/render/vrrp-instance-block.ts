import { printed, type Deferrable } from "../model/deferred";
import type { VrrpInstance } from "../model/vrrp";
import { block, extraLines, option, quoted, type Block } from "./block-writer";

/** `vrrp_instance`, in the words of keepalived.conf(5). */
export function vrrpInstanceBlock(instance: VrrpInstance): Block {
  const { authentication, gratuitousArp } = instance;
  return block(`vrrp_instance ${quoted(instance.name)}`, [
    `state ${instance.initialState}`,
    `interface ${printed(instance.interface)}`,
    `virtual_router_id ${instance.virtualRouterId}`,
    `priority ${instance.priority}`,
    `advert_int ${instance.advertIntervalSeconds}`,
    `version ${instance.version}`,
    instance.preempt ? undefined : "nopreempt",
    `unicast_src_ip ${printed(instance.sourceAddress)}`,
    block("unicast_peer", instance.peers.map(printed)),
    authentication && block("authentication", ["auth_type PASS", `auth_pass ${quoted(authentication.placeholder)}`]),
    optionalList("track_interface", instance.trackInterfaces),
    option("garp_master_delay", gratuitousArp.masterDelaySeconds),
    option("garp_master_repeat", gratuitousArp.masterRepeat),
    option("garp_master_refresh", gratuitousArp.masterRefreshSeconds),
    ...extraLines(instance.extraLines),
    // Adverts carry only this one, so that VIPs can come and go while the directors differ.
    block("virtual_ipaddress", [anchorLine(instance.anchor)]),
    block(
      "virtual_ipaddress_excluded",
      instance.vips.map(({ address, device }) => `${printed(address)} dev ${printed(device)}`),
    ),
  ]);
}

function optionalList(header: string, items: readonly Deferrable<string>[]): Block | undefined {
  return items.length === 0 ? undefined : block(header, items.map(printed));
}

/** The scope keeps an IPv4 loopback address from becoming a source address; keepalived takes none for IPv6. */
function anchorLine(anchor: string): string {
  return anchor.includes(":") ? `${anchor} dev lo` : `${anchor} dev lo scope host`;
}
