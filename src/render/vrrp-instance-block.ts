import { printed, type DeepDeferrable } from "../model/deferred";
import type { GratuitousArpSettings } from "../model/gratuitous-arp";
import { IpvlanMode } from "../model/virtual-mac";
import { advertInterval } from "../model/vrrp-timing";
import { ipvlanName, virtualMacName, type VrrpInstance } from "../model/vrrp-instance";
import { block, extraLines, flag, lines, option, quoted, toggle, words, type Block, type Body } from "./block-writer";
import { cloudLines, notifyLines } from "./notify-lines";
import { routeLine, ruleLine } from "./routing-lines";
import { trackBlocks } from "./vrrp-track-blocks";

/** `vrrp_instance`, in the words of keepalived.conf(5). */
export function vrrpInstanceBlock(instance: VrrpInstance): Block {
  const { authentication, settings } = instance;
  return block(`vrrp_instance ${quoted(instance.name)}`, [
    `state ${instance.initialState}`,
    `interface ${printed(settings.interface)}`,
    `virtual_router_id ${printed(settings.virtualRouterId)}`,
    `priority ${instance.priority}`,
    `advert_int ${advertInterval(settings)}`,
    option("down_timer_adverts", settings.downTimerAdverts),
    `version ${instance.version}`,
    flag("nopreempt", settings.preempt === false),
    option("preempt_delay", settings.preemptDelaySeconds),
    ...macLines(instance),
    ...transportLines(instance),
    authentication &&
      block("authentication", [`auth_type ${authentication.type}`, `auth_pass ${quoted(authentication.placeholder)}`]),
    flag("dont_track_primary", settings.dontTrackPrimary),
    ...trackBlocks(settings),
    ...gratuitousArpLines(settings.gratuitousArp ?? {}),
    toggle("lower_prio_no_advert", settings.lowerPriorityNoAdvert),
    toggle("higher_prio_send_advert", settings.higherPrioritySendAdvert),
    // With a value keepalived 2.2 takes no for yes.
    flag("skip_check_adv_addr", settings.skipCheckAdvertAddress),
    flag("promote_secondaries", settings.promoteSecondaries),
    ...cloudLines(instance),
    ...notifyLines("INSTANCE", instance.name, settings),
    ...extraLines(settings.extraLines),
    // Adverts carry only this one, so that VIPs can come and go while the directors differ.
    block("virtual_ipaddress", [anchorLine(instance.anchor)]),
    vipsBlock(instance),
    lines("virtual_routes", (settings.virtualRoutes ?? []).map(routeLine)),
    lines("virtual_rules", (settings.virtualRules ?? []).map(ruleLine)),
  ]);
}

function macLines({ settings, ipvlanAddress }: VrrpInstance): Body {
  const { virtualMac, ipvlan, multicast = false } = settings;
  return [
    virtualMac && words("use_vmac", virtualMacName(settings), virtualMac.macAddress),
    virtualMac && flag("vmac_xmit_base", !multicast || virtualMac.transmitOnBase),
    ipvlan && words("use_ipvlan", ipvlanName(settings), ipvlanAddress, ipvlan.mode ?? IpvlanMode.BRIDGE),
  ];
}

function transportLines({ settings, sourceAddress, peers }: VrrpInstance): Body {
  if (settings.multicast === true) return [option("mcast_dst_ip", settings.multicastGroup)];
  const { minTtl, maxTtl } = settings;
  return [
    `unicast_src_ip ${printed(sourceAddress)}`,
    flag("track_src_ip", settings.trackSourceAddress),
    flag("check_unicast_src", settings.checkUnicastSource),
    option("unicast_ttl", settings.unicastTtl),
    block(
      "unicast_peer",
      peers.map((peer) => words(peer, option("min_ttl", minTtl), option("max_ttl", maxTtl))),
    ),
  ];
}

function gratuitousArpLines(settings: DeepDeferrable<GratuitousArpSettings>): Body {
  const { extraInterfaceSeconds, extraInterfaceAll = false } = settings;
  return [
    option("garp_master_delay", settings.masterDelaySeconds),
    option("garp_master_repeat", settings.masterRepeat),
    option("garp_master_refresh", settings.masterRefreshSeconds),
    option("garp_master_refresh_repeat", settings.masterRefreshRepeat),
    option("garp_lower_prio_delay", settings.lowerPriorityDelaySeconds),
    option("garp_lower_prio_repeat", settings.lowerPriorityRepeat),
    option(extraInterfaceAll ? "garp_extra_if all" : "garp_extra_if", extraInterfaceSeconds),
  ];
}

/** The scope keeps an IPv4 loopback address from becoming a source address; keepalived takes none for IPv6. */
function anchorLine(anchor: string): string {
  return anchor.includes(":") ? `${anchor} dev lo` : `${anchor} dev lo scope host`;
}

function vipsBlock({ vips }: VrrpInstance): Block | undefined {
  return lines(
    "virtual_ipaddress_excluded",
    vips.map(({ address, device }) => words(address, "dev", device)),
  );
}
