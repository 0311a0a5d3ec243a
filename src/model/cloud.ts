import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import type { ScriptSettings } from "./script";
import { programProblems } from "./program";
import type { Notify } from "./vrrp-notify";

/** What moves the VIPs in a network that does not believe gratuitous ARP, such as that of a cloud. */
export interface CloudSettings {
  /**
   * Called with the VIPs of the instance as its arguments, as root, on the director that has just got them: it must tell
   * the network that they are here now, such as with the command line of the cloud. A script, whose text becomes a file,
   * or the absolute path of a program of the directors. It is called again when the director hears another master of
   * lower priority, which may have called it too, and after a deploy that changes the VIPs under a master; the deploy
   * then waits for it, 60 seconds at most, and fails with it.
   */
  readonly moveAddress: ScriptSettings | string;
}

export type Cloud = DeepDeferrable<CloudSettings>;

export function cloudProblems(
  path: string,
  cloud: Cloud | undefined,
  { multicast, notify }: { readonly multicast: boolean; readonly notify: Notify | undefined },
): Problem[] {
  if (cloud === undefined) return [];
  const taken = (["master", "masterReceivesLowerPriority"] as const).filter((event) => notify?.[event] !== undefined);
  return [
    ...programProblems(`${path}.moveAddress`, cloud.moveAddress),
    ...(multicast ? [{ path, message: "needs unicast, got multicast: true, which such networks drop" }] : []),
    ...taken.map((event) => ({
      path: `notify.${event}`,
      message: "must not be set with cloud, got both; call it from moveAddress, or use notify.any",
    })),
  ];
}
