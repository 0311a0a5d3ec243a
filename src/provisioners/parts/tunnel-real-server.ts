import { addressFamily, type AddressFamily } from "../../model/address";
import type { Deferrable } from "../../model/deferred";
import type { Tunnel } from "../../model/tunnel";
import { tunnelLinks } from "../../render/tunnel-links";
import { SYSCTL_FILE, type PlanPart } from "../plan-part";
import { hiddenVipsPart } from "./dr-real-server";
import { networkPart } from "./network";

/** What a tunnel real server is planned from. */
export interface TunnelRealServerConfig {
  readonly tunnel: Tunnel;
  readonly address: Deferrable<string>;
  /** Where packets for IPv6 VIPs come to, if not to `address`. */
  readonly ipv6Address?: Deferrable<string>;
  readonly vips: readonly Deferrable<string>[];
}

/**
 * Loose: a packet comes out of the tunnel while the way back to its sender is another interface. The kernel takes the
 * greater of the value for `all` and that of the interface, so it cannot be strict any more (ip-sysctl).
 */
const LOOSE = "2";

/** Devices that unpack what the directors send, and the VIPs, hidden from ARP. */
export function tunnelRealServerParts({ tunnel, address, ipv6Address, vips }: TunnelRealServerConfig): PlanPart[] {
  if (vips.length === 0) return [];
  const byFamily = (["IPv4", "IPv6"] as const).map((family) => ({
    family,
    vips: vips.filter((vip) => (addressFamily(vip) ?? "IPv4") === family),
    links: tunnelLinks(tunnel, endOf(family, address, ipv6Address), family),
  }));
  const used = byFamily.filter((one) => one.vips.length > 0);
  const links = used.map((one) => one.links);
  const objects = links.flatMap((one) => one.objects);
  const devices = [...new Set(links.map(({ device }) => device))];
  // An IPv4 packet from a device without an address would be dropped, whatever the setting (fib_validate_source).
  const held = used.flatMap((one) =>
    one.vips.map((vip) => ({ address: vip, device: one.family === "IPv4" ? one.links.device : "lo" })),
  );
  return [
    {
      modules: [...new Set(links.flatMap((one) => one.modules))],
      sysctls: devices.map((device) => ({ key: `net/ipv4/conf/${device}/rp_filter`, value: LOOSE })),
    },
    networkPart({ objects, sysctlFile: SYSCTL_FILE }),
    hiddenVipsPart(held),
  ];
}

/** The address that the directors send packets for VIPs of a family to. */
function endOf(
  family: AddressFamily,
  address: Deferrable<string>,
  ipv6Address: Deferrable<string> | undefined,
): Deferrable<string> {
  return family === "IPv6" && ipv6Address !== undefined ? ipv6Address : address;
}
