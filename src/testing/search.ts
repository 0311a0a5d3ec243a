import { differences, differenceText, valueLines, type Difference, type Equals } from "./difference";

/** Something that may be what a test looks for. */
export interface Candidate {
  /** What a reviewer would call it. */
  readonly label: string;
  readonly value: unknown;
}

/** What a test looks for, and where. */
export interface Search {
  /** `virtual service` */
  readonly what: string;
  /** `web/lb/primary` */
  readonly where: string;
  readonly candidates: readonly Candidate[];
  readonly expected: object;
  /** What tells one from another, the most telling first. */
  readonly identity: readonly string[];
}

/** What every matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Looks for one that has all that is expected, and else tells the nearest. */
export function search({ what, where, candidates, expected, identity }: Search, equals: Equals): MatcherResult {
  const compared = candidates.map((candidate) => ({
    label: candidate.label,
    differences: differences(candidate.value, expected, equals),
  }));
  const found = compared.filter((one) => one.differences.length === 0);
  const wanted = [`${what} with`, ...valueLines(expected).map((line) => `  ${line}`)];
  if (found.length > 0) {
    const labels = found.map(({ label }) => `  ${label}`);
    return { pass: true, message: () => [`expected no ${wanted.join("\n")}`, "but there is", ...labels].join("\n") };
  }
  const [nearest] = [...compared].sort((a, b) => compare(a.differences, b.differences, identity));
  const but =
    nearest === undefined
      ? [`but ${where} has none at all`]
      : [`but the nearest is ${nearest.label}:`, ...nearest.differences.map((one) => `  ${differenceText(one)}`)];
  return { pass: false, message: () => [`expected a ${wanted.join("\n")}`, ...but].join("\n") };
}

/** Fewer differences are nearer; of as many, those that leave more of the identity. */
function compare(a: readonly Difference[], b: readonly Difference[], identity: readonly string[]): number {
  const rank = (found: readonly Difference[]): number =>
    identity.reduce((sum, name, index) => (found.some(({ path }) => path === name) ? sum + 2 ** -index : sum), 0);
  return a.length - b.length || rank(a) - rank(b);
}
