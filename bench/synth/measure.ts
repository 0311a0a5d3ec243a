import path from "node:path";
import type { Progress } from "../../lab/progress";
import { grouped, median, megabytes, seconds, target, times } from "../figures";
import { PACKAGE_ENVIRONMENT, installPackage } from "../installed-package";
import { table } from "../table";
import type { Workspace } from "../workspace";
import { realServersFor } from "./fleet";
import type { SynthSample } from "./sample";

const SIZES: readonly number[] = [10, 100, 1000, 2000, 5000];

/** Synthesizes a pair with more and more services, each time in a new process, and returns the report. */
export async function measureSynth(workspace: Workspace, runs: number, progress: Progress): Promise<string> {
  const program = path.join(installPackage(workspace, "synth"), "child.js");
  const samples = new Map(SIZES.map((size) => [size, [] as SynthSample[]]));
  for (let run = 1; run <= runs; run++) {
    for (const size of SIZES) {
      const outdir = workspace.directory("synth", String(size));
      const output = await workspace.run([process.execPath, program, String(size), "files", outdir], {
        env: { ...process.env, ...PACKAGE_ENVIRONMENT },
      });
      const sample = JSON.parse(output) as SynthSample;
      samples.get(size)?.push(sample);
      const { synthMs, cpuMs, peakMemory } = sample;
      const took = `${seconds(synthMs)} s, processor ${seconds(cpuMs)} s, ${megabytes(peakMemory)} MB`;
      progress(`synth, run ${run}, ${grouped(size)} services: ${took}`);
    }
  }
  return report(samples);
}

function report(samples: ReadonlyMap<number, readonly SynthSample[]>): string {
  const of = (size: number, what: keyof SynthSample) => median((samples.get(size) ?? []).map((sample) => sample[what]));
  const header = ["services × 10", "hosts", "define s", "synth s", "processor s", "peak MB", "cdk.tf.json MB"];
  const rows = SIZES.map((size) => [
    grouped(size),
    String(realServersFor(size) + 2),
    seconds(of(size, "defineMs")),
    seconds(of(size, "synthMs")),
    seconds(of(size, "cpuMs")),
    megabytes(of(size, "peakMemory")),
    megabytes(of(size, "outputBytes")),
  ]);
  const growth = of(5000, "synthMs") / of(1000, "synthMs");
  return [
    "Synth, median of each",
    "",
    table(header, rows),
    "",
    target("1,000 services, synth", `${seconds(of(1000, "synthMs"))} s`, "at most 2 s", of(1000, "synthMs") <= 2000),
    target(
      "1,000 services, memory",
      `${megabytes(of(1000, "peakMemory"))} MB`,
      "at most 300 MB",
      of(1000, "peakMemory") <= 3e8,
    ),
    target("5,000 against 1,000", times(growth), "at most 6 ×", growth <= 6),
  ].join("\n");
}
