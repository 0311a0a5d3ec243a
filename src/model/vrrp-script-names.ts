import type { DeepDeferrable } from "./deferred";
import { named } from "./program";
import type { VrrpInstanceSettings } from "./vrrp";
import { withNotifyNames, type Notify } from "./vrrp-notify";
import type { Tracking } from "./vrrp-tracking";

/** The settings of an instance with a name for every script that has none; `prefix` tells instances apart. */
export function withInstanceScriptNames(
  settings: DeepDeferrable<VrrpInstanceSettings>,
  prefix: string,
): DeepDeferrable<VrrpInstanceSettings> {
  const { cloud } = settings;
  return {
    ...withScriptNames(settings, prefix),
    ...(cloud !== undefined && { cloud: { moveAddress: named(cloud.moveAddress, `${prefix}-move-address`) } }),
  };
}

/** The same for what groups have too. Scripts that are tracked under one name are one file. */
export function withScriptNames<T extends Tracking & { readonly notify?: Notify }>(settings: T, prefix: string): T {
  const { trackScripts, notify } = settings;
  return {
    ...settings,
    ...(trackScripts !== undefined && {
      trackScripts: trackScripts.map((tracked) => {
        const name = typeof tracked.name === "string" ? tracked.name : "script";
        return { ...tracked, script: named(tracked.script, `track-${name}`) };
      }),
    }),
    ...(notify !== undefined && { notify: withNotifyNames(notify, prefix) }),
  };
}
