import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { groupMembers, processorTime } from "./process-table";
import { allowedProcessors } from "./processors";
import type { LabState } from "./state";

const EVERY_MS = 1000;
/** Shares of a processor. Of one that is full, hosts go to one that has time; one that is alone there has all it can use. */
const FULL = 0.9;
const FREE = 0.6;
const ALONE = 0.75;

/** How much of its processor a host used; its kernel's pid. */
export interface HostShare {
  readonly pid: number;
  readonly processor: number;
  readonly share: number;
}

/**
 * Looks every second whether hosts wait for their processor while another one idles, and moves one of them: each host
 * is kept on one processor, and which of them will work at the same time nobody knows before.
 */
export function balanceHosts(state: LabState): void {
  const processors = allowedProcessors();
  let before = measure(state);
  setInterval(() => {
    const now = measure(state);
    const seconds = (now.at - before.at) / 1000;
    const busy = new Map(
      processors.map((processor) => {
        const idle = (now.idle.get(processor) ?? 0) - (before.idle.get(processor) ?? 0);
        return [processor, 1 - idle / seconds];
      }),
    );
    const shares = [...now.hosts].map(([pid, { processor, used }]) => {
      return { pid, processor, share: (used - (before.hosts.get(pid)?.used ?? used)) / seconds };
    });
    before = now;
    const move = chooseMove(busy, shares);
    // Labs side by side see the same: not all of them move a host at once.
    if (move !== undefined && Math.random() < 0.5) moveHost(move.pid, move.to);
  }, EVERY_MS);
}

/** The host to move, and where to. */
export function chooseMove(
  busy: ReadonlyMap<number, number>,
  hosts: readonly HostShare[],
): { pid: number; to: number } | undefined {
  const [to, least] = [...busy].reduce((a, b) => (b[1] < a[1] ? b : a));
  const waiting = hosts.filter(({ processor, share }) => {
    return processor !== to && (busy.get(processor) ?? 0) > FULL && share > 0.1 && share < ALONE;
  });
  if (least > FREE || waiting.length === 0) return undefined;
  return { pid: waiting.reduce((a, b) => (b.share > a.share ? b : a)).pid, to };
}

/** A kernel and its programs, the kernel first: new programs start where it is. */
function moveHost(kernel: number, processor: number): void {
  const pids = [kernel, ...groupMembers(kernel).filter((pid) => pid !== kernel)].map(String);
  const script = 'for pid; do taskset --cpu-list --pid "$0" "$pid"; done';
  spawn("sh", ["-c", script, String(processor), ...pids], { stdio: "ignore" });
}

function measure(state: LabState) {
  // USER_HZ, which is 100 on all that Node runs on.
  const idle = [...readFileSync("/proc/stat", "utf8").matchAll(/^cpu(\d+) \d+ \d+ \d+ (\d+) (\d+)/gm)].map(
    ([, processor, ...ticks]) => [Number(processor), (Number(ticks[0]) + Number(ticks[1])) / 100] as const,
  );
  const hosts = state.listProcesses().flatMap(({ pid }) => {
    const time = processorTime(pid);
    return time?.name === "linux.uml" ? [[pid, { processor: time.processor, used: time.ticks / 100 }] as const] : [];
  });
  return { at: performance.now(), idle: new Map(idle), hosts: new Map(hosts) };
}
