// One synth in a process of its own: `child SERVICES PLAN_DETAIL OUTDIR`. Prints a SynthSample.
import { statSync } from "node:fs";
import path from "node:path";
import { PlanDetail } from "cdktf-lvs";
import { defineFleet } from "./fleet";
import type { SynthSample } from "./sample";

const [services = "10", planDetail = "files", outdir = "cdktf.out"] = process.argv.slice(2);
const started = performance.now();
const detail = Object.values(PlanDetail).find((known: string) => known === planDetail) ?? PlanDetail.FILES;
const app = defineFleet({ services: Number(services), planDetail: detail, outdir });
const defined = performance.now();
const cpuBefore = process.cpuUsage();
app.synth();
const done = performance.now();
const { user, system } = process.cpuUsage(cpuBefore);
const sample: SynthSample = {
  defineMs: defined - started,
  synthMs: done - defined,
  cpuMs: (user + system) / 1000,
  // In kilobytes.
  peakMemory: process.resourceUsage().maxRSS * 1024,
  outputBytes: statSync(path.join(outdir, "stacks/fleet/cdk.tf.json")).size,
};
process.stdout.write(`${JSON.stringify(sample)}\n`);
