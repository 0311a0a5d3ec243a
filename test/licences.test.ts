import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { read, ROOT } from "./support/markdown";

interface Package {
  readonly license?: string;
  /** As old packages have it. */
  readonly licenses?: readonly { readonly type: string }[];
  readonly dependencies?: object;
  readonly devDependencies: object;
}

function packageAt(...path: string[]): Package {
  return JSON.parse(readFileSync(join(ROOT, ...path, "package.json"), "utf8")) as Package;
}

const page = read("docs/licences.md");
const { dependencies, devDependencies } = packageAt();

/** The licence that a package says it has. */
function licenceOf(name: string): string {
  const { license, licenses } = packageAt("node_modules", name);
  return license ?? licenses?.map(({ type }) => type).join(" ") ?? "none";
}

/** The licences of packages on the page: in a row of the table, or in brackets behind a list of names. */
const told = new Map<string, string>();
for (const [, names = "", licence = ""] of page.matchAll(
  /^\| (?!Package )([^|]*?) +\|[^|]*\| ([A-Z]+[\w.-]*) +\|$/gm,
)) {
  for (const name of names.split(" or ")) told.set(name, licence);
}
const [, lists = ""] = /^For work on the library itself: ([^]*?)\.\n\n/m.exec(page) ?? [];
for (const [, names = "", licence = ""] of lists.matchAll(/([^;()]+) \(([^)]+)\)/g)) {
  for (const name of names.trim().split(/,\s+|\s+and\s+/)) told.set(name, licence);
}

test("the library has no dependencies of its own", () => {
  expect(dependencies).toBeUndefined();
});

test("every package that the library is made with has its licence on the page, and no other is there", () => {
  const wanted = Object.keys(devDependencies).map((name) => [name, licenceOf(name)]);
  expect([...told].sort()).toEqual(wanted.sort());
});

test("what the scripts of continuous integration install is on the page", () => {
  const scripts = readdirSync(join(ROOT, "build")).filter((name) => name.endsWith(".sh"));
  const names = scripts.flatMap((name) =>
    [...read(join("build", name)).matchAll(/(?<=\s)((?:@[\w-]+\/)?[a-z][\w-]*)@\d/g)].map(([, found = ""]) => found),
  );
  expect(names).toContain("vitest");
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});
