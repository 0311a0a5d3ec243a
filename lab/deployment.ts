import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CommandResult } from "./command";
import type { Lab } from "./lab";

const ROOT = path.join(__dirname, "..");

type Verb = "deploy" | "destroy";

export type Environment = Readonly<Record<string, string>>;

export interface DeploymentOptions {
  /** The program that defines the stack: an absolute path, or one from the root of the repository. */
  readonly app: string;
  /** Which stack, when the program defines several. @default - the only one */
  readonly stack?: string;
  /** Environment of the program and of Terraform. */
  readonly env?: Environment;
  /**
   * Whether the program and Terraform are run one after the other, without the command line of cdktf: it is what users
   * have, but its own start takes most of the time of a small deploy.
   * @default false
   */
  readonly withoutCli?: boolean;
}

/** APP STACK VERB: what cdktf's command line does with the program and Terraform. All output is one. */
const WITHOUT_CLI = `set -e; exec 2>&1
$0
cd cdktf.out/stacks/$1
terraform init -input=false -no-color >init.log || { cat init.log; exit 1; }
exec terraform "$2" -auto-approve -input=false -no-color`;

/** A cdktf project in a directory of its own, deployed from inside the lab's network. */
export class Deployment {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), "cdktf-lvs-deployment-"));
  private readonly app: string;

  constructor(
    private readonly lab: Lab,
    private readonly options: DeploymentOptions,
  ) {
    const tsx = path.join(ROOT, "node_modules/.bin/tsx");
    this.app = `${tsx} --tsconfig ${path.join(ROOT, "tsconfig.json")} ${path.resolve(ROOT, options.app)}`;
    const project = { app: this.app, language: "typescript", projectId: "cdktf-lvs-lab", sendCrashReports: "false" };
    writeFileSync(path.join(this.directory, "cdktf.json"), JSON.stringify(project));
    writeFileSync(path.join(this.directory, "terraformrc"), "disable_checkpoint = true\n");
  }

  /** `onLine` receives the output, line by line. */
  deploy(env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    return this.run("deploy", env, onLine);
  }

  destroy(env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    return this.run("destroy", env, onLine);
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

  private command(verb: Verb): string[] {
    const { stack, withoutCli } = this.options;
    if (withoutCli) return ["sh", "-c", WITHOUT_CLI, this.app, stack ?? "*", verb === "deploy" ? "apply" : verb];
    return [
      path.join(ROOT, "node_modules/.bin/cdktf"),
      verb,
      "--auto-approve",
      ...(stack === undefined ? [] : [stack]),
    ];
  }

  private run(verb: Verb, env?: Environment, onLine?: (line: string) => void): Promise<CommandResult> {
    return this.lab.execInNamespace(this.command(verb), {
      cwd: this.directory,
      env: this.environment(env),
      timeoutMs: 15 * 60_000,
      ...(onLine && { onLine }),
    });
  }
}
