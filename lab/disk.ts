import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./command";

const POLL_MS = 20;

/**
 * Gives a host its own copy of a base image; holes stay holes, so that it takes half a second. A copy-on-write file of
 * user-mode Linux would be quicker still, but one that dies between writing a block and noting it loses the disk.
 */
export async function copyDisk(image: string, directory: string): Promise<string> {
  const disk = path.join(directory, "disk.ext4");
  await runCommand(["cp", "--sparse=always", image, disk]);
  return disk;
}

/** Waits until no kernel holds a disk any more: one that was killed may still have writes under way. */
export async function untilReleased(disk: string): Promise<void> {
  const { ino } = statSync(disk);
  const held = () => readFileSync("/proc/locks", "utf8").includes(`:${String(ino)} `);
  while (held()) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
