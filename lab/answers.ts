import type { ClientSite } from "./client-program";

const DEFAULT_PORTS = { http: 80, udp: 5000, sctp: 5000 };
const DEFAULT_TIMEOUT_MS = 5000;
/** For starting the client's program, on a busy machine. */
const GRACE_MS = 30_000;

/** What to ask, and how often. */
export interface Question {
  /** `http`: GET /. SCTP needs a host as client, because few machines' own kernels have it. */
  readonly protocol: "http" | "udp" | "sctp";
  /** IPv4 or IPv6 address. */
  readonly address: string;
  /** @default - 80 for HTTP, else 5000 */
  readonly port?: number;
  /** How many requests, one after the other. */
  readonly requests: number;
  /** The host that asks. @default - the lab's own end of the network */
  readonly from?: string;
  /** Address to ask from, one of the client's. @default - chosen by the client's routes */
  readonly source?: string;
  /** Port that all requests come from. @default - a new one for each request */
  readonly sourcePort?: number;
  /** Of connecting and of answering, each. @default 5000 */
  readonly timeoutMs?: number;
}

/** How many requests were answered by which host; failures count under their reason in brackets. */
export type Answers = Readonly<Record<string, number>>;

/** Asks and counts. */
export async function countAnswers(client: ClientSite, question: Question): Promise<Answers> {
  const { protocol, address, requests, source = "", sourcePort = 0, timeoutMs = DEFAULT_TIMEOUT_MS } = question;
  const port = question.port ?? DEFAULT_PORTS[protocol];
  const args = [protocol, address, port, requests, timeoutMs, source, sourcePort].map(String);
  const { code, stdout, stderr } = await client("ask", args, 2 * requests * timeoutMs + GRACE_MS).result;
  if (code !== 0) {
    throw new Error(`'ask ${args.join(" ")}' failed (exit code ${code}): ${stderr.trim()}`);
  }
  const counts: Record<string, number> = {};
  for (const answer of stdout.trim().split("\n")) {
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}
