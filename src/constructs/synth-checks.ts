import type { IConstruct } from "constructs";
import { Annotations, Aspects, refuseOtherFramework } from "../framework";
import type { Problem } from "../model/problem";

/** Reports the problems of a construct with those of all others, in one error, when the tree is complete. */
export function reportProblems(construct: IConstruct, problems: () => readonly Problem[]): void {
  refuseOtherFramework(construct);
  construct.node.addValidation({ validate: () => problems().map(({ path, message }) => `${path}: ${message}`) });
}

/** Shows warnings that depend on what is added to a construct after it was made. */
export function showWarnings(construct: IConstruct, warnings: () => readonly string[]): void {
  const shown = new Set<string>();
  Aspects.of(construct).add({
    visit(node) {
      if (node !== construct) return;
      for (const warning of warnings()) {
        if (!shown.has(warning)) Annotations.of(construct).addWarning(warning);
        // Aspects are visited more than once.
        shown.add(warning);
      }
    },
  });
}
