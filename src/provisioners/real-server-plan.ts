import { addressFamily } from "../model/address";
import type { Deferrable } from "../model/deferred";
import { sysctlConf, type Sysctl } from "../render/sysctl-conf";
import { realServerVipsUnit } from "../render/units";
import type { HostFile, HostPlan } from "./host-plan";

const SYSCTL_FILE = "/etc/sysctl.d/99-cdktf-lvs.conf";
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

/** What a real server under direct routing is planned from. */
export interface DrRealServerConfig {
  readonly host: string;
  readonly address: Deferrable<string>;
  /** VIPs of every service that it serves. */
  readonly vips: readonly Deferrable<string>[];
}

/** A DR real server: the VIPs on its loopback, hidden from ARP. */
export function drRealServerPlan(config: DrRealServerConfig): HostPlan {
  // IPv6 needs no settings: a host answers neighbour solicitations only for addresses of the receiving interface.
  const sysctls = config.vips.every((vip) => addressFamily(vip) === "IPv6") ? [] : HIDE_VIPS_FROM_ARP;
  const held = config.vips.map((address) => ({ address, device: "lo" }));
  const files: HostFile[] = [];
  if (sysctls.length > 0) files.push({ path: SYSCTL_FILE, mode: "644", text: sysctlConf(sysctls) });
  if (held.length > 0) {
    files.push({
      path: `/etc/systemd/system/${VIPS_UNIT}`,
      mode: "644",
      text: realServerVipsUnit(held, sysctls.length > 0 ? SYSCTL_FILE : undefined),
    });
  }
  return {
    host: config.host,
    role: "real-server",
    address: config.address,
    interfaces: [],
    packages: [{ name: "iproute2", command: "ip" }],
    files,
    sysctls,
    held,
    units: held.length > 0 ? [VIPS_UNIT] : [],
    rules: "",
    sorryServers: [],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 0,
  };
}
