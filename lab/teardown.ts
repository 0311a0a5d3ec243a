import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { groupMembers, isRunning, networkNamespaceOf, startTime } from "./process-table";
import type { LabState, ProcessRecord } from "./state";

const GONE_WITHIN_MS = 5000;

/**
 * Ends everything a lab started and deletes all it made. Synchronous, because it also runs while a process exits,
 * and safe to run twice or at any point of the boot.
 */
export function endLab(state: LabState): void {
  const record = state.read();
  const namespaceFile = record && `/run/netns/${record.namespace}`;
  const namespace = namespaceFile && existsSync(namespaceFile) ? statSync(namespaceFile).ino : undefined;
  // The caller may be the lab's own agent, which is on the list.
  const groups = state.listProcesses().filter(({ pid }) => pid !== process.pid);
  const members = groups.flatMap((group) => membersOf(group, namespace));
  for (const pid of members) {
    kill(pid);
  }
  waitUntilGone(members);
  if (namespace !== undefined && record) {
    spawnSync("ip", ["netns", "delete", record.namespace]);
  }
  if (record) {
    rmSync(record.scratch, { recursive: true, force: true });
  }
  state.remove();
}

/** Whether the process that started a lab is gone, so that nobody uses the lab any more. */
export function isAbandoned(state: LabState): boolean {
  const record = state.read();
  return record === undefined || !isRunning(record.owner, record.ownerStart);
}

/**
 * The processes of one recorded group. Once its leader is gone the pid may have been given away, so then only
 * processes inside the lab's own network namespace count.
 */
function membersOf(group: ProcessRecord, namespace: number | undefined): number[] {
  const leaderStart = startTime(group.pid);
  if (leaderStart === group.startedAt) {
    return groupMembers(group.pid);
  }
  if (leaderStart !== undefined || namespace === undefined) {
    return [];
  }
  return groupMembers(group.pid).filter((pid) => networkNamespaceOf(pid) === namespace);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone, which is what was wanted.
  }
}

function waitUntilGone(pids: readonly number[]): void {
  const starts = pids.map((pid) => [pid, startTime(pid)] as const);
  const deadline = performance.now() + GONE_WITHIN_MS;
  const isLeft = () => starts.some(([pid, start]) => start !== undefined && isRunning(pid, start));
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (isLeft() && performance.now() < deadline) {
    Atomics.wait(pause, 0, 0, 20);
  }
}
