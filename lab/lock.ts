import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Progress } from "./progress";

const REPORT_AFTER_MS = 3000;

/**
 * Holds an exclusive lock on `file` while `work` runs, which is `what` to whoever waits. The lock belongs to a flock(1) process that ends with this
 * one, so that a builder that was killed leaves no stale lock behind.
 */
export async function withLock<T>(file: string, what: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  const holder = spawn("flock", ["--exclusive", file, "sh", "-c", "echo locked && exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    // Ctrl-C in a terminal must not open the lock while the builder still cleans up.
    detached: true,
  });
  const ended = once(holder, "exit");
  const timer = setInterval(() => progress(`waiting for another lab: ${what}`), REPORT_AFTER_MS);
  try {
    await Promise.race([
      once(holder.stdout, "data"),
      ended.then(() => {
        throw new Error(`cannot lock ${file}`);
      }),
    ]);
  } finally {
    clearInterval(timer);
  }
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
