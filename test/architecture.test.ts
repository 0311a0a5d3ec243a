import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

const root = join(__dirname, "..");

/** Every file below a folder of the project, as a path from its root. */
function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes("node_modules/") && !path.includes("__snapshots__/"))
    .sort();
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** What a source file imports: paths from the root for our own files, names for packages. */
function importsOf(path: string): string[] {
  const statements = /^(?:import|export)\b[^"]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\brequire\(\s*"([^"]+)"/gm;
  const names = [...textOf(path).matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return names.map((name) => (name.startsWith(".") ? relative(root, resolve(root, dirname(path), name)) : name));
}

const sources = filesBelow("src").filter((path) => path.endsWith(".ts"));

/** Lower layers first: each may import from itself and from those above it in this list, and these packages. */
const layers: [folder: string, packages: string[]][] = [
  ["src/model", ["node:net"]],
  ["src/render", []],
  ["src/provisioners", ["node:crypto", "node:fs", "node:path", "constructs"]],
  ["src/provisioners/terraform", ["node:fs", "node:path", "constructs", "src/framework"]],
  // Chooses between the ways to a host, so it must know them.
  ["src/provisioners/manage-host", ["constructs"]],
  ["src/constructs", ["constructs", "src/framework"]],
  // For the tests of users; jest and vitest are theirs.
  [
    "src/testing",
    ["constructs", "node:child_process", "node:fs", "node:os", "node:path", "src/framework", "src/requirements"],
  ],
];

/** Beside the layers: what works on written files alone. */
const COMMANDS = "src/commands";

/** The most deeply nested layer that a file is in; a layer may be a single file. */
function layerOf(path: string): number {
  return layers.map(([layer]) => path.startsWith(`${layer}/`) || path === `${layer}.ts`).lastIndexOf(true);
}

describe("imports point one way", () => {
  const layered = sources.filter((path) => layerOf(path) >= 0);

  test.each(layers.map(([layer]) => layer))("there is something in %s", (folder) => {
    expect(layered.filter((path) => layers[layerOf(path)]?.[0] === folder)).not.toEqual([]);
  });

  test.each(layered)("%s", (path) => {
    const own = layerOf(path);
    const packages = layers[own]?.[1] ?? [];
    const wrong = importsOf(path).filter((name) => {
      const other = layerOf(`${name}/`) >= 0 ? layerOf(`${name}/`) : layerOf(name);
      return other >= 0 ? other > own : !packages.includes(name);
    });
    expect(wrong).toEqual([]);
  });
});

/** The files outside a folder that import from it. */
function importersOf(folder: string): string[] {
  const importers = sources.filter((path) => importsOf(path).some((name) => `${name}/`.startsWith(`${folder}/`)));
  return importers.filter((path) => !path.startsWith(`${folder}/`));
}

test("only the index and the testing kit import constructs of ours", () => {
  expect(importersOf("src/constructs")).toEqual(["src/index.ts", "src/testing/synthesized-service.ts"]);
});

test("nothing imports the testing kit", () => {
  expect(importersOf("src/testing")).toEqual([]);
});

test("the commands and the library know nothing of each other", () => {
  const commands = sources.filter((path) => path.startsWith(`${COMMANDS}/`));
  const known = new Set(commands.flatMap(importsOf).filter((name) => !name.startsWith(`${COMMANDS}/`)));
  expect([...known].sort()).toEqual(["node:fs", "node:path", "node:util"]);
  expect(importersOf(COMMANDS)).toEqual([]);
});

test("nothing imports the index", () => {
  expect(sources.filter((path) => importsOf(path).some((name) => name === "src" || name === "src/index"))).toEqual([]);
});

test("one file imports the framework", () => {
  const named = sources.filter((path) =>
    importsOf(path).some((name) => /^(@cdktf|cdktf|@cdktn|cdktn)(\/|$)/.test(name)),
  );
  expect(named).toEqual(["src/framework.ts"]);
});

test("tests that are not run again on cdktn reach no framework", () => {
  const { projects } = jest.requireActual<{ projects: { displayName: string; testPathIgnorePatterns: string[] }[] }>(
    "../jest.config.js",
  );
  const ignoredOn = (name: string) => {
    const patterns = projects.find(({ displayName }) => displayName === name)?.testPathIgnorePatterns ?? [];
    return (path: string) => patterns.some((pattern) => new RegExp(pattern.replace("<rootDir>/", "^")).test(path));
  };
  const once = filesBelow("test").filter((path) => path.endsWith(".test.ts") && !ignoredOn("fast")(path));
  const left = once.filter(ignoredOn("fast-cdktn")).filter((path) => !/(two-frameworks|docs)\.test/.test(path));
  expect(left.length).toBeGreaterThan(100);
  const reached = (path: string, seen: Set<string>): boolean =>
    importsOf(path).some((name) => {
      if (/^(cdktf|cdktn)/.test(name)) return true;
      const file = [`${name}.ts`, `${name}/index.ts`].find((candidate) => existsSync(join(root, candidate)));
      if (file === undefined || seen.has(file)) return false;
      return reached(file, seen.add(file));
    });
  expect(left.filter((path) => reached(path, new Set([path])))).toEqual([]);
});

describe("files are small and say what they hold", () => {
  const all = ["src", "lab", "test", "demo", "bench"].flatMap(filesBelow);

  test("at most 250 lines", () => {
    const long = all.map((path) => `${path}: ${textOf(path).split("\n").length - 1}`);
    expect(long.filter((line) => Number(line.split(": ")[1]) > 250)).toEqual([]);
  });

  test("none is a bag of odds and ends", () => {
    const bags = /^(utils?|helpers?|misc|common|shared)\b/;
    expect(all.filter((path) => bags.test(basename(path)) || bags.test(basename(dirname(path))))).toEqual([]);
  });
});
