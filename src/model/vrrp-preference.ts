import type { DeepDeferrable, Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, literalProblems, oneOfProblems, shown } from "./rules";
import type { DirectorProp, PairDirector } from "./vrrp-directors";

/** How much a director wants to hold the VIPs. */
export interface PrioritySettings {
  /**
   * Priorities of the directors in the order of preference, each 1 to 254 and below the one before (keepalived:
   * `priority`). Weights of what is tracked are added to them.
   * @default - 150, 100, 90, 80 and so on
   */
  readonly priorities?: readonly number[];
}

/** Which director holds the VIPs of an instance while all is well, and who comes next. */
export interface PreferenceSettings extends PrioritySettings {
  /**
   * The director that holds the VIPs while all is well: `primary`, `secondary`, `furtherBackups[0]` and so on. The
   * others follow in their usual order.
   * @default "primary"
   */
  readonly preferred?: DirectorProp;
}

type Preference = DeepDeferrable<PreferenceSettings>;

export function preferenceProblems(
  { preferred, priorities }: Preference,
  directors: readonly PairDirector[],
): Problem[] {
  return [
    ...oneOfProblems(
      "preferred",
      preferred,
      directors.map(({ prop }) => prop),
    ),
    ...(priorities === undefined ? [] : prioritiesProblems(priorities, directors.length)),
  ];
}

function prioritiesProblems(priorities: readonly Deferrable<number>[], directors: number): Problem[] {
  if (priorities.length !== directors) {
    const message = `needs one priority per director (${directors}), got ${priorities.length}`;
    return [{ path: "priorities", message }];
  }
  return priorities.flatMap((priority, index) => {
    const path = `priorities[${index}]`;
    // With 255 a director would own the addresses, and nothing that it tracks would count.
    const problems = [...literalProblems(path, priority), ...integerProblems(path, priority, 1, 254)];
    const before = priorities[index - 1];
    if (problems.length > 0 || typeof before !== "number" || (priority as number) < before) return problems;
    return [{ path, message: `must be below the one before, ${before}, got ${shown(priority)}` }];
  });
}

/** A director and its priority in an instance. */
export interface RankedDirector extends PairDirector {
  readonly priority: number;
}

/** The directors in the order of preference; `preference` must be free of problems. */
export function rankedDirectors(preference: Preference, directors: readonly PairDirector[]): RankedDirector[] {
  const preferred = directors.filter(({ prop }) => prop === (preference.preferred ?? "primary"));
  const others = directors.filter((director) => !preferred.includes(director));
  return [...preferred, ...others].map((director, rank) => {
    const priority = preference.priorities?.[rank];
    return { ...director, priority: typeof priority === "number" ? priority : defaultPriority(rank) };
  });
}

/** Far enough apart for weights between the first two, as keepalived.conf(5) advises. */
function defaultPriority(rank: number): number {
  return rank === 0 ? 150 : 110 - 10 * rank;
}
