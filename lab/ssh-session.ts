import { Client, type ClientChannel } from "ssh2";
import type { CommandResult } from "./command";
import type { Dial } from "./dial";

const SSH_PORT = 22;
const CONNECT_TIMEOUT_MS = 20_000;
const DEFAULT_TIMEOUT_MS = 120_000;

/** Who to reach and what to prove. */
export interface SshTarget {
  readonly name: string;
  readonly address: string;
  /** Type and key, as in known_hosts. */
  readonly hostKey: string;
  readonly privateKey: string;
}

/** How to run a command on a host. */
export interface ExecOptions {
  /** @default "root" */
  readonly user?: string;
  /** @default - empty */
  readonly stdin?: string | Buffer;
  /** @default 120000 */
  readonly timeoutMs?: number;
}

/** A command that has started; its exit code is there once the host has told it. */
interface StartedCommand {
  readonly channel: ClientChannel;
  exitCode?: number;
}

/** Runs commands on one host, over one open connection per user. */
export class SshSession {
  private readonly clients = new Map<string, Promise<Client>>();

  constructor(
    private readonly target: SshTarget,
    private readonly dial: Dial,
  ) {}

  async exec(command: string, options: ExecOptions = {}): Promise<CommandResult> {
    return this.collect(await this.open(command, options), command, options);
  }

  /** Drops the connections; the next command opens new ones. */
  close(): void {
    for (const client of this.clients.values()) {
      client.then(
        (open) => open.destroy(),
        () => undefined,
      );
    }
    this.clients.clear();
  }

  private async open(command: string, options: ExecOptions): Promise<StartedCommand> {
    const user = options.user ?? "root";
    const limitMs = Math.min(CONNECT_TIMEOUT_MS, options.timeoutMs ?? CONNECT_TIMEOUT_MS);
    const isReused = this.clients.has(user);
    try {
      return await startCommand(await this.client(user, limitMs), command, limitMs);
    } catch (error) {
      if (!isReused) {
        throw error;
      }
      // The host may have gone down since the last command, which an idle connection does not notice.
      this.clients.delete(user);
      return startCommand(await this.client(user, limitMs), command, limitMs);
    }
  }

  private client(user: string, limitMs: number): Promise<Client> {
    const open = this.clients.get(user);
    if (open) {
      return open;
    }
    const client = this.connect(user, limitMs);
    const forget = () => {
      if (this.clients.get(user) === client) {
        this.clients.delete(user);
      }
    };
    this.clients.set(user, client);
    client.then((ready) => ready.once("close", forget), forget);
    return client;
  }

  private async connect(user: string, limitMs: number): Promise<Client> {
    const { name, address, hostKey, privateKey } = this.target;
    const sock = await this.dial(address, SSH_PORT, limitMs);
    const client = new Client();
    return new Promise((resolve, reject) => {
      // The listener stays: a connection that breaks later reports an error too, and its commands reject by themselves.
      client.on("error", (error) => reject(new Error(`ssh to ${user}@${name} failed: ${error.message}`)));
      client.once("close", () => reject(new Error(`ssh to ${user}@${name} failed: connection closed`)));
      client.once("ready", () => resolve(client));
      client.connect({
        sock,
        username: user,
        privateKey,
        readyTimeout: limitMs,
        keepaliveInterval: 5000,
        hostVerifier: (key: Buffer) => hostKey.split(" ")[1] === key.toString("base64"),
      });
    });
  }

  private collect(started: StartedCommand, command: string, options: ExecOptions): Promise<CommandResult> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const { channel } = started;
    return new Promise((resolve, reject) => {
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      const timer = setTimeout(() => {
        channel.close();
        reject(new Error(`'${command}' on ${this.target.name} did not end within ${timeoutMs} ms`));
      }, timeoutMs);
      channel.on("data", (data: Buffer) => stdout.push(data));
      channel.stderr.on("data", (data: Buffer) => stderr.push(data));
      channel.on("close", () => {
        clearTimeout(timer);
        const code = started.exitCode;
        if (code === undefined) {
          reject(new Error(`the connection to ${this.target.name} broke during '${command}'`));
          return;
        }
        resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
      });
      channel.end(options.stdin ?? "");
    });
  }
}

function startCommand(client: Client, command: string, limitMs: number): Promise<StartedCommand> {
  return new Promise((resolve, reject) => {
    // Over a connection that is dead but does not know it, there would be no answer for a long time.
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
    client.exec(command, (error, channel) => {
      clearTimeout(timer);
      if (error) {
        reject(error);
        return;
      }
      const started: StartedCommand = { channel };
      // Listened to at once: a short command may end in the same packet that tells it has started.
      channel.once("exit", (code: number | null) => (started.exitCode = code ?? 128));
      resolve(started);
    });
  });
}
