import { addressFamily, type AddressFamily } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { TunnelChecksum, TunnelType, type Tunnel } from "../model/tunnel";
import type { NetworkObject } from "./network-unit";

/** What a tunnel real server unpacks packets for VIPs of one family with. */
export interface TunnelLinks {
  /** Kernel modules, by the names that `modprobe` takes. */
  readonly modules: readonly string[];
  /** Name of the device that packets come out of. */
  readonly device: string;
  readonly objects: readonly NetworkObject[];
}

/** The device is bound to the address that the directors send to, and takes packets from any sender. */
export function tunnelLinks(tunnel: Tunnel, address: Deferrable<string>, inner: AddressFamily): TunnelLinks {
  const outer = addressFamily(address) ?? "IPv4";
  const link = linkOf(tunnel.type, outer, inner);
  const gue = tunnel.type === TunnelType.GUE;
  return {
    modules: [...(gue ? [outer === "IPv6" ? "fou6" : "fou"] : []), link.module],
    device: link.device,
    objects: [
      ...(gue ? [guePort(printed(tunnel.port ?? ""), outer)] : []),
      ...linkObjects(link, address),
      ...(tunnel.type === TunnelType.GRE ? [greChecksum(link, tunnel)] : []),
    ],
  };
}

interface Link {
  readonly device: string;
  readonly module: string;
  readonly kind: string;
}

/** GUE only unpacks: what was in it then comes out of a device for IP in IP. */
function linkOf(type: TunnelType, outer: AddressFamily, inner: AddressFamily): Link {
  if (type === TunnelType.GRE) {
    return outer === "IPv6"
      ? { device: "lvs-gre6", module: "ip6_gre", kind: "ip6gre" }
      : { device: "lvs-gre", module: "ip_gre", kind: "gre" };
  }
  if (outer === "IPv6") return { device: "lvs-ip6tnl", module: "ip6_tunnel", kind: "ip6tnl mode any" };
  return inner === "IPv6"
    ? { device: "lvs-sit", module: "sit", kind: "sit" }
    : { device: "lvs-ipip", module: "ipip", kind: "ipip" };
}

function guePort(port: string, outer: AddressFamily): NetworkObject {
  const family = outer === "IPv6" ? " -6" : "";
  return {
    add: `fou add port ${port} gue${family}`,
    delete: `fou del port ${port}${family}`,
    show: "fou show",
    text: `port ${port} gue${family}`,
  };
}

function linkObjects({ device, kind }: Link, address: Deferrable<string>): NetworkObject[] {
  return [
    {
      add: `link add name ${device} type ${kind} local ${printed(address)}`,
      delete: `link delete ${device}`,
      show: `link show ${device}`,
      text: `${device}@`,
    },
    {
      add: `link set ${device} up`,
      delete: `link set ${device} down`,
      show: `link show ${device}`,
      text: "UP",
    },
  ];
}

/** A device for GRE drops packets with a checksum when it expects none, and the other way round. */
function greChecksum({ device, kind }: Link, { checksum }: Tunnel): NetworkObject {
  const expected = checksum === TunnelChecksum.FULL;
  const change = `link change ${device} type ${kind}`;
  return {
    add: `${change} ${expected ? "icsum" : "noicsum"}`,
    delete: `${change} noicsum`,
    show: `-details link show ${device}`,
    text: expected ? "icsum" : "!icsum",
  };
}
