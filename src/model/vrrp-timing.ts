import { addressFamily, type AddressFamily } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { hasDecimals, integerProblems, literalProblems, numberProblems, shown } from "./rules";

/** When directors advertise, and who gives way to whom. */
export interface VrrpTimingSettings {
  /**
   * Version of the protocol, 2 (RFC 3768) or 3 (RFC 5798) (keepalived: `version`).
   * @default - 3 between IPv6 directors and for adverts of a fraction of a second, else 2
   */
  readonly version?: 2 | 3;
  /**
   * Time between two adverts; the pair fails over after about three of them. In version 2 whole seconds from 1 to 255,
   * in version 3 from 0.01 to 40.95 seconds in steps of 0.01 (keepalived: `advert_int`).
   * @default 1
   */
  readonly advertIntervalSeconds?: number;
  /**
   * How many adverts may be missed before another director takes over, 1 to 100 (keepalived: `down_timer_adverts`).
   * @default - keepalived's own default (3)
   */
  readonly downTimerAdverts?: number;
  /**
   * Whether the preferred director takes the VIPs back when it returns (keepalived: `nopreempt`).
   * @default true
   */
  readonly preempt?: boolean;
  /**
   * How much longer a director waits before it takes the VIPs from one that is less preferred, 0 to 1000 seconds
   * (keepalived: `preempt_delay`).
   * @default - where connections are synchronised, 5 seconds more than `refreshPeriodSeconds` (so 15): a director that
   * comes back first learns of the connections in use; without synchronisation it takes the VIPs at once
   */
  readonly preemptDelaySeconds?: number;
}

type Timing = DeepDeferrable<VrrpTimingSettings>;

export const LONGEST_VERSION_3_INTERVAL = 40.95;

/** `directorAddresses` are those of all directors, whose family decides the version. */
export function vrrpTimingProblems(timing: Timing, directorAddresses: readonly Deferrable<string>[]): Problem[] {
  return [
    ...versionProblems(timing.version, directorAddresses),
    ...literalProblems("advertIntervalSeconds", timing.advertIntervalSeconds),
    ...advertIntervalProblems(timing, directorAddresses),
    ...literalProblems("downTimerAdverts", timing.downTimerAdverts),
    ...integerProblems("downTimerAdverts", timing.downTimerAdverts, 1, 100),
    ...literalProblems("preemptDelaySeconds", timing.preemptDelaySeconds),
    ...numberProblems("preemptDelaySeconds", timing.preemptDelaySeconds, 0, 1000, "seconds"),
    ...delayWithoutPreemptionProblems(timing),
  ];
}

function versionProblems(version: number | undefined, directorAddresses: readonly Deferrable<string>[]): Problem[] {
  const path = "version";
  if (version === undefined || version === 3) return [];
  if (version !== 2) return [{ path, message: `must be 2 or 3, got ${shown(version)}` }];
  if (!anyIpv6(directorAddresses)) return [];
  return [{ path, message: "must be 3 between IPv6 directors, got 2; only version 3 speaks IPv6" }];
}

function advertIntervalProblems(timing: Timing, directorAddresses: readonly Deferrable<string>[]): Problem[] {
  const path = "advertIntervalSeconds";
  const value = timing.advertIntervalSeconds;
  if (value === undefined || value instanceof Deferred) return [];
  if (!isInterval(timing.version, value)) {
    return [{ path, message: `${intervalRule(timing.version)}, got ${shown(value)}` }];
  }
  if (!anyIpv6(directorAddresses) || value <= LONGEST_VERSION_3_INTERVAL) return [];
  const reason = "IPv6 directors speak VRRP version 3, which has 12 bits for hundredths of a second";
  return [
    { path, message: `must be at most ${LONGEST_VERSION_3_INTERVAL} between IPv6 directors, got ${value}; ${reason}` },
  ];
}

function intervalRule(version: 2 | 3 | undefined): string {
  switch (version) {
    case 2:
      return "must be whole seconds from 1 to 255 in VRRP version 2";
    case 3:
      return "must be from 0.01 to 40.95 in steps of 0.01 in VRRP version 3";
    default:
      return "must be whole seconds from 1 to 255, or 0.01 to 40.95 in steps of 0.01";
  }
}

function isInterval(version: 2 | 3 | undefined, value: number): boolean {
  const whole = version === 2 || (version === undefined && Number.isInteger(value));
  return whole ? isWholeInterval(value) : isFractionInterval(value);
}

function isWholeInterval(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 255;
}

function isFractionInterval(value: number): boolean {
  return Number.isFinite(value) && value >= 0.01 && value <= LONGEST_VERSION_3_INTERVAL && hasDecimals(value, 2);
}

/** keepalived resets the delay of a director that never preempts. */
function delayWithoutPreemptionProblems({ preempt, preemptDelaySeconds }: Timing): Problem[] {
  if (preempt !== false || preemptDelaySeconds === undefined || preemptDelaySeconds === 0) return [];
  const message = `needs preemption, got ${shown(preemptDelaySeconds)} with preempt: false; leave one of them out`;
  return [{ path: "preemptDelaySeconds", message }];
}

/** How long a director that comes back needs to hear of every connection that is in use. */
export function learningSeconds(refreshPeriodSeconds: Deferrable<number> = 10): number {
  const known = typeof refreshPeriodSeconds === "number" && refreshPeriodSeconds > 0 && refreshPeriodSeconds <= 60;
  return (known ? refreshPeriodSeconds : 10) + 5;
}

/** The settings of an instance that gives directors this time to learn of connections, unless they say otherwise. */
export function withLearningTime<Settings extends Timing>(settings: Settings, seconds: number): Settings {
  if (settings.preempt === false || settings.preemptDelaySeconds !== undefined) return settings;
  return { ...settings, preemptDelaySeconds: seconds };
}

function anyIpv6(addresses: readonly Deferrable<string>[]): boolean {
  return addresses.some((address) => addressFamily(address) === "IPv6");
}

/** VRRP speaks one address family per instance: that of the directors' own addresses. Version 3 is needed for IPv6. */
export function vrrpVersion(timing: Timing, family: AddressFamily | undefined): 2 | 3 {
  return timing.version ?? (family === "IPv6" || !Number.isInteger(advertInterval(timing)) ? 3 : 2);
}

export function advertInterval(timing: Timing): number {
  return (timing.advertIntervalSeconds ?? 1) as number;
}

/** About how long it takes until the director that should have the VIPs has them, whoever had them before. */
export function takeoverSeconds(timing: Timing): number {
  const { downTimerAdverts = 3, preemptDelaySeconds = 0 } = timing;
  return ((downTimerAdverts as number) + 1) * advertInterval(timing) + (preemptDelaySeconds as number);
}
