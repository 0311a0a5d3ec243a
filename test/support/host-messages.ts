import { readFileSync } from "node:fs";
import { sourceFiles } from "./messages";

/** A text in quotes of the shell, which may hold quotes of its own inside of `$(...)`. */
const QUOTED = String.raw`(?:"((?:\$\([^)]*\)|[^"\\]|\\.)*)"|'([^']*)')`;

/** What stands for the output of a command whose name would say nothing. */
const OUTPUTS: Readonly<Record<string, string>> = { first_line_of: "rule", stat: "found", tr: "lines" };

/** Every reason that a deploy or a removal fails for on a host. */
export function hostMessages(): string[] {
  return [...shellTexts("fail ", "cannot ", "conflict="), ...failuresBefore()];
}

/** All that `check` reports, and what a deploy waits for in vain in the end. */
export function driftMessages(): string[] {
  return shellTexts("drift ", "missing=").filter((text) => !/^(<\w+>)?$/.test(text));
}

/** Texts behind one of these words. */
function shellTexts(...words: string[]): string[] {
  const calls = new RegExp(String.raw`(?<![\w.])(?:${words.join("|")})${QUOTED}`, "g");
  return sourceFiles(".sh").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(calls)].map(([, text, literal]) => literal ?? shellText(text ?? "")),
  );
}

/** Where the host program is not there yet, or no more, the whole line is written out. */
function failuresBefore(): string[] {
  const lines = /echo "FAILED (?:at \w+|on this host): ([^"]*)"/g;
  return [".ts", ".sh"].flatMap((ending) =>
    sourceFiles(ending).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(lines)]
        .map(([, text = ""]) => shellText(text.replace("; nothing was changed", "")))
        .filter((text) => text !== "<what>"),
    ),
  );
}

function shellText(text: string): string {
  return text
    .replace(/\$\(\(.*?\)\)/g, "<number>")
    .replace(/\$\(([a-z_-]+)[^)]*\)/g, (_, command: string) => `<${OUTPUTS[command] ?? command}>`)
    .replace(/\$\{([A-Za-z_]+)[^}]*\}/g, "<$1>")
    .replace(/\$([A-Za-z_]+)/g, "<$1>")
    .replace(/\$(\{[^}]*\}|[\d*?])/g, "<what>")
    .replaceAll("\\", "");
}
