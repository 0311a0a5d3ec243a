import { addressFamily, canonicalAddress, unicastProblems } from "./address";
import { sameValue, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** The own addresses of two directors, which exchange their adverts by unicast. */
export interface DirectorAddresses {
  readonly primary: Deferrable<string>;
  readonly secondary: Deferrable<string>;
}

/** Problems between the two directors of a pair, before their services are known. */
export function vrrpPairProblems(
  addresses: DirectorAddresses,
  vrrp: { readonly version: 2 | 3; readonly authenticated: boolean },
): Problem[] {
  return [
    ...unicastProblems("primary.address", addresses.primary),
    ...unicastProblems("secondary.address", addresses.secondary),
    ...differentProblems(addresses),
    ...peerFamilyProblems(addresses),
    ...authenticationProblems(vrrp),
  ];
}

/** A director that is its own peer hears no other: both would become master. keepalived does not notice. */
function differentProblems({ primary, secondary }: DirectorAddresses): Problem[] {
  if (!sameValue(canonicalAddress(primary), canonicalAddress(secondary))) return [];
  return [{ path: "secondary.address", message: `must differ from primary.address, got ${shown(secondary)} for both` }];
}

function peerFamilyProblems({ primary, secondary }: DirectorAddresses): Problem[] {
  const family = addressFamily(primary);
  const otherFamily = addressFamily(secondary);
  if (family === undefined || otherFamily === undefined || family === otherFamily) return [];
  return [{ path: "secondary.address", message: `must be ${family} like primary.address, got ${shown(secondary)}` }];
}

function authenticationProblems({ version, authenticated }: { version: 2 | 3; authenticated: boolean }): Problem[] {
  if (!authenticated || version === 2) return [];
  const advice = "use whole seconds and IPv4 directors, or leave it out";
  return [
    { path: "authentication", message: `needs VRRP version 2, got version 3, which has no authentication; ${advice}` },
  ];
}

/** Problems between the directors of a pair and the VIPs that move between them. */
export function pairVipsProblems(addresses: DirectorAddresses, vips: readonly Deferrable<string>[]): Problem[] {
  return vips.flatMap((vip) => ownAddressProblems(addresses, vip));
}

function ownAddressProblems(addresses: DirectorAddresses, vip: Deferrable<string>): Problem[] {
  return (["primary", "secondary"] as const).flatMap((role) => {
    if (!sameValue(canonicalAddress(addresses[role]), canonicalAddress(vip))) return [];
    const advice = "a VIP moves between the directors, their own addresses stay";
    return [{ path: "vip", message: `must not be ${role}.address, got ${shown(vip)}; ${advice}` }];
  });
}
