import { printed, type Deferrable } from "../model/deferred";
import type { Program } from "../model/program";
import { isScript, scriptName } from "../model/script";
import { quoted } from "./block-writer";

/** Where the scripts of a director are; the host program tests a configuration before they are there. */
export const SCRIPTS_DIRECTORY = "/etc/cdktf-lvs/director/scripts";

/** The path of the file of a script, or that of the program of the host. */
export function scriptFile(script: Program): string {
  return isScript(script) ? `${SCRIPTS_DIRECTORY}/${scriptName(script)}` : printed(script);
}

/** A program with its arguments, as keepalived takes them apart: in quotes, and each argument in others inside. */
export function commandLine(
  file: string,
  args: readonly Deferrable<string>[],
  values: Readonly<Record<string, Deferrable<string | number>>> = {},
): string {
  const words = args.map((text) => `'${filledIn(printed(text), values)}'`);
  return quoted([file, ...words].join(" "));
}

/** The text with what it has in braces replaced by the value of that name; other braces are text. */
function filledIn(text: string, values: Readonly<Record<string, Deferrable<string | number>>>): string {
  return Object.entries(values).reduce(
    (filled, [name, value]) => filled.replaceAll(`{${name}}`, () => printed(value)),
    text,
  );
}
