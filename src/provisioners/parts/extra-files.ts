import { printed, type DeepDeferrable } from "../../model/deferred";
import type { ExtraFile } from "../../model/escape-hatch";
import type { PlanPart } from "../plan-part";

/** Files of the user's own. */
export function extraFilesPart(files: DeepDeferrable<readonly ExtraFile[]> = []): PlanPart {
  return {
    files: files.map(({ path, text, mode = "644" }) => ({
      path: printed(path),
      mode: printed(mode),
      text: printed(text),
    })),
  };
}
