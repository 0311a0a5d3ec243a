import { isBuiltin } from "node:module";
import * as cdktf from "cdktf";
import ts from "typescript";
import * as cdktfLvs from "../../src";
import * as testing from "../../src/testing";
import type { CodeBlock } from "./markdown";

const MODULES: Readonly<Record<string, unknown>> = { cdktf, "cdktf-lvs": cdktfLvs, "cdktf-lvs/testing": testing };

/** Whether a block is a program that synthesizes, and not a part of one. */
export function isProgram({ language, text }: CodeBlock): boolean {
  return language === "ts" && text.includes("app.synth()");
}

function nodeModule(name: string): unknown {
  return isBuiltin(name) ? process.getBuiltinModule(name) : undefined;
}

/** Runs a block of TypeScript that ends with `app.synth()`, as users would; throws what they would see. */
export function runBlock(text: string, outdir: string): void {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    // Not by node:vm, whose plain objects are not those of jest: the library would look for no tokens in them.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own documentation
    const run = new Function("require", "exports", outputText) as (...scope: unknown[]) => void;
    run((name: string) => MODULES[name] ?? nodeModule(name), {});
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
  }
}
