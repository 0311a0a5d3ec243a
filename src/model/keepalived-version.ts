import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** The oldest keepalived that is written for: that of Debian 11 and of the RHEL 8 family. */
export const OLDEST_KEEPALIVED = "2.1.5";

/** What the oldest one has not got, or not whole, and the version that it came with. */
const SINCE = {
  "scheduler twos": "2.2.5",
  // It was there before, but lost its place in a reload.
  FILE_CHECK: "2.2.0",
  // Before, what it added to a weight was lost in a reload, and beside a second one.
  misc_dynamic: "2.2.0",
  // For others than root: 2.2.7 ends its own test of such a configuration with a signal (keepalived issue 2587).
  "user of MISC_CHECK": "2.2.8",
  "payload of UDP_CHECK": "2.2.0",
  // Before, it took the text and compared nothing.
  "require_reply with text": "2.2.0",
  tls_compliant: "2.2.8",
  mcast_dst_ip: "2.2.5",
  down_timer_adverts: "2.2.3",
  garp_extra_if: "2.2.3",
  interface_up_down_delays: "2.2.3",
  "address of use_vmac": "2.2.5",
} as const;

/** Something that not every keepalived has. */
export type KeepalivedFeature = keyof typeof SINCE;

/** Refuses what is no version, one that is known only at apply, and one that is not supported. */
export function keepalivedVersionProblems(path: string, version: Deferrable<string> | undefined): Problem[] {
  if (version === undefined || (isVersion(version) && !isOlder(version, OLDEST_KEEPALIVED))) return [];
  const message = `must be a version from ${OLDEST_KEEPALIVED} on, like '2.2.7', got ${shown(version)}`;
  return [{ path, message: `${message}; see: keepalived --version` }];
}

/**
 * Problems of an option that the declared keepalived may not know. A version that is none is left to the rules of the
 * director.
 */
export function featureProblems(
  path: string,
  feature: KeepalivedFeature,
  version: Deferrable<string> = OLDEST_KEEPALIVED,
): Problem[] {
  const since = SINCE[feature];
  if (!isVersion(version) || !isOlder(version, since)) return [];
  const advice = `leave it out, or set keepalivedVersion of the director if its hosts have ${since}`;
  return [{ path, message: `needs keepalived ${since} (${feature}), got ${version}; ${advice}` }];
}

function isVersion(version: Deferrable<string>): version is string {
  return !(version instanceof Deferred) && /^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(version);
}

function isOlder(version: string, than: string): boolean {
  const ours = version.split(".").map(Number);
  const theirs = than.split(".").map(Number);
  const differing = ours.findIndex((part, index) => part !== theirs[index]);
  return differing >= 0 && (ours[differing] ?? 0) < (theirs[differing] ?? 0);
}
