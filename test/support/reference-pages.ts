import { apiReports } from "./api-reports";
import { keywordsPage } from "./keywords";
import { driftMessages, hostMessages } from "./host-messages";
import { synthMessages } from "./messages";
import { commandMessages, importMessages, terraformMessages, warningMessages } from "./other-messages";

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
    "What this library says when something is wrong, section by section in the order in which it can happen. `<words>` stand for",
    "values. This page is generated from the source; see [CONTRIBUTING.md](../CONTRIBUTING.md#tests).",
    "[Troubleshooting](guides/troubleshooting.md) is for what has no message.",
    "",
    "## At import",
    "",
    "Thrown as an error by the import, or by the first construct that is made.",
    "",
    ...table(importMessages()),
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
    "## Warnings",
    "",
    "`[stack/construct] message; what to do`, when cdktf or cdktn synthesizes. What is warned of is legal and seldom meant.",
    "",
    ...table(warningMessages()),
    "",
    "## In Terraform",
    "",
    "What only apply knows is looked at there, before Terraform connects to a host: `Resource precondition failed`, and",
    "one of these messages, which say what is allowed.",
    "Terraform before 1.4 says `Unsupported Terraform Core version` at `terraform init`: install a newer one.",
    "",
    ...table(terraformMessages()),
    "",
    "## On a host",
    "",
    "`FAILED construct (address) at step: message; what to do; what became of the host`. The lines above it have what the",
    "programs of the host said.",
    "",
    ...table(hostMessages().filter(isSentence)),
    "",
    "## What check says",
    "",
    "`program check` prints `drift: message` for each difference from the last deploy. A deploy brings back what the",
    "definition has; `program repair` does so for the IPVS table of plain ipvsadm rules. A director that does not run as",
    "planned after a deploy is told in the same words.",
    "",
    ...table(driftMessages()),
    "",
    "## The command cdktf-lvs",
    "",
    ...table(commandMessages()),
    "",
  ].join("\n");
}

function table(texts: readonly string[]): string[] {
  return [
    "| Message | What to do, or why |",
    "| ------- | ------------------ |",
    ...rows(texts.map((text) => ({ text, path: "" }))).map(
      ({ message, remedy }) => `| ${cell(message)} | ${cell(remedy)} |`,
    ),
  ];
}

/** What a roll back could not put back is named by a few words only. */
export function isSentence(text: string): boolean {
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
