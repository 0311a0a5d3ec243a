import path from "node:path";
import type { CommandResult } from "./command";
import type { Dial } from "./dial";
import type { KeyPair } from "./identity";
import { type KernelFiles, kernelCommand } from "./kernel-command";
import { KernelProcess } from "./kernel-process";
import type { LabNetwork } from "./network";
import type { HostInterface, PlacedHost } from "./placed-host";
import { type ExecOptions, SshSession } from "./ssh-session";
import type { LabState } from "./state";

const BOOT_LIMIT_MS = 240_000;
const POLL_MS = 250;
const BOOT_ID = "cat /proc/sys/kernel/random/boot_id";

/** What a host needs from the lab it belongs to. */
export interface HostSite extends KernelFiles {
  readonly network: LabNetwork;
  readonly state: LabState;
  readonly dial: Dial;
  readonly clientKey: KeyPair;
  readonly hostKey: KeyPair;
}

/** One Linux host of the lab, with its own kernel. */
export class LabHost {
  readonly name: string;
  readonly address: string;
  readonly address6: string;
  /** Public host key, as Terraform's `host_key` wants it. */
  readonly hostKey: string;
  /** The private key that opens the accounts root, deploy and deploypw. */
  readonly privateKeyPath: string;

  private readonly interfaces: readonly HostInterface[];
  private readonly kernel: KernelProcess;
  private readonly ssh: SshSession;
  private readonly dial: Dial;

  constructor(options: PlacedHost, site: HostSite) {
    this.name = options.name;
    this.address = options.address;
    this.address6 = options.interfaces[0].address6;
    this.interfaces = options.interfaces;
    this.hostKey = site.hostKey.public;
    this.privateKeyPath = site.clientKey.privatePath;
    this.dial = site.dial;
    const consoleLog = path.join(site.directory, "console.log");
    this.kernel = new KernelProcess(
      site.network.enter(kernelCommand(options, site)),
      site.disk,
      consoleLog,
      site.state,
    );
    const { name, address, hostKey } = this;
    this.ssh = new SshSession({ name, address, hostKey, privateKey: site.clientKey.private }, site.dial);
  }

  /** One of its network interfaces, by the name it has on the host. */
  interface(name: string): HostInterface {
    const found = this.interfaces.find((candidate) => candidate.name === name);
    if (found === undefined) {
      throw new Error(`${this.name} has no ${name}; use one of ${this.interfaces.map((one) => one.name).join(", ")}`);
    }
    return found;
  }

  /** Turns the host on; its disk is as it was left. */
  async start(): Promise<void> {
    await this.kernel.start();
  }

  /** Power failure. */
  async crash(): Promise<void> {
    await this.kernel.kill();
    this.ssh.close();
  }

  /** Restarts the host in an orderly way and waits until it has booted. */
  async reboot(limitMs = BOOT_LIMIT_MS): Promise<void> {
    const before = await this.run(BOOT_ID);
    // The command's own connection may break before it is answered.
    await this.exec("systemctl reboot").catch(() => undefined);
    const deadline = performance.now() + limitMs;
    for (let now = before; now === before; now = (await this.bootId()) ?? before) {
      if (performance.now() > deadline) {
        throw new Error(`${this.name} did not come back from a reboot within ${limitMs} ms`);
      }
      await pause();
    }
    await this.waitUntilBooted(deadline - performance.now());
  }

  /** Waits until commands can be run as root. */
  async waitForSsh(limitMs = BOOT_LIMIT_MS): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!(await this.answersSsh())) {
      if (!this.kernel.isRunning) {
        throw new Error(`${this.name} went down while booting:\n${this.kernel.lastLines()}`);
      }
      if (performance.now() > deadline) {
        throw new Error(`${this.name} did not answer ssh within ${limitMs} ms:\n${this.kernel.lastLines()}`);
      }
      await pause();
    }
  }

  /** Waits until every unit is up, and throws if one failed. */
  async waitUntilBooted(limitMs = BOOT_LIMIT_MS): Promise<void> {
    const deadline = performance.now() + limitMs;
    await this.waitForSsh(limitMs);
    const timeoutMs = Math.max(1, deadline - performance.now());
    const { stdout } = await this.exec("systemctl is-system-running --wait", { timeoutMs });
    if (stdout.trim() !== "running") {
      const failed = await this.exec(
        "systemctl --no-legend --failed; journalctl --no-pager --boot --priority err -n 10",
      );
      throw new Error(`${this.name} is '${stdout.trim()}' instead of running: ${failed.stdout.trim()}`);
    }
  }

  /** Runs a shell command and gives its result, whatever it is. */
  async exec(command: string, options: ExecOptions = {}): Promise<CommandResult> {
    if (!this.kernel.isRunning) {
      throw new Error(`${this.name} is off; start it before running '${command}'`);
    }
    return this.ssh.exec(command, options);
  }

  /** Runs a shell command as root, gives its output, and throws if it fails. */
  async run(command: string, options: ExecOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.exec(command, options);
    if (code !== 0) {
      throw new Error(`'${command}' on ${this.name} failed (exit code ${code}): ${stderr.trim()}`);
    }
    return stdout;
  }

  async readFile(file: string): Promise<string> {
    return this.run(`cat -- ${quote(file)}`);
  }

  async writeFile(file: string, content: string, mode = 0o644): Promise<void> {
    await this.run(`cat > ${quote(file)} && chmod ${mode.toString(8)} -- ${quote(file)}`, { stdin: content });
  }

  /** Drops the connections to the host. */
  disconnect(): void {
    this.ssh.close();
  }

  private async answersSsh(): Promise<boolean> {
    try {
      // A handshake costs a booting host a lot of its time, so first see whether anybody listens.
      (await this.dial(this.address, 22, 2000)).destroy();
      return (await this.exec("true", { timeoutMs: 10_000 })).code === 0;
    } catch {
      return false;
    }
  }

  private async bootId(): Promise<string | undefined> {
    return this.exec(BOOT_ID, { timeoutMs: 2000 }).then(
      ({ stdout }) => stdout,
      () => undefined,
    );
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
