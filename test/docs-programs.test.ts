import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeBlocks, markdownFiles, read } from "./support/markdown";
import { isProgram, runBlock } from "./support/snippets";

jest.setTimeout(60_000);

const programs = markdownFiles()
  .flatMap((file) => codeBlocks(file, read(file)))
  .filter(isProgram);

describe("a whole program of the documentation", () => {
  const outdir = mkdtempSync(join(tmpdir(), "docs-"));
  afterAll(() => rmSync(outdir, { recursive: true }));

  test.each(programs)("synthesizes: $name", ({ name, text }) => {
    const out = join(outdir, name.replace(/\W/g, "-"));
    runBlock(text, out);
    expect(readdirSync(join(out, "stacks"))).toHaveLength(text.split("new TerraformStack(").length - 1);
  });

  test("with a mistake does not", () => {
    const wrong = (programs[0]?.text ?? "").replace(/virtualRouterId: 51/, "virtualRouterId: 300");
    expect(() => runBlock(wrong, outdir)).toThrow("virtualRouterId: must be an integer from 1 to 255, got 300");
  });
});
