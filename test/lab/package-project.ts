import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../../lab/command";
import type { Lab } from "../../lab/lab";
import { tell } from "./hosts";

const ROOT = join(__dirname, "../..");
/** The first program of the README, as it stands there. */
const PROGRAM = /```ts\n(import[^]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? "";

/** What the README has users install, by framework. cdktn's command line needs a newer Node.js than its library. */
const INSTALLS = {
  cdktf: [
    ["cdktf@0.21", "constructs@10"],
    ["cdktf-cli@0.21", "tsx"],
  ],
  cdktn: [
    ["cdktn@0.24", "constructs@10.7"],
    ["cdktn-cli@0.24", "tsx", "node@22"],
  ],
} as const;

export type Framework = keyof typeof INSTALLS;

/** A folder that was empty, in which a new user does what the README says. */
export class PackageProject {
  private readonly directory = mkdtempSync(join(tmpdir(), "cdktf-lvs-package-"));
  private framework: Framework = "cdktf";

  constructor(private readonly lab: Lab) {
    writeFileSync(join(this.directory, "terraformrc"), "disable_checkpoint = true\n");
    writeFileSync(join(this.directory, "package.json"), "{}\n");
  }

  /** Makes the package and installs it beside a framework, or that framework in place of the one before. */
  async install(framework: Framework): Promise<void> {
    const startedAt = performance.now();
    const { directory } = this;
    const npm = (...words: string[]) =>
      runCommand(["npm", "--prefix", directory, "--silent", "--no-audit", "--no-fund", ...words]);
    const [libraries, tools] = INSTALLS[framework];
    if (framework === this.framework) {
      await runCommand(["npm", "pack", "--silent", "--pack-destination", directory, ROOT]);
      const packed = readdirSync(directory).filter((name) => name.endsWith(".tgz"));
      await npm("install", ...packed.map((name) => join(directory, name)), ...libraries);
    } else {
      // As docs/compatibility.md says; the package stays.
      await npm("uninstall", this.framework, `${this.framework}-cli`);
      await npm("install", ...libraries);
    }
    await npm("install", "--save-dev", ...tools);
    this.framework = framework;
    tell(`installed for ${framework} in ${seconds(startedAt)}`);
  }

  /** The README's program, with the hosts of the lab. */
  write(change: (program: string) => string = (program) => program): void {
    const keys = new Map(
      readFileSync(this.lab.knownHostsPath, "utf8")
        .trim()
        .split("\n")
        .map((line) => [line.split(" ")[0] ?? "", line.slice(line.indexOf(" ") + 1)]),
    );
    const program = PROGRAM.replace(/"([0-9.]+)", "ecdsa-sha2-nistp256 AAAA\.\.\."/g, (_, address: string) =>
      JSON.stringify([address, keys.get(address)]).slice(1, -1),
    )
      .replace("~/.ssh/id_ed25519", this.lab.keyPath)
      .replace('"cdktf"', `"${this.framework}"`)
      .replace('"cdktf-lvs"', this.framework === "cdktf" ? '"cdktf-lvs"' : '"cdktf-lvs/cdktn"');
    writeFileSync(join(this.directory, "main.ts"), change(program));
    const project = { app: "npx tsx main.ts", language: "typescript", projectId: "web", sendCrashReports: "false" };
    writeFileSync(join(this.directory, "cdktf.json"), JSON.stringify(project));
  }

  /** A command of the framework's own command line, as `npx` runs it. */
  async run(command: "deploy" | "destroy"): Promise<string> {
    const startedAt = performance.now();
    const { code, stdout, stderr } = await this.execute(["npx", this.framework, command, "--auto-approve"]);
    if (code !== 0) throw new Error(`${this.framework} ${command} ended with ${code}:\n${stdout}\n${stderr}`);
    tell(`${this.framework} ${command}: ${seconds(startedAt)}`);
    return stdout;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private execute(command: readonly string[]): Promise<CommandResult> {
    return this.lab.execInNamespace(command, {
      cwd: this.directory,
      timeoutMs: 10 * 60_000,
      env: {
        CHECKPOINT_DISABLE: "1",
        DISABLE_VERSION_CHECK: "1",
        FORCE_COLOR: "0",
        TF_CLI_CONFIG_FILE: join(this.directory, "terraformrc"),
        TF_VAR_vrrp_password: "lab12345",
      },
    });
  }
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
