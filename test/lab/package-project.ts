import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, runCommand } from "../../lab/command";
import type { Lab } from "../../lab/lab";
import { ROOT } from "../support/markdown";
import { tell } from "./hosts";
import { readme } from "./readme";

/** cdktn's command line needs a newer Node.js than its library, and than this machine may have. */
const NODE = { cdktf: [], cdktn: ["npm install --save-dev node@22"] } as const;

export type Framework = keyof typeof NODE;

/** The package as `npm pack` makes it, in a folder of its own. */
export async function packedLibrary(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-lvs-packed-"));
  await runCommand(["npm", "pack", "--silent", "--pack-destination", folder, ROOT]);
  return join(folder, readdirSync(folder)[0] ?? "");
}

/** A folder that was empty, in which a new user does what the README says. */
export class PackageProject {
  private readonly startedAt = performance.now();
  private readonly directory = mkdtempSync(join(tmpdir(), "cdktf-lvs-package-"));

  constructor(
    private readonly lab: Lab,
    private readonly library: string,
    private framework: Framework,
  ) {
    writeFileSync(join(this.directory, "terraformrc"), "disable_checkpoint = true\n");
  }

  /** Installs the package beside its framework. */
  async install(): Promise<void> {
    const { framework } = this;
    const [init = "", ...installs] = readme.commands("Install").filter((command) => !command.includes("npm pack"));
    const own = installs.filter(
      (command) => command.includes(`${framework}@`) || command.includes(`${framework}-cli@`),
    );
    await this.commands(`installed for ${framework}`, init, ...own, ...NODE[framework]);
  }

  /** Puts cdktn in place of cdktf, as docs/compatibility.md says; the package stays. */
  async moveToCdktn(): Promise<void> {
    this.framework = "cdktn";
    const libraries = readme.commands("Install").filter((command) => command.includes("cdktn"));
    await this.commands("moved to cdktn", "npm uninstall cdktf cdktf-cli", ...libraries, ...NODE.cdktn);
  }

  /** The README's program, with the hosts of the lab. */
  write(change: (program: string) => string = (program) => program): void {
    const keys = new Map(
      readFileSync(this.lab.knownHostsPath, "utf8")
        .trim()
        .split("\n")
        .map((line) => [line.split(" ")[0] ?? "", line.slice(line.indexOf(" ") + 1)]),
    );
    const program = this.imported(readme.block("ts", "app.synth()"))
      .replace(/"([0-9.]+)", "ecdsa-sha2-nistp256 AAAA\.\.\."/g, (_, address: string) =>
        JSON.stringify([address, keys.get(address)]).slice(1, -1),
      )
      .replace("~/.ssh/id_ed25519", this.lab.keyPath);
    this.file("main.ts", change(program));
    const project = JSON.parse(readme.block("json", '"app"')) as object;
    this.file("cdktf.json", JSON.stringify({ ...project, projectId: "web", sendCrashReports: "false" }));
  }

  /** The README's test, and what it is run with. */
  async writeTest(): Promise<void> {
    this.file("tsconfig.json", readme.block("json", "compilerOptions"));
    this.file("web.test.ts", this.imported(readme.block("ts", "toMatchSnapshot()")));
    const [install = ""] = readme.commands("Test it");
    await this.commands("installed for tests", install);
  }

  /** What the compiler says of the program and of the test. */
  async typeErrors(): Promise<string> {
    const [, typecheck = ""] = readme.commands("Test it");
    return (await this.inNamespace(typecheck)).stdout;
  }

  async runTest(): Promise<void> {
    const [, , test = ""] = readme.commands("Test it");
    // Where CI is set, no snapshot is written unless told to.
    await this.commands("tested", `${test} --update`);
    expect(readdirSync(join(this.directory, "__snapshots__"))).toEqual(["web.test.ts.snap"]);
  }

  /** A command of the framework's own command line, as `npx` runs it. */
  async run(command: string): Promise<string> {
    const startedAt = performance.now();
    const { code, stdout, stderr } = await this.inNamespace(`npx ${this.framework} ${command} --auto-approve`);
    if (code !== 0) throw new Error(`${this.framework} ${command} ended with ${code}:\n${stdout}\n${stderr}`);
    tell(`${this.framework} ${command}: ${seconds(startedAt)}`);
    return stdout;
  }

  /** How long it took since the folder was empty. */
  tellTime(what: string): void {
    tell(`${this.framework}, from an empty folder to ${what}: ${seconds(this.startedAt)}`);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A program for cdktf, with the names that this framework has. */
  private imported(program: string): string {
    if (this.framework === "cdktf") return program;
    return program.replace(/"cdktf-lvs(\/testing)?"/g, '"cdktf-lvs/cdktn$1"').replace('"cdktf"', '"cdktn"');
  }

  private file(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  /** Commands on this machine, which has a network of packages. */
  private async commands(what: string, ...commands: readonly string[]): Promise<void> {
    const startedAt = performance.now();
    const env = { npm_config_audit: "false", npm_config_fund: "false", npm_config_loglevel: "error" };
    for (const command of commands) {
      const line = command.replace(/PATH\/\S+\.tgz/, this.library);
      await runCommand(["env", `--chdir=${this.directory}`, "sh", "-c", line], { env });
    }
    tell(`${what}: ${seconds(startedAt)}`);
  }

  private inNamespace(command: string): Promise<CommandResult> {
    return this.lab.execInNamespace(["sh", "-c", command], {
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
