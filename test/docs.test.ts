import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  codeBlocks,
  compilerErrors,
  headings,
  leadsSomewhere,
  linkedFiles,
  markdownFiles,
  read,
  relativeLinks,
  type CodeBlock,
} from "./support/markdown";
import { runBlock } from "./support/snippets";

jest.setTimeout(60_000);

const files = markdownFiles();
const blocks = files.flatMap((file) => codeBlocks(file, read(file)));

test("every TypeScript block is marked as one that is complete", () => {
  const marked = blocks.filter(({ language }) => /^(ts|typescript|js|javascript)\b/.test(language));
  expect(marked.filter(({ language }) => language !== "ts").map(({ name }) => name)).toEqual([]);
  expect(marked.length).toBeGreaterThan(0);
});

test("every TypeScript block compiles, and a wrong one would not", () => {
  const wrong: CodeBlock = {
    name: "wrong",
    language: "ts",
    text: 'import { Scheduler } from "cdktf-lvs";\nScheduler.WLCC;',
  };
  const errors = compilerErrors([...blocks.filter(({ language }) => language === "ts"), wrong]);
  expect(errors).toEqual({ wrong: [expect.stringMatching(/^line 2: Property 'WLCC' does not exist/)] });
});

const programs = blocks.filter(({ language, text }) => language === "ts" && text.includes("app.synth()"));

test("every block of a guide is a whole program", () => {
  const inGuides = blocks.filter(({ name, language }) => name.startsWith("docs/guides/") && language === "ts");
  expect(inGuides.filter((block) => !programs.includes(block)).map(({ name }) => name)).toEqual([]);
});

describe("a whole program", () => {
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

test.each(linkedFiles())("every link in %s leads to a file, and to a heading of it", (file) => {
  const lost = relativeLinks(file, read(file)).filter((link) => !leadsSomewhere(file, link));
  expect(lost.map(({ name, target }) => `${name} ${target}`)).toEqual([]);
});

test("a heading is found by the name that links call it by", () => {
  expect(headings("# A b\n## `C`: d, e?\n```sh\n# no\n```\n### 10.0 x_y")).toEqual(["a-b", "c-d-e", "100-x_y"]);
});

test("a link is seen only where it is one", () => {
  const markdown = "[a](b.md) `[c](d.md)` [e](https://f) [g](#h)\n```sh\n[i](j.md)\n```\n[k](../l.md#m)";
  expect(relativeLinks("x.md", markdown)).toEqual([
    { name: "x.md:1", target: "b.md" },
    { name: "x.md:1", target: "#h" },
    { name: "x.md:5", target: "../l.md#m" },
  ]);
});
