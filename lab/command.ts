import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Progress } from "./progress";

/** What a finished command left behind. */
export interface CommandResult {
  /** Exit code; 128 and more when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command on this machine. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Called for every line of standard output. */
  readonly onLine?: Progress;
}

/** Runs a command on this machine and throws, with its error output, unless it succeeds. */
export async function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [file, ...args] = command;
  if (file === undefined) {
    throw new Error("no command given");
  }
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env: { ...process.env, ...options.env }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    if (options.onLine) {
      createInterface({ input: child.stdout }).on("line", options.onLine);
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(stdout);
        return;
      }
      reject(new Error(`'${command.join(" ")}' failed (${signal ?? `exit code ${String(code)}`}): ${stderr.trim()}`));
    });
  });
}
