import { canonicalAddress } from "./address";
import type { BfdInstance } from "./bfd";
import { printed, type DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";
import type { DirectorProp, PairDirector } from "./vrrp-directors";
import { DIRECTOR_SESSION_WEIGHT, type Tracking, type TrackedBfd } from "./vrrp-tracking";

/** Slow enough for virtual machines that stand still for a moment: a session is down after half a second. */
const TIMING = { minRxMilliseconds: 100, minTxMilliseconds: 100, multiplier: 5 };

/** The BFD sessions of a director with all others. */
export function directorSessions(directors: readonly PairDirector[], own: DirectorProp): BfdInstance[] {
  return others(directors, own).map((director) => ({
    name: sessionName(director),
    neighborAddress: canonicalAddress(director.address),
    ...TIMING,
  }));
}

function others(directors: readonly PairDirector[], own: DirectorProp): PairDirector[] {
  return directors.filter(({ prop }) => prop !== own);
}

/** `director-secondary`, `director-furtherBackups-0`. */
function sessionName({ prop }: PairDirector): string {
  return `director-${prop.replace(/\[(\d+)\]/, "-$1")}`;
}

/** What is tracked, where the sessions of a director have their names. */
export function withDirectorSessions<T extends Tracking>(
  tracking: T,
  directors: readonly PairDirector[],
  own: DirectorProp,
): T {
  if (tracking.trackBfd !== true) return tracking;
  const trackBfd = others(directors, own).map((director): DeepDeferrable<TrackedBfd> => {
    return { name: sessionName(director), weight: DIRECTOR_SESSION_WEIGHT };
  });
  return { ...tracking, trackBfd };
}

/** Problems of the sessions that are asked for with those that are defined. */
export function directorSessionsProblems(
  bfdInstances: readonly BfdInstance[],
  directors: readonly PairDirector[],
): Problem[] {
  const addresses = directors.map(({ address }) => printed(canonicalAddress(address)));
  return bfdInstances.flatMap(({ name, neighborAddress }, index) => {
    const path = `bfdInstances[${index}]`;
    const again = addresses.includes(printed(canonicalAddress(neighborAddress)));
    return [
      ...(printed(name).startsWith("director-")
        ? [
            {
              path: `${path}.name`,
              message: `must not begin with 'director-' beside trackBfd: true, got ${shown(name)}`,
            },
          ]
        : []),
      ...(again
        ? [
            {
              path: `${path}.neighborAddress`,
              message: `must not be a director's own address beside trackBfd: true, got ${shown(neighborAddress)}; it has a session already`,
            },
          ]
        : []),
    ];
  });
}
