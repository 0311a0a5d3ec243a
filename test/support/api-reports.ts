import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import ts from "typescript";
import { ROOT } from "./markdown";

/** What users import, and the file that declares it. */
const ENTRIES = { "cdktf-lvs": "index.d.ts", "cdktf-lvs/testing": "testing/index.d.ts" } as const;

type Entry = keyof typeof ENTRIES;

const NONE = { logLevel: ExtractorLogLevel.None };

/** Pages on everything that users can import, with its types, by the entry point. */
export function apiReports(): Record<Entry, string> {
  // Inside of the project, where the declarations find the packages that they import.
  const folder = mkdtempSync(join(ROOT, ".api-"));
  try {
    emitDeclarations(folder);
    return { "cdktf-lvs": page(folder, "cdktf-lvs"), "cdktf-lvs/testing": page(folder, "cdktf-lvs/testing") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function page(folder: string, entry: Entry): string {
  return [
    `# \`${entry}\``,
    "",
    "All that users can import from here, and its types: a change of this page is a change of the public interface. It is",
    "generated from the source; see [CONTRIBUTING.md](../CONTRIBUTING.md#tests). What things mean is in their doc comments.",
    "",
    report(folder, entry),
  ].join("\n");
}

function emitDeclarations(folder: string): void {
  const changes = { outDir: folder, emitDeclarationOnly: true };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, "tsconfig.build.json"), changes, host);
  if (config === undefined) throw new Error("tsconfig.build.json cannot be read");
  ts.createProgram(config.fileNames, config.options).emit();
}

function report(folder: string, entry: Entry): string {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(folder, ENTRIES[entry]),
      compiler: { tsconfigFilePath: join(ROOT, "tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: "report",
        reportVariants: ["public"],
        reportFolder: folder,
        reportTempFolder: folder,
      },
      docModel: { enabled: false },
      messages: {
        compilerMessageReporting: { default: NONE },
        extractorMessageReporting: { default: NONE },
        tsdocMessageReporting: { default: NONE },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, "package.json"),
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: (message) => (message.handled = true) });
  const text = readFileSync(join(folder, "report.public.api.md"), "utf8").replaceAll("\r\n", "\n");
  // Without its heading, which names the package alone, and remarks on comments, which the reference looks after.
  return text
    .slice(text.indexOf("```ts"))
    .replace(/^ *\/\/ (@public( \(undocumented\))?|\(undocumented\)|\(No @packageDocumentation .*\n)\n/gm, "")
    .replaceAll(" (undocumented)", "");
}
