import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { groupMembers, isRunning, networkNamespaceOf, startTime } from "./process-table";
import type { LabState, ProcessRecord } from "./state";

const GONE_WITHIN_MS = 5000;
const PAUSE_MS = 20;

/**
 * Ends everything a lab started and deletes all it made. Synchronous, because it also runs while a process exits,
 * and safe to run twice or at any point of the boot.
 */
export function endLab(state: LabState): void {
  const record = state.read();
  const namespaceFile = record && `/run/netns/${record.namespace}`;
  const namespace = namespaceFile && existsSync(namespaceFile) ? statSync(namespaceFile).ino : undefined;
  const agent = state.agent();
  killAll(state.listProcesses(), namespace);
  if (namespace !== undefined && record) {
    spawnSync("ip", ["netns", "delete", record.namespace]);
  }
  if (record) {
    rmSync(record.scratch, { recursive: true, force: true });
  }
  state.remove();
  // Last: should this process be killed before it gets here, the agent does all of it again. It may also be the caller.
  if (agent !== undefined && agent.pid !== process.pid) {
    killAll([agent], namespace);
  }
}

/** Whether the process that started a lab is gone, so that nobody uses the lab any more. */
export function isAbandoned(state: LabState): boolean {
  const record = state.read();
  return record === undefined || !isRunning(record.owner, record.ownerStart);
}

/** Kills over and over until nothing is left, because a host that boots starts processes all the time. */
function killAll(groups: readonly ProcessRecord[], namespace: number | undefined): void {
  const deadline = performance.now() + GONE_WITHIN_MS;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let left = groups;
  while (left.length > 0 && performance.now() < deadline) {
    for (const pid of left.flatMap((group) => targetsIn(group, namespace))) {
      kill(pid);
    }
    Atomics.wait(pause, 0, 0, PAUSE_MS);
    left = left.filter((group) => targetsIn(group, namespace).length > 0);
  }
}

/**
 * What to kill of one recorded group: the group as such (a negative number) while its leader is there. Once the leader
 * is gone its pid may have been given away, so then only processes inside the lab's own network namespace.
 */
function targetsIn({ pid, startedAt }: ProcessRecord, namespace: number | undefined): number[] {
  const leaderStart = startTime(pid);
  if (leaderStart === startedAt) {
    return groupMembers(pid).length > 0 ? [-pid] : [];
  }
  if (leaderStart !== undefined || namespace === undefined) {
    return [];
  }
  return groupMembers(pid).filter((member) => networkNamespaceOf(member) === namespace);
}

function kill(target: number): void {
  try {
    process.kill(target, "SIGKILL");
  } catch {
    // Already gone, which is what was wanted.
  }
}
