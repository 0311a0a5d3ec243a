import { block, blocksText, option, quoted } from "../../src/render/block-writer";

test("no blocks are no text", () => {
  expect(blocksText([])).toBe("");
});

test("a block without lines keeps its braces", () => {
  expect(blocksText([block("global_defs", [])])).toBe("global_defs {\n}\n");
});

test("blocks are set apart by one blank line, and inner blocks by four spaces", () => {
  const text = blocksText([
    block("a", ["one", block("b", ["two", block("c", ["three"])]), "four"]),
    block("d", ["five"]),
  ]);
  expect(text).toBe(`a {
    one
    b {
        two
        c {
            three
        }
    }
    four
}

d {
    five
}
`);
});

test("undefined entries leave no trace", () => {
  expect(blocksText([block("a", [undefined, "one", undefined])])).toBe("a {\n    one\n}\n");
});

test.each([
  ["text", "10", "weight 10"],
  ["a number", 10, "weight 10"],
  ["zero", 0, "weight 0"],
  ["nothing", undefined, undefined],
])("an option of %s", (_title, value, line) => {
  expect(option("weight", value)).toBe(line);
});

test("quoted text keeps what would start a comment", () => {
  expect(quoted("ab#c!d")).toBe('"ab#c!d"');
});
