import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Workspace } from "./workspace";

export const ROOT = path.join(__dirname, "..");

/**
 * The library as users have it, compiled and found by its name, beside the compiled programs of `bench/FOLDER`:
 * a compiler at run time would be measured too. Returns the directory of the programs.
 */
export function installPackage(workspace: Workspace, folder: string): string {
  const programs = workspace.directory("programs");
  const installed = workspace.directory("programs/node_modules/cdktf-lvs");
  cpSync(path.join(ROOT, "package.json"), path.join(installed, "package.json"));
  compile(path.join(ROOT, "src"), path.join(installed, "lib"));
  compile(path.join(ROOT, "bench", folder), programs);
  return programs;
}

/** Where the compiled library finds what it needs. */
export const PACKAGE_ENVIRONMENT = { NODE_PATH: path.join(ROOT, "node_modules") };

function compile(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (entry.isDirectory()) compile(source, path.join(to, entry.name));
    else if (entry.name.endsWith(".ts")) compileFile(source, path.join(to, entry.name.replace(/ts$/, "js")));
    else cpSync(source, path.join(to, entry.name));
  }
}

function compileFile(source: string, target: string): void {
  const { outputText } = ts.transpileModule(readFileSync(source, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  writeFileSync(target, outputText);
}
