// One import in a process of its own. Prints a LoadSample.
import { createRequire } from "node:module";
import type { Cost, LoadSample } from "./sample";

const load = createRequire(__filename);

function cost(name: string): Cost {
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  load(name);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

// The framework first, so that what comes with it is not the library's.
const framework = cost("cdktf");
const sample: LoadSample = { framework, library: cost("cdktf-lvs") };
process.stdout.write(`${JSON.stringify(sample)}\n`);
