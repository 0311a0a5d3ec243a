import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";

/** The stacks of an app as Terraform gets them, which is the only way to see what one needs of another. */
export function synthesizedApp(build: (app: App) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-app-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    return Object.fromEntries(
      Object.keys(app.manifest.stacks).map((name) => [
        name,
        readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A stack whose state is in a folder. */
export function stackWithState(app: App, name: string, folder: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: join(folder, `${name}.tfstate`) });
  return stack;
}
