import type { Reply } from "./request";

const FAILURES_KEPT = 10;

/** A steady stream of requests. */
export interface LoadOptions {
  readonly url: string;
  readonly perSecond: number;
  /** Of each request. @default 5000 */
  readonly timeoutMs?: number;
}

/** What came of the requests. */
export interface LoadReport {
  readonly sent: number;
  /** Answered with a status below 400. */
  readonly ok: number;
  readonly failed: number;
  /** How many good answers had which body, without surrounding blanks. */
  readonly byBody: Readonly<Record<string, number>>;
  /** The first failures, with the seconds since the start. */
  readonly failures: readonly string[];
  /** The longest a good answer took. */
  readonly maxMs: number;
}

/** Requests sent at fixed times, whether or not earlier ones have been answered. */
export class Load {
  private readonly startedAt = performance.now();
  private readonly pending = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly byBody: Record<string, number> = {};
  private readonly failures: string[] = [];
  private sent = 0;
  private ok = 0;
  private failed = 0;
  private maxMs = 0;

  constructor(
    private readonly send: () => Promise<Reply>,
    private readonly perSecond: number,
  ) {
    this.timer = setInterval(() => this.sendDue(), 1000 / perSecond);
  }

  /** Sends no more, waits for what is under way, and reports. */
  async stop(): Promise<LoadReport> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    const { sent, ok, failed, byBody, failures, maxMs } = this;
    return { sent, ok, failed, byBody, failures, maxMs };
  }

  /** Catches up with the clock, because a timer alone falls behind. */
  private sendDue(): void {
    const due = Math.floor(((performance.now() - this.startedAt) / 1000) * this.perSecond);
    while (this.sent < due) {
      this.sent += 1;
      const request = this.sendOne().finally(() => this.pending.delete(request));
      this.pending.add(request);
    }
  }

  private async sendOne(): Promise<void> {
    const at = ((performance.now() - this.startedAt) / 1000).toFixed(2);
    try {
      const { status, body, ms } = await this.send();
      if (status >= 400) {
        throw new Error(`status ${status}`);
      }
      this.ok += 1;
      this.maxMs = Math.max(this.maxMs, ms);
      this.byBody[body.trim()] = (this.byBody[body.trim()] ?? 0) + 1;
    } catch (error) {
      this.failed += 1;
      if (this.failures.length < FAILURES_KEPT) {
        this.failures.push(`${at} s: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
