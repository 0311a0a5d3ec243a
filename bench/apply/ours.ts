import { cpSync } from "node:fs";
import path from "node:path";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { Director, DrRealServer, VirtualService } from "cdktf-lvs";
import { VIP } from "./plan";
import { TerraformProject } from "./terraform";
import type { Way, WayContext } from "./way";

/** This library: `terraform apply` on what it synthesized. */
export interface OurWay extends Way {
  readonly synthMs: number;
}

export async function ourWay({ fleet, directory }: WayContext): Promise<OurWay> {
  const synthMs = synthesize({ fleet, directory });
  cpSync(path.join(directory, "out/stacks/fleet/cdk.tf.json"), path.join(directory, "cdk.tf.json"));
  const project = new TerraformProject(directory);
  await project.init();
  return { name: "cdktf-lvs", synthMs, first: () => project.applyAnew(), again: () => project.apply() };
}

function synthesize({ fleet, directory }: WayContext): number {
  const started = performance.now();
  const app = new App({ outdir: path.join(directory, "out") });
  const stack = new TerraformStack(app, "fleet");
  // Its own choice is the directory that the benchmark is started in.
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const run = new TerraformVariable(stack, "run", { type: "string" });
  const connection = (hostKey: string) => ({ privateKeyPath: fleet.keyPath, hostKey });
  const servers = fleet.hosts.map(
    ({ name, address, hostKey }) =>
      new DrRealServer(stack, name, { address, connection: connection(hostKey), instanceId: run.stringValue }),
  );
  // In a stack of its own, which is never applied: there is no host with IPVS here.
  const elsewhere = new TerraformStack(app, "directors");
  const director = new Director(elsewhere, "lb", { address: "198.19.0.2", connection: connection("none") });
  const service = new VirtualService(elsewhere, "web", { director, vip: VIP, port: 80 });
  for (const server of servers) service.addRealServer(server);
  app.synth();
  return performance.now() - started;
}
