import type { Problem } from "./problem";
import { shown } from "./rules";

/** Something that a name stands for in the whole configuration of a director. */
export interface NamedUse {
  /** The prop that gives the name. */
  readonly path: string;
  readonly name: string;
  /** What the name stands for, in a form that can be compared. */
  readonly meaning: string;
}

/** Problems of names that stand for two things; `kind` says what they are names of. */
export function nameConflictProblems(kind: string, uses: readonly NamedUse[]): Problem[] {
  const first = new Map<string, NamedUse>();
  return uses.flatMap((use) => {
    const known = first.get(use.name);
    if (known === undefined) {
      first.set(use.name, use);
      return [];
    }
    if (known.meaning === use.meaning) return [];
    const message = `must be the name of one ${kind}, got ${shown(use.name)} for a second one; ${known.path} has it already`;
    return [{ path: use.path, message }];
  });
}
