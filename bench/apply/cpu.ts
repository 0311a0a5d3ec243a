import { readFileSync } from "node:fs";

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** Processor time of the children of this process that have ended, with all of theirs. */
export function endedChildrenCpuMs(): number {
  return ticks("self", [13, 14]) * MS_PER_TICK;
}

/** Processor time of a process and of those of its children that have ended, with all of theirs. */
export function treeCpuMs(pid: number): number {
  return ticks(String(pid), [11, 12, 13, 14]) * MS_PER_TICK;
}

/** The sum of fields of /proc/PID/stat, counted from the one after the command name. */
function ticks(pid: string, fields: readonly number[]): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const values = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.reduce((sum, field) => sum + Number(values[field]), 0);
}
