import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { endOnExit } from "../lab/exit-hooks";

const LONGEST_RUN_MS = 15 * 60_000;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /**
   * @default - 15 minutes
   */
  readonly timeoutMs?: number;
}

/** A temporary directory and the processes of one benchmark; both are gone when the benchmark ends, however it ends. */
export class Workspace {
  private readonly root = mkdtempSync(path.join(os.tmpdir(), "lvs-bench-"));
  private readonly children = new Set<ChildProcess>();

  public constructor() {
    endOnExit(() => this.end());
  }

  /** A directory of that name, made when it is not there yet. */
  public directory(...names: string[]): string {
    const directory = path.join(this.root, ...names);
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  /** Starts a process that the kernel ends with this one, even if nobody is left to do it. */
  public spawn(command: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn("setpriv", ["--pdeathsig", "KILL", ...command], { ...options, detached: true });
    this.children.add(child);
    child.once("exit", () => this.children.delete(child));
    return child;
  }

  /** Runs a command to its end and returns its output; throws when it fails or takes too long. */
  public async run(command: readonly string[], { timeoutMs, ...options }: RunOptions = {}): Promise<string> {
    const child = this.spawn(command, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const timer = setTimeout(() => killGroup(child.pid ?? 0), timeoutMs ?? LONGEST_RUN_MS);
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    clearTimeout(timer);
    if (code !== 0) throw new Error(`'${command.join(" ")}' failed or took too long: ${stderr.slice(-2000)}`);
    return stdout;
  }

  private end(): void {
    for (const { pid } of this.children) if (pid !== undefined) killGroup(pid);
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}
