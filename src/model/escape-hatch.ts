import { isPlainPath } from "./absolute-path";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** A file of your own on a host, written, rolled back, checked and removed like those of the library. */
export interface ExtraFile {
  /** Absolute path without blanks; not a file of the library. */
  readonly path: string;
  /** Its text, at least one character. Secrets do not belong here: Terraform's plan and state show it. */
  readonly text: string;
  /**
   * Octal, as chmod(1) takes it.
   * @default "644"
   */
  readonly mode?: string;
}

/** Lines of keepalived.conf that the library has no words for: they are written as they are, after its own. */
export type ExtraLines = readonly Deferrable<string>[];

/** Refuses what would reach beyond the block that the lines are written into. `keepalived -t` judges the rest. */
export function extraLinesProblems(path: string, lines: ExtraLines | undefined): Problem[] {
  if (lines === undefined) return [];
  const wrong = lines.flatMap((line, index) => lineProblems(`${path}[${index}]`, line));
  return wrong.length > 0 ? wrong : braceProblems(path, lines);
}

function lineProblems(path: string, line: Deferrable<string>): Problem[] {
  if (line instanceof Deferred) return [];
  if (line.trim() === "") return [{ path, message: `must not be blank, got ${shown(line)}; leave it out` }];
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) return [];
  return [
    { path, message: `must be one line without control characters, got ${shown(line)}; give each line by itself` },
  ];
}

function braceProblems(path: string, lines: ExtraLines): Problem[] {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (line instanceof Deferred) continue;
    for (const character of withoutQuotesAndComments(line)) {
      if (character === "{") depth++;
      if (character === "}") depth--;
      if (depth < 0) {
        const message = `must close no block that it has not opened, got ${shown(line)}; remove the '}'`;
        return [{ path: `${path}[${index}]`, message }];
      }
    }
  }
  if (depth === 0) return [];
  return [{ path, message: `must close every block that it opens, got ${depth} open at the end; add '}'` }];
}

function withoutQuotesAndComments(line: string): string {
  return line.replace(/"[^"]*"/g, "").replace(/[#!].*/, "");
}

export function extraFilesProblems(path: string, files: DeepDeferrable<readonly ExtraFile[]> | undefined): Problem[] {
  return (files ?? []).flatMap((file, index) => [
    ...extraFilePathProblems(`${path}[${index}].path`, file.path),
    ...duplicateProblems(`${path}[${index}].path`, index, files ?? [], path),
    ...textProblems(`${path}[${index}].text`, file.text),
    ...modeProblems(`${path}[${index}].mode`, file.mode),
  ]);
}

function extraFilePathProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred) {
    return [{ path, message: "must be known at synth, got a token; it names what is watched and removed" }];
  }
  if (!isPlainPath(value, "._@+:=-")) {
    const rule = "must be an absolute path of letters, digits and . @ + : = - _, without . and .. as names";
    return [{ path, message: `${rule}, got ${shown(value)}` }];
  }
  if (value !== "/etc/keepalived/keepalived.conf" && !value.includes("cdktf-lvs")) return [];
  return [{ path, message: `must not be a file of the library, got ${shown(value)}; use extra lines or another name` }];
}

function duplicateProblems(
  path: string,
  index: number,
  files: DeepDeferrable<readonly ExtraFile[]>,
  list: string,
): Problem[] {
  const value = files[index]?.path;
  const first = files.findIndex((file) => typeof value === "string" && file.path === value);
  if (first === index || first < 0) return [];
  return [{ path, message: `must be written once, got ${shown(value)} again; it is ${list}[${first}] already` }];
}

function textProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred || value !== "") return [];
  return [{ path, message: "must not be empty, got ''; a file that arrives empty counts as lost" }];
}

function modeProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined) return [];
  if (typeof value === "string" && /^[0-7]{3}$/.test(value)) return [];
  return [{ path, message: `must be three octal digits like 644, got ${shown(value)}` }];
}
