import { readdirSync, readFileSync, readlinkSync } from "node:fs";

interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  readonly state: string;
}

/** When a process started, in clock ticks since boot: tells it from a later one with the same pid. */
export function startTime(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** Whether the process that started at `startedAt` is still there. */
export function isRunning(pid: number, startedAt: string): boolean {
  const fields = statFields(pid);
  return fields !== undefined && fields[19] === startedAt && fields[0] !== "Z";
}

/** The living members of a process group. */
export function groupMembers(group: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => entry(Number(name)))
    .filter((found): found is ProcessEntry => found?.group === group && (found.state !== "Z" || hasThreads(found.pid)))
    .map((found) => found.pid);
}

/** A dead process whose threads still write to disk is not gone: it holds its files, locks and all. */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

/** What a process is called, the processor it was last on, and how long it ran, in clock ticks. */
export function processorTime(
  pid: number,
): { readonly name: string; readonly processor: number; readonly ticks: number } | undefined {
  const fields = statFields(pid);
  if (fields === undefined) return undefined;
  const [user = 0, system = 0, processor = 0] = [fields[11], fields[12], fields[36]].map(Number);
  return { name: commandName(pid), processor, ticks: user + system };
}

function commandName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** The inode of the network namespace a process is in. */
export function networkNamespaceOf(pid: number): number | undefined {
  try {
    return Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0]);
  } catch {
    return undefined;
  }
}

function entry(pid: number): ProcessEntry | undefined {
  const fields = statFields(pid);
  return fields && { pid, group: Number(fields[2]), state: fields[0] ?? "" };
}

/** The fields of /proc/PID/stat after the command name, which may itself hold spaces: state, parent, group, ... */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
