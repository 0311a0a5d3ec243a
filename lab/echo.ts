import type { ClientProgram, ClientSite } from "./client-program";

const DEFAULT_PORT = 7;
const DEFAULT_EVERY_MS = 100;
const LIMIT_MS = 60 * 60_000;

/** A long conversation with the echo service of a host. */
export interface EchoOptions {
  /** IPv4 or IPv6 address. */
  readonly address: string;
  /** @default 7 */
  readonly port?: number;
  /** Time from one line to the next. @default 100 */
  readonly everyMs?: number;
  /** The host that speaks. @default - the lab's own end of the network */
  readonly from?: string;
}

/** What came of the conversation. */
export interface EchoReport {
  /** The host that answered. */
  readonly host: string;
  readonly sent: number;
  /** Lines that came back; at the end there are 5 s for those that are under way. */
  readonly received: number;
  /** The longest that a line took to come back, or has been under way for at the end; in steps of 10 ms. */
  readonly longestStallMs: number;
  /** Why the connection ended before it was stopped, null if it did not. */
  readonly brokenBy: string | null;
}

/** A conversation under way; it ends with the lab at the latest. */
export class Echo {
  private readonly program: ClientProgram;

  constructor(client: ClientSite, { address, port = DEFAULT_PORT, everyMs = DEFAULT_EVERY_MS }: EchoOptions) {
    this.program = client("converse", [address, String(port), String(everyMs)], LIMIT_MS);
    // Whoever stops it learns of a failure then.
    this.program.result.catch(() => undefined);
  }

  /** Says no more, waits for what is under way, and reports. */
  async stop(): Promise<EchoReport> {
    await this.program.terminate();
    const { code, stdout, stderr } = await this.program.result;
    if (code !== 0) {
      throw new Error(`the echo client failed (exit code ${code}): ${stderr.trim()}`);
    }
    return JSON.parse(stdout) as EchoReport;
  }
}
