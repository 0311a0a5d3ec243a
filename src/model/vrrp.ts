import { addressFamily, type AddressFamily } from "./address";
import type { DeepDeferrable, Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, literalProblems, numberProblems } from "./rules";

/** Gratuitous ARP: how a new master tells the segment that the VIPs moved. */
export interface GratuitousArpSettings {
  /**
   * Pause before the second set of messages after becoming master, 1 to 3600 seconds (keepalived:
   * `garp_master_delay`).
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
}

/** How two directors agree which of them holds the VIPs (VRRP, RFC 3768 and RFC 5798). */
export interface VrrpSettings {
  /** Network interface that carries the VIPs and the VRRP adverts, the same on both directors (keepalived: `interface`). */
  readonly interface: string;
  /**
   * Number of the VRRP instance (VRID), 1 to 255, unique on the network segment (keepalived: `virtual_router_id`).
   */
  readonly virtualRouterId: number;
  /**
   * Time between two adverts; the pair fails over after about three of them. Whole seconds from 1 to 255, or from 0.01
   * to 40.95 seconds, where a fraction makes the pair speak VRRP version 3 (keepalived: `advert_int`).
   * @default 1
   */
  readonly advertIntervalSeconds?: number;
  /**
   * Whether the primary takes the VIPs back when it returns (keepalived: `nopreempt`).
   * @default true
   */
  readonly preempt?: boolean;
  /**
   * Further interfaces whose loss makes a director give up the VIPs (keepalived: `track_interface`). The interface of
   * the instance is always tracked.
   * @default - none
   */
  readonly trackInterfaces?: readonly string[];
  /**
   * Gratuitous ARP timing.
   * @default - keepalived's own defaults
   */
  readonly gratuitousArp?: GratuitousArpSettings;
}

/** The VRRP password, which no file of ours may show before it is on the host. */
export interface Authentication {
  /** Printed where the password goes; replaced on the way to the host. */
  readonly placeholder: string;
}

/** One director's side of a VRRP instance, defaults filled in. */
export interface VrrpInstance {
  readonly name: string;
  readonly initialState: "MASTER" | "BACKUP";
  readonly priority: number;
  readonly interface: Deferrable<string>;
  readonly virtualRouterId: number;
  readonly advertIntervalSeconds: number;
  readonly version: 2 | 3;
  readonly preempt: boolean;
  readonly sourceAddress: Deferrable<string>;
  readonly peers: readonly Deferrable<string>[];
  readonly authentication?: Authentication;
  readonly trackInterfaces: readonly Deferrable<string>[];
  readonly gratuitousArp: DeepDeferrable<GratuitousArpSettings>;
  /** The one VIP that adverts carry: both sides must agree on it at any time, so it should never change. */
  readonly advertisedVip: Deferrable<string>;
  /** All other VIPs: they move with the instance, but a difference between the sides during a change does no harm. */
  readonly otherVips: readonly Deferrable<string>[];
}

type Settings = DeepDeferrable<VrrpSettings>;

export function vrrpProblems(settings: Settings): Problem[] {
  const tracked = settings.trackInterfaces ?? [];
  return [
    ...interfaceProblems("interface", settings.interface),
    ...literalProblems("virtualRouterId", settings.virtualRouterId),
    ...integerProblems("virtualRouterId", settings.virtualRouterId, 1, 255),
    ...literalProblems("advertIntervalSeconds", settings.advertIntervalSeconds),
    ...advertIntervalProblems(settings.advertIntervalSeconds),
    ...tracked.flatMap((name, index) => interfaceProblems(`trackInterfaces[${index}]`, name)),
    ...ownInterfaceProblems(settings),
    ...gratuitousArpProblems(settings.gratuitousArp ?? {}),
  ];
}

function advertIntervalProblems(value: Deferrable<number> | undefined): Problem[] {
  const path = "advertIntervalSeconds";
  if (typeof value !== "number") return [];
  return Number.isInteger(value)
    ? integerProblems(path, value, 1, 255)
    : numberProblems(path, value, 0.01, 40.95, "seconds");
}

/** keepalived refuses to track the instance's own interface: it does so anyway. */
function ownInterfaceProblems(settings: Settings): Problem[] {
  const index = (settings.trackInterfaces ?? []).findIndex((name) => name === settings.interface);
  if (index < 0 || typeof settings.interface !== "string") return [];
  return [
    {
      path: `trackInterfaces[${index}]`,
      message: `must be another interface, got '${settings.interface}'; the instance's own is always tracked`,
    },
  ];
}

function gratuitousArpProblems(settings: DeepDeferrable<GratuitousArpSettings>): Problem[] {
  return [
    ...integerProblems("gratuitousArp.masterDelaySeconds", settings.masterDelaySeconds, 1, 3600),
    ...integerProblems("gratuitousArp.masterRepeat", settings.masterRepeat, 1, 100),
    ...integerProblems("gratuitousArp.masterRefreshSeconds", settings.masterRefreshSeconds, 1, 86400),
  ];
}

/** VRRP speaks one address family per instance: that of the directors' own addresses. Version 3 is needed for IPv6. */
export function vrrpVersion(advertIntervalSeconds: number, family: AddressFamily | undefined): 2 | 3 {
  return family === "IPv6" || !Number.isInteger(advertIntervalSeconds) ? 3 : 2;
}

/**
 * The VIP that adverts carry: the first one of the directors' own family.
 * Undefined when there is none, which VRRP cannot work with.
 */
export function advertisedVip(
  vips: readonly Deferrable<string>[],
  directorAddress: Deferrable<string>,
): Deferrable<string> | undefined {
  const family = addressFamily(directorAddress);
  return vips.find((vip) => {
    const vipFamily = addressFamily(vip);
    return family === undefined || vipFamily === undefined || vipFamily === family;
  });
}
