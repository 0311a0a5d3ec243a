import { canonicalAddress } from "./address";
import { printed, sameValue, type Deferrable } from "./deferred";
import { vipsOf } from "./director";
import type { VipGroup } from "./topology";
import type { VirtualService } from "./virtual-service";
import { rankedDirectors } from "./vrrp-preference";
import type { VrrpDefinition } from "./vrrp-group";
import type { InstanceDefinition } from "./vrrp-instance";

/** The VIPs of every VRRP instance of a pair, and who holds them. */
export function pairVips({ instances, groups }: Pick<VrrpDefinition, "instances" | "groups">): VipGroup[] {
  return instances.map((instance) => {
    const group = groups.find((one) => one.instances.some((member) => member.name === instance.name));
    return instanceVips(instance, group?.name);
  });
}

function instanceVips({ name, settings, directors, vips }: InstanceDefinition, syncGroup?: string): VipGroup {
  const { virtualRouterId, preempt = true, interface: adverts, vipInterface: device = adverts } = settings;
  return {
    name,
    // Some are on another interface than the VIPs of the instance, such as its inside address.
    vips: vips.map((vip) => {
      const place = printed(vip.device) === printed(device) ? "" : ` on ${printed(vip.device)}`;
      return `${printed(canonicalAddress(vip.address))}${place}`;
    }),
    interface: printed(device),
    vrrp: {
      virtualRouterId: printed(virtualRouterId),
      preempt,
      ...(sameValue(adverts, device) ? {} : { advertInterface: printed(adverts) }),
      ...(syncGroup !== undefined && { syncGroup }),
    },
    holders: rankedDirectors(settings, directors).map(({ prop, priority }) => ({
      host: directors.findIndex((director) => director.prop === prop),
      priority,
    })),
  };
}

/** The VIPs of a director that stands alone. */
export function loneVips(
  name: string,
  vipInterface: Deferrable<string> | undefined,
  services: readonly VirtualService[],
): VipGroup {
  return {
    name,
    vips: vipsOf(services).map(printed),
    ...(vipInterface !== undefined && { interface: printed(vipInterface) }),
    holders: [{ host: 0 }],
  };
}
