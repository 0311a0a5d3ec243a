import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CommandResult } from "./command";
import type { Lab } from "./lab";

const ROOT = path.join(__dirname, "..");

export type Environment = Readonly<Record<string, string>>;

export interface DeploymentOptions {
  /** The program that defines the stack: an absolute path, or one from the root of the repository. */
  readonly app: string;
  /** Which stack, when the program defines several. @default - the only one */
  readonly stack?: string;
  /** Environment of the program and of Terraform. */
  readonly env?: Environment;
}

/** A cdktf project in a directory of its own, deployed from inside the lab's network. */
export class Deployment {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), "cdktf-lvs-deployment-"));

  constructor(
    private readonly lab: Lab,
    private readonly options: DeploymentOptions,
  ) {
    const tsx = path.join(ROOT, "node_modules/.bin/tsx");
    const app = `${tsx} --tsconfig ${path.join(ROOT, "tsconfig.json")} ${path.resolve(ROOT, options.app)}`;
    const project = { app, language: "typescript", projectId: "cdktf-lvs-lab", sendCrashReports: "false" };
    writeFileSync(path.join(this.directory, "cdktf.json"), JSON.stringify(project));
    writeFileSync(path.join(this.directory, "terraformrc"), "disable_checkpoint = true\n");
  }

  /** `onLine` receives the output, line by line. */
  deploy(env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    return this.cdktf(["deploy", "--auto-approve"], env, onLine);
  }

  destroy(env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    return this.cdktf(["destroy", "--auto-approve"], env, onLine);
  }

  /** Forgets the project; hosts stay as they are. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private environment(env: Environment = {}): Record<string, string> {
    return {
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      CI: "1",
      FORCE_COLOR: "0",
      TF_CLI_CONFIG_FILE: path.join(this.directory, "terraformrc"),
      SSH_KEY: this.lab.keyPath,
      KNOWN_HOSTS: this.lab.knownHostsPath,
      ...this.options.env,
      ...env,
    };
  }

  private cdktf(args: readonly string[], env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    const { stack } = this.options;
    const command = [path.join(ROOT, "node_modules/.bin/cdktf"), ...args, ...(stack === undefined ? [] : [stack])];
    return this.lab.execInNamespace(command, {
      cwd: this.directory,
      env: this.environment(env),
      timeoutMs: 15 * 60_000,
      ...(onLine && { onLine }),
    });
  }
}
