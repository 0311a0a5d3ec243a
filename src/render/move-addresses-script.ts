import { canonicalAddress } from "../model/address";
import { printed } from "../model/deferred";
import type { Script } from "../model/script";
import type { VrrpInstance } from "../model/vrrp-instance";
import { scriptFile } from "./script-file";

/** The script that calls the user's own with the VIPs, which are too many for a line of keepalived.conf. */
export function moveAddressesScript(instance: VrrpInstance): Script | undefined {
  const { cloud } = instance.settings;
  if (cloud === undefined) return undefined;
  const vips = instance.vips.map(({ address }) => ` '${printed(canonicalAddress(address))}'`).join("");
  return { name: moveAddressesName(instance), text: `#!/bin/sh\nexec ${scriptFile(cloud.moveAddress)}${vips}\n` };
}

export function moveAddressesName({ name }: Pick<VrrpInstance, "name">): string {
  return `${name}-move-addresses`;
}
