import { addressFamily } from "../../model/address";
import type { DirectorConfig } from "../../model/director";
import type { Sysctl } from "../../model/sysctl";
import { usesNat } from "../../model/virtual-service";
import type { PlanPart } from "../plan-part";

/**
 * The replies of real servers pass through as any other packet. A director that told a real server in its own segment of
 * a shorter way to the client would make it send its replies past the translation.
 */
const FORWARD_IPV4: readonly Sysctl[] = [
  { key: "net/ipv4/ip_forward", value: "1" },
  { key: "net/ipv4/conf/*/send_redirects", value: "0" },
];
const FORWARD_IPV6: readonly Sysctl[] = [{ key: "net/ipv6/conf/all/forwarding", value: "1" }];

/** A director of real servers under NAT passes packets on. */
export function natDirectorPart({ services }: Pick<DirectorConfig, "services">): PlanPart {
  const translated = services.filter(usesNat);
  const ipv6 = translated.filter(({ vip }) => addressFamily(vip) === "IPv6");
  return {
    sysctls: [...(translated.length > ipv6.length ? FORWARD_IPV4 : []), ...(ipv6.length > 0 ? FORWARD_IPV6 : [])],
  };
}
