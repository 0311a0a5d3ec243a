import { addressFamily, type AddressFamily } from "./address";
import { Deferred, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { extraLinesProblems, type ExtraLines } from "./escape-hatch";
import type { HeldAddress } from "./held-address";
import type { Problem } from "./problem";
import { hasDecimals, integerProblems, interfaceProblems, literalProblems, shown } from "./rules";

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
  /**
   * Lines for the `vrrp_instance` block that the library has no words for, one each.
   * @default - none
   */
  readonly extraLines?: readonly string[];
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
  readonly extraLines?: ExtraLines;
  /** What adverts carry instead of the VIPs: both directors must agree on that at any time, so it never changes. */
  readonly anchor: string;
  /** Every other address that moves with the instance. */
  readonly vips: readonly HeldAddress[];
}

type Settings = DeepDeferrable<VrrpSettings>;

/** Problems of the VRRP settings; `directorAddresses` are those of both directors, whose family decides the version. */
export function vrrpProblems(settings: Settings, directorAddresses: readonly Deferrable<string>[]): Problem[] {
  const tracked = settings.trackInterfaces ?? [];
  return [
    ...interfaceProblems("interface", settings.interface),
    ...loopbackProblems(settings.interface),
    ...literalProblems("virtualRouterId", settings.virtualRouterId),
    ...integerProblems("virtualRouterId", settings.virtualRouterId, 1, 255),
    ...literalProblems("advertIntervalSeconds", settings.advertIntervalSeconds),
    ...advertIntervalProblems(settings.advertIntervalSeconds, directorAddresses),
    ...tracked.flatMap((name, index) => interfaceProblems(`trackInterfaces[${index}]`, name)),
    ...ownInterfaceProblems(settings),
    ...trackedTwiceProblems(tracked),
    ...gratuitousArpProblems(settings.gratuitousArp ?? {}),
    ...extraLinesProblems("extraLines", settings.extraLines),
  ];
}

function loopbackProblems(name: Deferrable<string>): Problem[] {
  if (name !== "lo") return [];
  return [{ path: "interface", message: "must be an interface that reaches the other director, got 'lo'" }];
}

function advertIntervalProblems(
  value: Deferrable<number> | undefined,
  directorAddresses: readonly Deferrable<string>[],
): Problem[] {
  const path = "advertIntervalSeconds";
  if (value === undefined || value instanceof Deferred) return [];
  if (!isAdvertInterval(value)) {
    const rule = "must be whole seconds from 1 to 255, or 0.01 to 40.95 in steps of 0.01";
    return [{ path, message: `${rule}, got ${shown(value)}` }];
  }
  const overIpv6 = directorAddresses.some((address) => addressFamily(address) === "IPv6");
  if (!overIpv6 || value <= LONGEST_VERSION_3_INTERVAL) return [];
  const reason = "IPv6 directors speak VRRP version 3, which has 12 bits for hundredths of a second";
  return [
    { path, message: `must be at most ${LONGEST_VERSION_3_INTERVAL} between IPv6 directors, got ${value}; ${reason}` },
  ];
}

const LONGEST_VERSION_3_INTERVAL = 40.95;

function isAdvertInterval(value: number): boolean {
  if (Number.isInteger(value)) return value >= 1 && value <= 255;
  return Number.isFinite(value) && value >= 0.01 && value <= LONGEST_VERSION_3_INTERVAL && hasDecimals(value, 2);
}

/** keepalived refuses to track the instance's own interface: it does so anyway. */
function ownInterfaceProblems(settings: Settings): Problem[] {
  return (settings.trackInterfaces ?? []).flatMap((name, index) => {
    if (!sameValue(name, settings.interface)) return [];
    const message = `must be another interface, got ${shown(name)}; the instance's own is always tracked`;
    return [{ path: `trackInterfaces[${index}]`, message }];
  });
}

/** keepalived takes the second of a pair for a mistake in its configuration. */
function trackedTwiceProblems(tracked: readonly Deferrable<string>[]): Problem[] {
  return tracked.flatMap((name, index) => {
    const first = tracked.findIndex((other) => sameValue(other, name));
    if (first === index) return [];
    const message = `must be tracked once, got ${shown(name)} again; it is trackInterfaces[${first}] already`;
    return [{ path: `trackInterfaces[${index}]`, message }];
  });
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
 * An address for the adverts of an instance that means nothing to anybody else: on the loopback device of the master,
 * different for each instance, of the family of the adverts. (112 is the protocol number of VRRP.)
 */
export function anchorAddress(virtualRouterId: number, family: AddressFamily | undefined): string {
  return family === "IPv6" ? `fe80::5e:${virtualRouterId.toString(16)}` : `127.112.0.${virtualRouterId}`;
}
