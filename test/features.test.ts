import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publicNames } from "./support/public-api";

const root = join(__dirname, "..");
const FILE = "docs/features.md";

interface Row {
  readonly feature: string;
  readonly names: readonly string[];
  readonly proofs: readonly string[];
}

/** The rows of all tables of the page: feature, names in the API, tests, since. */
const rows: Row[] = readFileSync(join(root, FILE), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| Feature") && !/^\| -+/.test(line))
  .map((line) => {
    const [, feature = "", names = "", proofs = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const inCode = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
    return { feature, names: inCode(names), proofs: inCode(proofs) };
  });

/** What constructs tell each other, and what tells one kind of a value from another. */
const NOT_A_FEATURE = /^(IDirector|IRealServer|Problem)\.|\.type$/;

const known = publicNames().filter((name) => !NOT_A_FEATURE.test(name) || name === "TunnelSettings.type");

/** `SshConnectionSettings.*`: all of a group in one row. */
function wholeOf(name: string): string {
  return name.replace(/\..*/, ".*");
}

test("every prop, enum member and function of the public API is a feature", () => {
  const listed = new Set(rows.flatMap(({ names }) => names));
  expect(known.filter((name) => !listed.has(name) && !listed.has(wholeOf(name)))).toEqual([]);
});

test("every name in the table is there for users", () => {
  const wholes = known.map(wholeOf);
  const listed = rows.flatMap(({ names }) => names);
  expect(listed.filter((name) => !known.includes(name) && !wholes.includes(name))).toEqual([]);
});

test.each(rows)("is proved by a test: $feature", ({ proofs }) => {
  expect(proofs).not.toEqual([]);
  for (const proof of proofs) {
    const [path = "", title] = proof.split(" > ");
    const file = join(root, "test", `${path}.test.ts`);
    expect(existsSync(file) ? path : `${path}: no such test`).toBe(path);
    if (title !== undefined) expect(readFileSync(file, "utf8")).toContain(title);
  }
});
