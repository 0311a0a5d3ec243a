import { parseArgs } from "node:util";
import { drawPicture } from "./picture";

const USAGE = `Usage: cdktf-lvs picture FOLDER...

Draws topology.dot, which TopologyFiles writes at synth, as topology.svg beside it.
FOLDER is that of a stack: cdktf.out/stacks/STACK
`;

export interface Result {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

/** What the command does with these arguments. */
export async function run(args: readonly string[]): Promise<Result> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (values.help === true) return { code: 0, output: USAGE, error: "" };
    const [command, ...folders] = positionals;
    if (command !== "picture" || folders.length === 0) return { code: 2, output: "", error: USAGE };
    const pictures = [];
    for (const folder of folders) pictures.push(await drawPicture(folder));
    return { code: 0, output: pictures.map((path) => `${path}\n`).join(""), error: "" };
  } catch (error) {
    return { code: 1, output: "", error: `cdktf-lvs: ${(error as Error).message}\n` };
  }
}
