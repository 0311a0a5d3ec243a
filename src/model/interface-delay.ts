import { sameValue, type DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { interfaceProblems, numberProblems, shown } from "./rules";
import type { InstanceDefinition } from "./vrrp-instance";
import { advertInterval } from "./vrrp-timing";

/** How long an interface must be down, or up again, before keepalived acts on it. */
export interface InterfaceDelay {
  /** Name of the interface. */
  readonly interface: string;
  /** 0 to 255 seconds. */
  readonly downSeconds: number;
  /**
   * 0 to 255 seconds.
   * @default - as long as down
   */
  readonly upSeconds?: number;
}

export function interfaceDelayProblems(path: string, delay: DeepDeferrable<InterfaceDelay>): Problem[] {
  return [
    ...interfaceProblems(`${path}.interface`, delay.interface),
    ...numberProblems(`${path}.downSeconds`, delay.downSeconds, 0, 255, "seconds"),
    ...numberProblems(`${path}.upSeconds`, delay.upSeconds, 0, 255, "seconds"),
  ];
}

/** A director that acts on a lost interface later than another one takes over would leave two of them with the VIPs. */
export function takeoverDelayProblems(
  path: string,
  delay: DeepDeferrable<InterfaceDelay>,
  instances: readonly InstanceDefinition[],
): Problem[] {
  return instances.flatMap(({ name, settings }) => {
    if (!sameValue(settings.interface, delay.interface)) return [];
    const adverts = ((settings.downTimerAdverts ?? 3) as number) - 1;
    const most = Number((adverts * advertInterval(settings)).toFixed(2));
    return (["downSeconds", "upSeconds"] as const).flatMap((prop) => {
      const value = delay[prop];
      if (typeof value !== "number" || value < most || value === 0) return [];
      const message = `must be below ${most} seconds, ${adverts} adverts of '${name}', got ${shown(value)}`;
      return [{ path: `${path}.${prop}`, message: `${message}; another director would take over before` }];
    });
  });
}
