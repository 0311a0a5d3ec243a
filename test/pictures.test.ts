import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { svgOf } from "../src/commands/picture";
import { topologyOf } from "../src/constructs/topology-tree";
import { topologyDot } from "../src/render/topology-dot";
import { topologyGraph } from "../src/render/topology-graph";
import { topologyMermaid } from "../src/render/topology-mermaid";
import { codeBlocks, read, ROOT } from "./support/markdown";
import { addMixedSite } from "./support/mixed-site";
import { newStack } from "./support/stacks";
import { xmlProblem } from "./support/xml";

const GUIDE = "docs/pictures.md";

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

/** Written anew with UPDATE_PICTURES=1. */
function expectKept(name: string, text: string): void {
  const path = join(ROOT, "docs/pictures", name);
  if (process.env.UPDATE_PICTURES === "1") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}

test("and the picture that is drawn of it", async () => {
  const svg = await svgOf(written("topology.dot"));
  expectKept("shop.svg", svg);
  expect(xmlProblem(svg)).toBeUndefined();
  expect(svg.length).toBeLessThan(40_000);
});

describe("a site of 50 services of all kinds", () => {
  const stack = newStack("site");
  addMixedSite(stack);
  const topology = topologyOf(stack);
  const { clusters, edges } = topologyGraph(topology);

  test("is drawn as the guide shows it, not too wide for a page", async () => {
    const svg = await svgOf(topologyDot(topology));
    expectKept("site.svg", svg);
    expectKept("site.mmd", topologyMermaid(topology));
    expect(xmlProblem(svg)).toBeUndefined();
    const [, points = ""] = /<svg width="(\d+)pt"/.exec(svg) ?? [];
    // At 96 pixels an inch its text is as high as that of the page around it.
    expect((Number(points) * 96) / 72).toBeLessThan(2000);
  });

  test("has few boxes, and every service in one of them", () => {
    expect(topology.directors.map(({ services }) => services.length)).toEqual([25, 17, 8]);
    expect(clusters.map(({ title, nodes }) => [title, nodes.filter(({ kind }) => kind !== "director").length])).toEqual(
      [
        ["edge (keepalived, VRRP)", 2 + 7],
        ["core (keepalived, VRRP)", 3 + 7],
        ["plain (ipvsadm)", 1 + 3],
        ["Real servers of edge", 8],
        ["Real servers of core", 5],
        ["Real servers of plain", 3],
        ["Real servers without a virtual service", 1],
      ],
    );
    const rows = clusters
      .flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === "services"))
      .map(({ rows }) => rows);
    expect(rows.flat()).toHaveLength(50);
  });

  test("has no arrow from one frame of directors to the real servers of another", () => {
    const frameOf = new Map(clusters.flatMap(({ id, nodes }) => nodes.map((node) => [node.id, id] as const)));
    const ways = edges.map(({ from, to }) => `${frameOf.get(from)} ${frameOf.get(to)}`);
    const between = [...new Set(ways)].filter((way) => way.includes("realServers"));
    expect(between).toEqual(["directors0 realServers0", "directors1 realServers1", "directors2 realServers2"]);
  });

  test("says how each group of services is reached", () => {
    const notes = clusters
      .flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === "services"))
      .map(({ notes }) => notes);
    expect(notes).toEqual(
      expect.arrayContaining([
        ["direct routing, scheduler wlc", "persistence 300 s", "check HTTP /health every 5 s"],
        ["NAT to port 8443, scheduler sh", "check HTTPS /ready every 5 s"],
        ["direct routing, scheduler rr", "packet by packet", "check DNS every 5 s"],
        ["direct routing, scheduler wlc", "not checked"],
      ]),
    );
    expect(edges.map(({ label }) => label.join(", "))).toEqual(
      expect.arrayContaining([
        "direct routing, weight 4",
        "tunneling (ipip)",
        "being taken out",
        "when quorum is lost",
      ]),
    );
  });
});
