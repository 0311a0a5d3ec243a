import {
  codeBlocks,
  compilerErrors,
  leadsSomewhere,
  markdownFiles,
  read,
  relativeLinks,
  type CodeBlock,
} from "./support/markdown";

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

test.each(files)("every link in %s leads to a file", (file) => {
  const lost = relativeLinks(file, read(file)).filter((link) => !leadsSomewhere(file, link));
  expect(lost.map(({ name, target }) => `${name} ${target}`)).toEqual([]);
});

test("a link is seen only where it is one", () => {
  const markdown = "[a](b.md) `[c](d.md)` [e](https://f) [g](#h)\n```sh\n[i](j.md)\n```\n[k](../l.md#m)";
  expect(relativeLinks("x.md", markdown)).toEqual([
    { name: "x.md:1", target: "b.md" },
    { name: "x.md:5", target: "../l.md#m" },
  ]);
});
