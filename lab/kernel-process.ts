import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { untilReleased } from "./disk";
import { groupMembers } from "./process-table";
import type { LabState } from "./state";

const LINES_SHOWN = 60;
const POLL_MS = 20;

/** One user-mode Linux kernel: a process group, with its console in a log file. */
export class KernelProcess {
  private pid: number | undefined;
  private isOn = false;

  constructor(
    private readonly command: readonly string[],
    private readonly disk: string,
    private readonly consoleLog: string,
    private readonly state: LabState,
  ) {}

  /** Whether the machine is on; it stays so while it reboots. */
  get isRunning(): boolean {
    return this.isOn;
  }

  async start(): Promise<void> {
    await untilReleased(this.disk);
    const [file, ...args] = this.command;
    const log = openSync(this.consoleLog, "a");
    // A group of its own: Ctrl-C must reach the lab, which ends its hosts, and not the hosts themselves.
    const child = spawn(file ?? "", args, { detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const { pid } = child;
    if (pid === undefined) {
      // Rejects with the reason.
      await once(child, "spawn");
      return;
    }
    // Written down before anything else can happen, so that a signal in this very moment leaves nothing behind.
    this.state.addProcess(pid);
    this.pid = pid;
    this.isOn = true;
    child.once("exit", (code) => void this.onExit(pid, code));
  }

  /** Power failure: ends the kernel and all its processes at once. */
  async kill(): Promise<void> {
    this.isOn = false;
    if (this.pid !== undefined) {
      await endGroup(this.pid);
    }
  }

  private async onExit(pid: number, code: number | null): Promise<void> {
    // Asked to reboot, the kernel only ends, with these words; starting it again is the machine's part.
    // Decided now: while the rest ends, the machine may be turned on again.
    const isReboot = this.isOn && code !== null && /\nFailed to exec kernel[^\n]*$/.test(this.lastLines());
    if (this.pid === pid) this.isOn = isReboot;
    await endGroup(pid);
    this.state.removeProcess(pid);
    if (isReboot) {
      await this.start();
    }
  }

  /** The end of the console log, for error messages. */
  lastLines(): string {
    const text = existsSync(this.consoleLog) ? readFileSync(this.consoleLog, "utf8") : "";
    return text.trimEnd().split("\n").slice(-LINES_SHOWN).join("\n");
  }
}

/** Kills a process group that this process started. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Already gone.
  }
}

/** Kills what is left of a group and waits until it is gone: until then its disk and cable are in use. */
async function endGroup(group: number): Promise<void> {
  killGroup(group);
  while (groupMembers(group).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
