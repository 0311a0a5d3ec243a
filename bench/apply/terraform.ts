import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "../../lab/command";
import type { TimedCommand } from "./way";

/** A Terraform project whose variable `run` makes it do its work again when it changes. */
export class TerraformProject {
  private readonly env: Readonly<Record<string, string>>;
  private run = 0;

  public constructor(private readonly directory: string) {
    const configFile = path.join(directory, "terraformrc");
    writeFileSync(configFile, "disable_checkpoint = true\n");
    this.env = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configFile, TF_IN_AUTOMATION: "1" };
  }

  public async init(): Promise<void> {
    const script = 'cd "$1" && terraform init -input=false -no-color';
    await runCommand(["sh", "-c", script, "init", this.directory], { env: this.env });
  }

  /** Nothing is known of any host. */
  public applyAnew(): TimedCommand {
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup"]) {
      rmSync(path.join(this.directory, name), { force: true });
    }
    return this.apply();
  }

  public apply(): TimedCommand {
    const flags = ["-auto-approve", "-input=false", "-no-color", `-var=run=${++this.run}`];
    return { command: ["terraform", "apply", ...flags], cwd: this.directory, env: this.env };
  }
}
