import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { CommandOptions, CommandResult } from "./command";
import { killGroup } from "./kernel-process";
import type { LabNetwork } from "./network";
import type { LabState } from "./state";

/** How to run a command inside the lab's namespace. */
export interface NamespaceExecOptions extends CommandOptions {
  /** @default - the current directory */
  readonly cwd?: string;
  /** After this the command and its children are killed. @default - no limit */
  readonly timeoutMs?: number;
  /** When this fires, the command gets SIGTERM. @default - never */
  readonly terminateOn?: AbortSignal;
}

/** Starts a command inside the namespace as the leader of a process group, which the lab ends when it goes down. */
export function spawnInNamespace(
  network: LabNetwork,
  state: LabState,
  command: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const [file, ...args] = network.enter(command);
  const child = spawn(file ?? "", args, { ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) {
    state.addProcess(pid);
    child.once("exit", () => state.removeProcess(pid));
  }
  return child;
}

/** Runs a command inside the namespace and gives its result, whatever it is. */
export async function execInNamespace(
  network: LabNetwork,
  state: LabState,
  command: readonly string[],
  options: NamespaceExecOptions = {},
): Promise<CommandResult> {
  const child = spawnInNamespace(network, state, command, {
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  for (const stream of [child.stdout, child.stderr]) {
    if (options.onLine && stream) {
      createInterface({ input: stream }).on("line", options.onLine);
    }
  }
  options.terminateOn?.addEventListener("abort", () => child.kill());
  return new Promise((resolve, reject) => {
    let isLate = false;
    const onLate = () => {
      isLate = true;
      killGroup(child.pid ?? 0);
    };
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(onLate, options.timeoutMs);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      if (isLate) {
        reject(
          new Error(`'${command.join(" ")}' did not end within ${String(options.timeoutMs)} ms: ${stderr.trim()}`),
        );
        return;
      }
      resolve({ code: code ?? 128, stdout, stderr });
    });
  });
}
