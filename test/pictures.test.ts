import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { svgOf } from "../src/commands/picture";
import { codeBlocks, read, ROOT } from "./support/markdown";
import { xmlProblem } from "./support/xml";

const GUIDE = "docs/pictures.md";
const PICTURE = join(ROOT, "docs/pictures/shop.svg");

const blocks = codeBlocks(GUIDE, read(GUIDE));
let outdir: string;

function written(name: string): string {
  return readFileSync(join(outdir, "stacks/shop", name), "utf8");
}

/** Synthesizes the stack of the guide. */
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-guide-"));
  const source = blocks.find(({ language }) => language === "ts")?.text ?? "";
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  process.env.CDKTF_OUTDIR = outdir;
  const guide = compileFunction(outputText, ["require", "exports"]) as (load: NodeJS.Require, exports: object) => void;
  guide(require, {});
});

afterAll(() => {
  delete process.env.CDKTF_OUTDIR;
  rmSync(outdir, { recursive: true });
});

test("the guide shows what its stack writes for Mermaid", () => {
  expect(`${blocks.find(({ language }) => language === "mermaid")?.text}\n`).toBe(written("topology.mmd"));
});

/** Drawn anew with UPDATE_PICTURES=1. */
test("and the picture that is drawn of it", async () => {
  const svg = await svgOf(written("topology.dot"));
  if (process.env.UPDATE_PICTURES === "1") writeFileSync(PICTURE, svg);
  expect(readFileSync(PICTURE, "utf8")).toBe(svg);
  expect(xmlProblem(svg)).toBeUndefined();
  expect(svg.length).toBeLessThan(40_000);
});
