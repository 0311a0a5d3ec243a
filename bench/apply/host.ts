import type { ChildProcess } from "node:child_process";
import { closeSync, cpSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../../lab/command";
import { makeKeyPair, type KeyPair } from "../../lab/identity";
import { isRunning, startTime } from "../../lab/process-table";
import type { Workspace } from "../workspace";
import { treeCpuMs } from "./cpu";

const FILES = path.join(__dirname, "files");

const SSHD_CONFIG = `HostKey /run/identity/host_key
AuthorizedKeysFile /run/identity/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
MaxStartups 100
PidFile none
Subsystem sftp internal-sftp
`;

/** One host of the fleet: namespaces that last as long as the process which holds them. */
export class BenchHost {
  private holder: ChildProcess | undefined;
  private first = 0;
  private startedAt = "";

  private constructor(
    private readonly workspace: Workspace,
    public readonly name: string,
    public readonly address: string,
    public readonly mac: string,
    private readonly identity: string,
    /** Type and key. */
    public readonly hostKey: string,
  ) {}

  /** A host that has not been started yet. */
  public static async make(workspace: Workspace, fleet: string, index: number, client: KeyPair): Promise<BenchHost> {
    const name = `host${index}`;
    const identity = workspace.directory(fleet, name);
    const { public: hostKey } = await makeKeyPair(path.join(identity, "host_key"));
    writeFileSync(path.join(identity, "authorized_keys"), `${client.public}\n`, { mode: 0o600 });
    writeFileSync(path.join(identity, "sshd_config"), SSHD_CONFIG);
    cpSync(path.join(FILES, "systemctl"), path.join(identity, "systemctl"));
    const mac = `02:00:c6:13:01:${index.toString(16).padStart(2, "0")}`;
    return new BenchHost(workspace, name, `198.19.1.${index}`, mac, identity, hostKey);
  }

  /** Starts the host as new; it waits for its network. */
  public async start(): Promise<void> {
    const log = openSync(this.logFile, "w");
    const namespaces = ["unshare", "--mount", "--net", "--pid", "--uts", "--fork", "--kill-child"];
    const command = [...namespaces, "sh", path.join(FILES, "host.sh"), this.address, this.identity];
    this.holder = this.workspace.spawn(command, { stdio: ["ignore", log, log] });
    closeSync(log);
    const { pid } = this.holder;
    await this.until("its first process", () => {
      this.first = Number(childrenOf(pid ?? 0));
      this.startedAt = startTime(this.first) ?? "";
      return this.startedAt !== "";
    });
  }

  public async ready(): Promise<void> {
    await this.until("sshd", () => this.log.includes("Server listening on 0.0.0.0"));
  }

  public isRunning(): boolean {
    return isRunning(this.first, this.startedAt);
  }

  public async stop(): Promise<void> {
    // The first process goes with its parent, and all others with the first.
    this.holder?.kill("SIGKILL");
    await this.until("end", () => !this.isRunning());
  }

  /** The process that is the host's init, as this machine sees it. */
  public get pid(): number {
    return this.first;
  }

  /** Processor time since the start. */
  public cpuMs(): number {
    return treeCpuMs(this.first);
  }

  /** Waits for what outlives its connection, and would count only once it has ended. */
  public async idle(): Promise<void> {
    await this.until("end of its sessions", () => childrenOf(this.first) === "");
  }

  /** Logins since the start. */
  public connections(): number {
    return this.log.split("Accepted publickey").length - 1;
  }

  /** Runs a command on the host, past its sshd, and returns its output. */
  public async inspect(script: string): Promise<string> {
    return runCommand(["nsenter", "--target", String(this.first), "--mount", "--net", "--", "sh", "-c", script]);
  }

  private get logFile(): string {
    return path.join(this.identity, "log");
  }

  private get log(): string {
    return readFileSync(this.logFile, "utf8");
  }

  private async until(what: string, test: () => boolean): Promise<void> {
    const started = performance.now();
    while (!test()) {
      if (performance.now() - started > 30_000)
        throw new Error(`${this.name} has waited 30 s for ${what}: ${this.log}`);
      await sleep(10);
    }
  }
}

function childrenOf(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
}
