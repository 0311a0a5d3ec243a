import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What of the package is used. It is an optional peer, so its own types may be missing. */
interface VizModule {
  readonly instance: () => Promise<{ renderString(dot: string, options: { readonly format: "svg" }): string }>;
}

const PACKAGE = "@viz-js/viz";

/** Graphviz draws. It is loaded for that alone. */
export async function svgOf(dot: string, load: () => Promise<unknown> = () => import(PACKAGE)): Promise<string> {
  const viz = await (await loaded(load)).instance();
  const svg = viz.renderString(dot, { format: "svg" });
  // Graphviz knows how wide its texts are for one font, not for a list.
  return svg.replaceAll('font-family="Verdana"', 'font-family="Verdana,DejaVu Sans,sans-serif"');
}

async function loaded(load: () => Promise<unknown>): Promise<VizModule> {
  try {
    return (await load()) as VizModule;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error(`${PACKAGE}, which draws SVG, is not installed; run: npm install --save-dev ${PACKAGE}`);
  }
}

/** Draws `topology.dot` of a stack's folder as `topology.svg` beside it, and returns the path of the picture. */
export async function drawPicture(folder: string): Promise<string> {
  const picture = join(folder, "topology.svg");
  writeFileSync(picture, await svgOf(dotOf(join(folder, "topology.dot"))));
  return picture;
}

function dotOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error(`${path} does not exist; add TopologyFiles to the stack and run cdktf synth`);
  }
}
