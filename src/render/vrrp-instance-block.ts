import { printed, type Deferrable } from "../model/deferred";
import type { VrrpInstance } from "../model/vrrp";
import { block, option, quoted, type Block } from "./block-writer";

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
    option("garp_master_delay", optionalText(gratuitousArp.masterDelaySeconds)),
    option("garp_master_repeat", optionalText(gratuitousArp.masterRepeat)),
    option("garp_master_refresh", optionalText(gratuitousArp.masterRefreshSeconds)),
    block("virtual_ipaddress", [vip(instance.advertisedVip, instance)]),
    instance.otherVips.length === 0
      ? undefined
      : block(
          "virtual_ipaddress_excluded",
          instance.otherVips.map((address) => vip(address, instance)),
        ),
  ]);
}

function optionalList(header: string, items: readonly Deferrable<string>[]): Block | undefined {
  return items.length === 0 ? undefined : block(header, items.map(printed));
}

function optionalText(value: Deferrable<number> | undefined): string | undefined {
  return value === undefined ? undefined : printed(value);
}

function vip(address: Deferrable<string>, instance: VrrpInstance): string {
  return `${printed(address)} dev ${printed(instance.interface)}`;
}
