import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

export const ROOT = join(__dirname, "../..");

/** One fenced block of code. */
export interface CodeBlock {
  /** Where it is: `README.md:12`. */
  readonly name: string;
  /** All that follows the opening fence. */
  readonly language: string;
  readonly text: string;
}

/** One link to a file of the repository. */
export interface Link {
  /** Where it is: `README.md:12`. */
  readonly name: string;
  readonly target: string;
}

/** Pages that lie elsewhere than in `docs`. */
const SINGLE_PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "LIMITATIONS.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "examples/README.md",
  "examples/platform-repo/README.md",
];

/** The Markdown files of the project that people write, and those in `docs`, by their paths from the root. */
export function markdownFiles(): string[] {
  return [...SINGLE_PAGES, ...pagesBelow("docs")];
}

/** All of them, with those whose code is no program of users. */
export function linkedFiles(): string[] {
  return [...markdownFiles(), "lab/README.md", ...pagesBelow("api")];
}

function pagesBelow(folder: string): string[] {
  const below = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return below.filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

export function codeBlocks(file: string, markdown: string): CodeBlock[] {
  const lines = markdown.split("\n");
  const fences = lines.flatMap((line, index) => (/^\s*```/.test(line) ? [index] : []));
  if (fences.length % 2 !== 0) throw new Error(`${file} has a block of code that does not end`);
  return fences
    .filter((_, index) => index % 2 === 0)
    .map((start, index) => ({
      name: `${file}:${start + 1}`,
      language: (lines[start] ?? "").trim().slice(3),
      text: lines.slice(start + 1, fences[2 * index + 1]).join("\n"),
    }));
}

/** Links that lead to a file or a heading, outside of code. */
export function relativeLinks(file: string, markdown: string): Link[] {
  let inCode = false;
  return markdown.split("\n").flatMap((line, index) => {
    if (/^\s*```/.test(line)) inCode = !inCode;
    if (inCode) return [];
    const targets = [...line.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
    return targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => ({ name: `${file}:${index + 1}`, target }));
  });
}

/** Whether a link leads to something that is there. */
export function leadsSomewhere(file: string, { target }: Link): boolean {
  const [place = "", heading] = target.split("#");
  const found = place === "" ? file : join(dirname(file), place);
  if (!existsSync(join(ROOT, found))) return false;
  return heading === undefined || headings(read(found)).includes(heading);
}

/** What links call the headings of a page by: lower case, blanks as hyphens, without punctuation. */
export function headings(markdown: string): string[] {
  return markdown
    .replace(/^\s*```.*?^\s*```/gms, "")
    .split("\n")
    .flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
    .map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replace(/\s/g, "-"),
    );
}

/** What the compiler says of each block that is not valid by itself, by its name; with the options of the project. */
export function compilerErrors(
  blocks: readonly CodeBlock[],
  different: ts.CompilerOptions = {},
): Record<string, string[]> {
  // The files exist in memory only, at the root, so that they see the package and its dependencies as users do.
  const texts = new Map(blocks.map(({ text }, index) => [join(ROOT, `block-${index}.ts`), `${text}\nexport {};\n`]));
  const options = { ...compilerOptions(), ...different };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = texts.get(path);
      return text === undefined ? disk.getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const errors = [...texts.keys()].map((path, index): [string, string[]] => [
    blocks[index]?.name ?? "",
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(shownError),
  ]);
  return Object.fromEntries(errors.filter(([, messages]) => messages.length > 0));
}

/** Those of the project. */
function compilerOptions(): ts.CompilerOptions {
  const found = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path));
  return ts.parseJsonConfigFileContent(found.config, ts.sys, ROOT).options;
}

function shownError({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
