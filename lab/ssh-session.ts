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

/** Runs commands on one host, over one open connection per user. */
export class SshSession {
  private readonly clients = new Map<string, Promise<Client>>();

  constructor(
    private readonly target: SshTarget,
    private readonly dial: Dial,
  ) {}

  async exec(command: string, options: ExecOptions = {}): Promise<CommandResult> {
    const user = options.user ?? "root";
    const channel = await this.open(command, user);
    return this.collect(channel, command, options);
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

  private async open(command: string, user: string): Promise<ClientChannel> {
    const isReused = this.clients.has(user);
    try {
      return await openChannel(await this.client(user), command);
    } catch (error) {
      if (!isReused) {
        throw error;
      }
      // The host may have gone down since the last command, which an idle connection does not notice.
      this.clients.delete(user);
      return openChannel(await this.client(user), command);
    }
  }

  private client(user: string): Promise<Client> {
    const open = this.clients.get(user);
    if (open) {
      return open;
    }
    const client = this.connect(user);
    const forget = () => {
      if (this.clients.get(user) === client) {
        this.clients.delete(user);
      }
    };
    this.clients.set(user, client);
    client.then((ready) => ready.once("close", forget), forget);
    return client;
  }

  private async connect(user: string): Promise<Client> {
    const { name, address, hostKey, privateKey } = this.target;
    const sock = await this.dial(address, SSH_PORT, CONNECT_TIMEOUT_MS);
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
        readyTimeout: CONNECT_TIMEOUT_MS,
        keepaliveInterval: 5000,
        hostVerifier: (key: Buffer) => hostKey.split(" ")[1] === key.toString("base64"),
      });
    });
  }

  private collect(channel: ClientChannel, command: string, options: ExecOptions): Promise<CommandResult> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      let code: number | undefined;
      const timer = setTimeout(() => {
        channel.close();
        reject(new Error(`'${command}' on ${this.target.name} did not end within ${timeoutMs} ms`));
      }, timeoutMs);
      channel.on("data", (data: Buffer) => stdout.push(data));
      channel.stderr.on("data", (data: Buffer) => stderr.push(data));
      channel.on("exit", (exitCode: number | null) => (code = exitCode ?? 128));
      channel.on("close", () => {
        clearTimeout(timer);
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

function openChannel(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.once("close", () => reject(new Error("connection closed")));
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}
