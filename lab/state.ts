import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startTime } from "./process-table";

const STATE_ROOT = "/run/cdktf-lvs-lab";

/** What is written down about a lab, so that another process can enter it or end it. */
export interface LabRecord {
  readonly id: string;
  readonly namespace: string;
  /** Directory of disks, keys and logs; deleted with the lab. */
  readonly scratch: string;
  /** The client's private key, accepted by every host. */
  readonly keyPath: string;
  readonly knownHostsPath: string;
  /** The process that started the lab, and its start time. */
  readonly owner: number;
  readonly ownerStart: string;
  readonly hosts: ReadonlyArray<{ readonly name: string; readonly address: string }>;
}

/** A process group the lab started. */
export interface ProcessRecord {
  readonly pid: number;
  readonly startedAt: string;
}

/** The lab's written state: one directory per lab, outside its scratch directory so that it is found again. */
export class LabState {
  constructor(readonly id: string) {}

  /** The labs on this machine, whoever started them. */
  static all(): LabState[] {
    return existsSync(STATE_ROOT) ? readdirSync(STATE_ROOT).map((id) => new LabState(id)) : [];
  }

  write(record: LabRecord): void {
    mkdirSync(this.processes, { recursive: true, mode: 0o700 });
    writeFileSync(this.recordFile, JSON.stringify(record, null, 2));
  }

  /** The record, or undefined once the lab is gone. */
  read(): LabRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.recordFile, "utf8")) as LabRecord;
    } catch {
      return undefined;
    }
  }

  /** Notes that `pid` leads a process group of this lab. */
  addProcess(pid: number): void {
    writeFileSync(path.join(this.processes, String(pid)), startTime(pid) ?? "");
  }

  /** Forgets a process group that has ended. */
  removeProcess(pid: number): void {
    rmSync(path.join(this.processes, String(pid)), { force: true });
  }

  /** Notes the lab's agent, which is not among the processes because it has to outlive them. */
  setAgent(pid: number): void {
    writeFileSync(this.agentFile, JSON.stringify({ pid, startedAt: startTime(pid) ?? "" }));
  }

  agent(): ProcessRecord | undefined {
    return existsSync(this.agentFile) ? (JSON.parse(readFileSync(this.agentFile, "utf8")) as ProcessRecord) : undefined;
  }

  listProcesses(): ProcessRecord[] {
    if (!existsSync(this.processes)) {
      return [];
    }
    return readdirSync(this.processes).map((name) => ({
      pid: Number(name),
      startedAt: readFileSync(path.join(this.processes, name), "utf8"),
    }));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get directory(): string {
    return path.join(STATE_ROOT, this.id);
  }

  private get processes(): string {
    return path.join(this.directory, "processes");
  }

  private get agentFile(): string {
    return path.join(this.directory, "agent.json");
  }

  private get recordFile(): string {
    return path.join(this.directory, "lab.json");
  }
}
