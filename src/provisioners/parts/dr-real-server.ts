import { addressFamily } from "../../model/address";
import type { Deferrable } from "../../model/deferred";
import type { HeldAddress } from "../../model/held-address";
import type { Sysctl } from "../../model/sysctl";
import { realServerVipsUnit } from "../../render/vips-unit";
import { SYSCTL_FILE, type PlanPart } from "../plan-part";

const VIPS_UNIT = "cdktf-lvs-vips.service";

/**
 * A DR real server must take packets for the VIPs and never answer ARP for them. The kernel takes the greater of the
 * value for `all` and that of the interface, and values out of range of either would undo the protection: so `*` sets
 * them all, at boot and for interfaces to come (ip-sysctl, systemd-sysctl).
 */
const HIDE_VIPS_FROM_ARP: readonly Sysctl[] = [
  { key: "net/ipv4/conf/*/arp_ignore", value: "1" },
  { key: "net/ipv4/conf/*/arp_announce", value: "2" },
];

/** The VIPs of its services on the loopback of a real server, hidden from ARP. */
export function drRealServerPart(vips: readonly Deferrable<string>[]): PlanPart {
  return hiddenVipsPart(vips.map((address) => ({ address, device: "lo" })));
}

/** VIPs on devices of the host that nobody can ask for them. */
export function hiddenVipsPart(held: readonly HeldAddress[]): PlanPart {
  if (held.length === 0) return {};
  // IPv6 needs no settings: a host answers neighbour solicitations only for addresses of the receiving interface.
  const sysctls = held.every(({ address }) => addressFamily(address) === "IPv6") ? [] : HIDE_VIPS_FROM_ARP;
  const text = realServerVipsUnit(held, sysctls.length > 0 ? SYSCTL_FILE : undefined);
  return {
    sysctls,
    files: [{ path: `/etc/systemd/system/${VIPS_UNIT}`, mode: "644", text }],
    held,
    units: [VIPS_UNIT],
  };
}
