import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/commands/command-line";
import { svgOf } from "../../src/commands/picture";
import { topologyDot } from "../../src/render/topology-dot";
import { HOSTILE, hostileTopology, manyServices, smallPair, topology } from "../support/topologies";
import { xmlProblem } from "../support/xml";

const REMEDY = "@viz-js/viz, which draws SVG, is not installed; run: npm install --save-dev @viz-js/viz";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdktf-lvs-picture-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The texts of a picture, and the tooltips. */
function textsOf(svg: string): string[] {
  const found = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>|xlink:title="([^"]*)"/g)];
  return found.map((match) => match[1] ?? match[2] ?? "");
}

test("a picture of a small pair", async () => {
  const svg = await svgOf(topologyDot(smallPair()));
  expect(xmlProblem(svg)).toBeUndefined();
  expect(textsOf(svg)).toEqual(
    expect.arrayContaining(["primary", "10.0.0.11", "10.0.0.100:443/tcp", "https", "web2", "weight 2", "Real servers"]),
  );
  expect(svg).toContain("<title>LVS topology of stack</title>");
  expect(svg).toContain('font-family="Verdana,DejaVu Sans,sans-serif"');
});

test.each([
  ["nothing", topology([])],
  ["50 services", manyServices(50)],
])("a picture of %s", async (_title, content) => {
  expect(xmlProblem(await svgOf(topologyDot(content)))).toBeUndefined();
});

test("a collapsed list is whole in the tooltip", async () => {
  const texts = textsOf(await svgOf(topologyDot(manyServices(50))));
  expect(texts).toContain("and 38 more");
  expect(texts).not.toContain("10.0.0.100:8012/tcp");
  expect(texts.find((text) => text.startsWith("50 virtual services&#10;"))).toContain("10.0.0.100:8049/tcp, s49");
});

test.each(HOSTILE)("text stays text: %j", async (text) => {
  const svg = await svgOf(topologyDot(hostileTopology(text)));
  expect(xmlProblem(svg)).toBeUndefined();
  const boxes = (picture: string): number => picture.split('class="node"').length;
  expect(boxes(svg)).toBe(boxes(await svgOf(topologyDot(hostileTopology("plain")))));
  expect(svg).not.toMatch(/<script|<image|href=/);
});

test("the command draws what lies in the folder of a stack", async () => {
  writeFileSync(join(folder, "topology.dot"), topologyDot(smallPair()));
  const picture = join(folder, "topology.svg");
  expect(await run(["picture", folder])).toEqual({ code: 0, output: `${picture}\n`, error: "" });
  expect(readFileSync(picture, "utf8")).toBe(await svgOf(topologyDot(smallPair())));
});

test("a folder without a picture", async () => {
  const error = `cdktf-lvs: ${join(folder, "topology.dot")} does not exist; add TopologyFiles to the stack and run cdktf synth\n`;
  expect(await run(["picture", folder])).toEqual({ code: 1, output: "", error });
  expect(existsSync(join(folder, "topology.svg"))).toBe(false);
});

test("a file that is no graph", async () => {
  writeFileSync(join(folder, "topology.dot"), "digraph {");
  const { code, error } = await run(["picture", folder]);
  expect(code).toBe(1);
  expect(error).toMatch(/^cdktf-lvs: syntax error in line 1/);
});

test.each([
  [[], 2],
  [["picture"], 2],
  [["paint", "x"], 2],
])("%j: the usage", async (args, code) => {
  expect(await run(args)).toMatchObject({
    code,
    output: "",
    error: expect.stringMatching(/^Usage: cdktf-lvs picture/) as string,
  });
});

test("help and unknown options", async () => {
  expect(await run(["--help"])).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Usage: /) as string,
    error: "",
  });
  expect(await run(["picture", "--width", "9"])).toMatchObject({
    code: 1,
    error: expect.stringMatching(/^cdktf-lvs: Unknown option '--width'/) as string,
  });
});

test.each(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"])("without the package, by %s", async (code) => {
  const load = () => Promise.reject(Object.assign(new Error("Cannot find module"), { code }));
  await expect(svgOf("digraph {}", load)).rejects.toThrow(REMEDY);
});

test("another fault of the package is told as it is", async () => {
  await expect(svgOf("digraph {}", () => Promise.reject(new Error("bad file")))).rejects.toThrow("bad file");
});

test.each([
  ["<a>", "<a> without an end"],
  ["<a><b></a></b>", "</a> where </b> should be"],
  ["a < b", "neither text nor tag: < b"],
  ['<a b="<"/>', 'neither text nor tag: <a b="<"/>'],
  ["a & b", "neither text nor tag: & b"],
  ["<a b='c'/>", "neither text nor tag: <a b='c'/>"],
])("a picture like %j would be seen", (text, problem) => {
  expect(xmlProblem(text)).toBe(problem);
});
