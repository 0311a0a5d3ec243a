import { addressFamily, canonicalAddress } from "../model/address";
import type { BfdInstance } from "../model/bfd";
import { printed } from "../model/deferred";
import { block, flag, option, quoted, type Block } from "./block-writer";

/** `bfd_instance`, which must stand before whatever watches its session. */
export function bfdInstanceBlock(instance: BfdInstance): Block {
  const { neighborAddress, sourceAddress, weight, reverse, listeners = [] } = instance;
  const hops = addressFamily(neighborAddress) === "IPv6" ? "hoplimit" : "ttl";
  return block(`bfd_instance ${quoted(printed(instance.name))}`, [
    `neighbor_ip ${printed(canonicalAddress(neighborAddress))}`,
    option("source_ip", sourceAddress && canonicalAddress(sourceAddress)),
    option("min_rx", instance.minRxMilliseconds),
    option("min_tx", instance.minTxMilliseconds),
    option("idle_tx", instance.idleTxMilliseconds),
    option("multiplier", instance.multiplier),
    flag("passive", instance.passive),
    option(hops, instance.ttl),
    option("max_hops", instance.maxHops),
    weight === undefined ? undefined : `weight ${printed(weight)}${reverse === true ? " reverse" : ""}`,
    ...listeners,
  ]);
}
