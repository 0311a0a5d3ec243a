import path from "node:path";
import type { Progress } from "../../lab/progress";
import { median, milliseconds, percent, target } from "../figures";
import { installPackage, PACKAGE_ENVIRONMENT } from "../installed-package";
import { table } from "../table";
import type { Workspace } from "../workspace";
import type { Cost, LoadSample } from "./sample";

const LONGEST_MS = 60;

/** Imports the framework and then the library, each time in a new process, and returns the report. */
export async function measureImport(workspace: Workspace, runs: number, progress: Progress): Promise<string> {
  const program = path.join(installPackage(workspace, "import"), "load.js");
  const samples: LoadSample[] = [];
  for (let run = 1; run <= runs; run++) {
    const env = { ...process.env, ...PACKAGE_ENVIRONMENT };
    const sample = JSON.parse(await workspace.run([process.execPath, program], { env })) as LoadSample;
    samples.push(sample);
    const [framework, library] = [sample.framework, sample.library].map(({ wallMs }) => milliseconds(wallMs));
    progress(`import, run ${run}: cdktf ${framework}, the library ${library} more`);
  }
  return report(samples);
}

function report(samples: readonly LoadSample[]): string {
  const of = (which: keyof LoadSample, what: keyof Cost) => median(samples.map((sample) => sample[which][what]));
  const row = (title: string, which: keyof LoadSample) => [
    title,
    milliseconds(of(which, "wallMs")),
    milliseconds(of(which, "cpuMs")),
  ];
  const share = of("library", "cpuMs") / of("framework", "cpuMs");
  const wall = of("library", "wallMs");
  return [
    `Import, median of ${samples.length}`,
    "",
    table(["import", "wall", "processor"], [row("cdktf", "framework"), row("cdktf-lvs, over that", "library")]),
    "",
    `- the library over cdktf, processor: ${percent(share)} more`,
    target("the library over cdktf, wall", milliseconds(wall), `at most ${LONGEST_MS} ms`, wall <= LONGEST_MS),
  ].join("\n");
}
