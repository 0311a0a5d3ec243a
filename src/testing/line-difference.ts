/** Beyond this many pairs of lines two texts are taken as altogether different. */
const MOST_PAIRS = 250_000;

/**
 * The lines to take out (`- `) and to put in (`+ `) to make one text of the other; undefined when that would be longer
 * than half of the text itself.
 */
export function lineDifference(from: readonly string[], to: readonly string[]): string[] | undefined {
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  const [old, made] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  if (old.length * made.length > MOST_PAIRS) return undefined;
  const changes = edits(old, made);
  return changes.length > to.length / 2 ? undefined : changes;
}

function edits(from: readonly string[], to: readonly string[]): string[] {
  const common = commonLengths(from, to);
  const changes: string[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && from[i] === to[j]) {
      i += 1;
      j += 1;
    } else if (i < from.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      changes.push(`- ${from[i]?.trim() ?? ""}`);
      i += 1;
    } else {
      changes.push(`+ ${to[j]?.trim() ?? ""}`);
      j += 1;
    }
  }
  return changes;
}

/** How many lines the rests of both have in common, from any line of each on. */
function commonLengths(from: readonly string[], to: readonly string[]): number[][] {
  const lengths = Array.from({ length: from.length + 1 }, () => Array.from({ length: to.length + 1 }, () => 0));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    const [row = [], below = []] = [lengths[i], lengths[i + 1]];
    for (let j = to.length - 1; j >= 0; j -= 1) {
      row[j] = from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
