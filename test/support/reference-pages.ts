import { apiReports } from "./api-reports";
import { keywordsPage } from "./keywords";
import { hostMessages, synthMessages } from "./messages";

/** Pages that are made from the source, by their paths. */
export const REFERENCE_PAGES: Readonly<Record<string, () => string>> = {
  "api/cdktf-lvs.md": () => apiPage("cdktf-lvs"),
  "api/cdktf-lvs-testing.md": () => apiPage("cdktf-lvs/testing"),
  "docs/errors.md": errorsPage,
  "docs/keywords.md": keywordsPage,
};

/** What renews them. */
export const RENEW = "npm run reference";

interface Row {
  readonly message: string;
  readonly remedy: string;
  readonly paths: readonly string[];
}

let reports: ReturnType<typeof apiReports> | undefined;

/** The compiler is asked once for both. */
function apiPage(entry: keyof ReturnType<typeof apiReports>): string {
  reports ??= apiReports();
  return reports[entry];
}

function errorsPage(): string {
  return [
    "# Messages",
    "",
    "Every problem that synth reports, and every reason that a deploy ends for on a host, in alphabetical order. `<words>`",
    "stand for values. This page is generated from the source; see [CONTRIBUTING.md](../CONTRIBUTING.md#tests).",
    "[Troubleshooting](guides/troubleshooting.md) is for what has no message.",
    "",
    "## At synth",
    "",
    "One line for each problem, and all problems at once: `[stack/construct] prop: message; what to do`. Where no remedy is",
    "named, the message says what is allowed. `…` in a prop stands for what leads to it, such as `realServers[1]`, or for",
    "any prop of that kind.",
    "",
    "| Message | What to do, or why | Prop |",
    "| ------- | ------------------ | ---- |",
    ...rows(synthMessages()).map(
      ({ message, remedy, paths }) => `| ${cell(message)} | ${cell(remedy)} | ${paths.map(cell).join(", ")} |`,
    ),
    "",
    "## On a host",
    "",
    "`FAILED construct (address) at step: message; what became of the host`. The lines above it have what the programs of",
    "the host said.",
    "",
    "| Message | What to do, or why |",
    "| ------- | ------------------ |",
    ...rows(
      hostMessages()
        .filter(isSentence)
        .map((text) => ({ text, path: "" })),
    ).map(({ message, remedy }) => `| ${cell(message)} | ${cell(remedy)} |`),
    "",
  ].join("\n");
}

/** What a roll back could not put back is named by a few words only. */
function isSentence(text: string): boolean {
  return text.split(" ").length >= 4;
}

function rows(messages: readonly { readonly path: string; readonly text: string }[]): Row[] {
  const paths = new Map<string, string[]>();
  for (const { path, text } of messages) paths.set(text, [...(paths.get(text) ?? []), path]);
  return [...paths.keys()].sort(byWords).map((text) => {
    const [message = "", ...remedy] = text.split("; ");
    return { message, remedy: remedy.join("; "), paths: [...new Set(paths.get(text))].sort(byWords) };
  });
}

function byWords(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** As code, in which Markdown takes nothing for its own but the end of the cell. */
function cell(text: string): string {
  return text === "" ? "" : `\`${text.replaceAll("|", "\\|")}\``;
}
