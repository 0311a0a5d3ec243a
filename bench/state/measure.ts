import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PlanDetail } from "cdktf-lvs";
import type { Progress } from "../../lab/progress";
import { grouped, megabytes, seconds } from "../figures";
import { PACKAGE_ENVIRONMENT, installPackage } from "../installed-package";
import { table } from "../table";
import type { Workspace } from "../workspace";

const LONGEST_APPLY_MS = 120_000;

/** A few services as in the examples, and a fleet. */
const SIZES: readonly number[] = [1, 10, 1000];

/**
 * How large Terraform's state gets. The resources are applied without their provisioners: these do the work on hosts,
 * and nothing of them is in the state.
 */
export async function measureState(workspace: Workspace, progress: Progress): Promise<string> {
  const program = path.join(installPackage(workspace, "synth"), "child.js");
  const rows: string[][] = [];
  for (const size of SIZES) {
    for (const detail of [PlanDetail.FILES, PlanDetail.DIGESTS]) {
      const directory = workspace.directory("state", `${size}-${detail}`);
      await workspace.run([process.execPath, program, String(size), detail, directory], {
        env: { ...process.env, ...PACKAGE_ENVIRONMENT },
      });
      const started = performance.now();
      const bytes = await applyWithoutHosts(workspace, directory).catch(() => undefined);
      const took = seconds(performance.now() - started);
      const figures = bytes === undefined ? ["-", `given up after ${took}`] : [megabytes(bytes), took];
      rows.push([grouped(size), `PlanDetail.${detail.toUpperCase()}`, ...figures]);
      progress(`state, ${grouped(size)} services, ${detail}: ${figures.join(" MB, init and apply s: ")}`);
    }
  }
  return [
    "Size of terraform.tfstate",
    "",
    table(["services × 10", "plan shows", "state MB", "init + apply s"], rows),
  ].join("\n");
}

interface Configuration {
  readonly resource: Readonly<Record<string, Readonly<Record<string, { provisioner?: unknown }>>>>;
}

async function applyWithoutHosts(workspace: Workspace, directory: string): Promise<number> {
  const configuration = JSON.parse(
    readFileSync(path.join(directory, "stacks/fleet/cdk.tf.json"), "utf8"),
  ) as Configuration;
  for (const resources of Object.values(configuration.resource)) {
    for (const resource of Object.values(resources)) delete resource.provisioner;
  }
  writeFileSync(path.join(directory, "cdk.tf.json"), JSON.stringify(configuration));
  const configFile = path.join(directory, "terraformrc");
  writeFileSync(configFile, "disable_checkpoint = true\n");
  const script = "terraform init -input=false && terraform apply -auto-approve -input=false";
  await workspace.run(["sh", "-c", script], {
    cwd: directory,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configFile },
    timeoutMs: LONGEST_APPLY_MS,
  });
  return statSync(path.join(directory, "terraform.tfstate")).size;
}
