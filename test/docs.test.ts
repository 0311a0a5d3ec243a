import type { CompilerOptions } from "typescript";
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
import { isProgram } from "./support/snippets";

jest.setTimeout(60_000);

const files = markdownFiles();
const blocks = files.flatMap((file) => codeBlocks(file, read(file)));

test("every TypeScript block is marked as one that is complete", () => {
  const marked = blocks.filter(({ language }) => /^(ts|typescript|js|javascript)\b/.test(language));
  expect(marked.filter(({ language }) => language !== "ts").map(({ name }) => name)).toEqual([]);
  expect(marked.length).toBeGreaterThan(0);
});

const WRONG: CodeBlock = {
  name: "wrong",
  language: "ts",
  text: 'import { Scheduler } from "cdktf-lvs";\nScheduler.WLCC;',
};

/** As the page on compatibility says it; the types of the library are then those on cdktn. */
function onCdktn(block: CodeBlock): CodeBlock {
  const text = block.text.replaceAll('"cdktf"', '"cdktn"').replaceAll('"cdktf-lvs', '"cdktf-lvs/cdktn');
  return { ...block, text };
}

const CDKTN_PATHS = {
  cdktf: ["./node_modules/cdktn"],
  "cdktf-lvs/cdktn": ["./src/index.ts"],
  "cdktf-lvs/cdktn/testing": ["./src/testing/index.ts"],
};

test.each<[string, (block: CodeBlock) => CodeBlock, CompilerOptions]>([
  ["cdktf", (block) => block, {}],
  ["cdktn, with its imports renamed", onCdktn, { paths: CDKTN_PATHS }],
])("every TypeScript block compiles on %s, and a wrong one would not", (_title, rewritten, options) => {
  const written = [...blocks.filter(({ language }) => language === "ts"), WRONG];
  expect(compilerErrors(written.map(rewritten), options)).toEqual({
    wrong: [expect.stringMatching(/^line 2: Property 'WLCC' does not exist/)],
  });
});

test("every block of a guide is a whole program", () => {
  const inGuides = blocks.filter(({ name, language }) => name.startsWith("docs/guides/") && language === "ts");
  expect(inGuides.filter((block) => !isProgram(block)).map(({ name }) => name)).toEqual([]);
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
