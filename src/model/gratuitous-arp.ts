import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, shown } from "./rules";

/** Gratuitous ARP, and unsolicited neighbour adverts: how a master tells the segment where the VIPs are. */
export interface GratuitousArpSettings {
  /**
   * Pause before the second set of messages after becoming master, 0 to 3600 seconds; 0 sends no second set
   * (keepalived: `garp_master_delay`).
   * @default - keepalived's own default (5 seconds)
   */
  readonly masterDelaySeconds?: number;
  /**
   * Messages per set, 1 to 100 (keepalived: `garp_master_repeat`).
   * @default - keepalived's own default (5)
   */
  readonly masterRepeat?: number;
  /**
   * Time between repeated messages while master, 1 to 86400 seconds, for switches that forget (keepalived:
   * `garp_master_refresh`).
   * @default - none are repeated
   */
  readonly masterRefreshSeconds?: number;
  /**
   * Messages per repetition while master, 1 to 100 (keepalived: `garp_master_refresh_repeat`).
   * @default - keepalived's own default (1)
   */
  readonly masterRefreshRepeat?: number;
  /**
   * Pause before the second set of messages after a director of lower priority was heard, 0 to 3600 seconds
   * (keepalived: `garp_lower_prio_delay`).
   * @default - the delay after becoming master
   */
  readonly lowerPriorityDelaySeconds?: number;
  /**
   * Messages per set after a director of lower priority was heard, 0 to 100 (keepalived: `garp_lower_prio_repeat`).
   * @default - the repeat after becoming master
   */
  readonly lowerPriorityRepeat?: number;
  /**
   * Time between messages on other interfaces than that of the adverts, 1 to 86400 seconds, for switches that would
   * forget them (keepalived: `garp_extra_if`).
   * @default - none are sent there
   */
  readonly extraInterfaceSeconds?: number;
  /**
   * Whether those go out on every interface with a VIP, and not only on virtual MACs (keepalived: `garp_extra_if all`).
   * @default false
   */
  readonly extraInterfaceAll?: boolean;
}

export function gratuitousArpProblems(path: string, settings: DeepDeferrable<GratuitousArpSettings>): Problem[] {
  return [
    ...integerProblems(`${path}.masterDelaySeconds`, settings.masterDelaySeconds, 0, 3600),
    ...integerProblems(`${path}.masterRepeat`, settings.masterRepeat, 1, 100),
    ...integerProblems(`${path}.masterRefreshSeconds`, settings.masterRefreshSeconds, 1, 86400),
    ...integerProblems(`${path}.masterRefreshRepeat`, settings.masterRefreshRepeat, 1, 100),
    ...integerProblems(`${path}.lowerPriorityDelaySeconds`, settings.lowerPriorityDelaySeconds, 0, 3600),
    ...integerProblems(`${path}.lowerPriorityRepeat`, settings.lowerPriorityRepeat, 0, 100),
    ...integerProblems(`${path}.extraInterfaceSeconds`, settings.extraInterfaceSeconds, 1, 86400),
    ...aloneProblems(path, settings),
  ];
}

/** keepalived ignores these where nothing is repeated. */
function aloneProblems(path: string, settings: DeepDeferrable<GratuitousArpSettings>): Problem[] {
  const { masterRefreshRepeat, masterRefreshSeconds, extraInterfaceAll, extraInterfaceSeconds } = settings;
  return [
    ...(masterRefreshRepeat !== undefined && masterRefreshSeconds === undefined
      ? [
          {
            path: `${path}.masterRefreshRepeat`,
            message: `needs masterRefreshSeconds, got ${shown(masterRefreshRepeat)} without it; nothing is repeated`,
          },
        ]
      : []),
    ...(extraInterfaceAll === true && extraInterfaceSeconds === undefined
      ? [
          {
            path: `${path}.extraInterfaceAll`,
            message: "needs extraInterfaceSeconds, got true without it; nothing is sent",
          },
        ]
      : []),
  ];
}
