import http from "node:http";
import type { Dial } from "./dial";

const DEFAULT_TIMEOUT_MS = 5000;

/** Where a request goes; the host is an address, IPv6 without brackets. */
export interface RequestTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** How to send a request. */
export interface RequestOptions {
  /** @default 5000, for connecting and answering together */
  readonly timeoutMs?: number;
}

/** A complete answer. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** From the start of the connection to the end of the answer. */
  readonly ms: number;
}

/** The target an `http:` URL names. */
export function targetOf(url: string): RequestTarget {
  const { hostname, port, pathname, search } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80), path: `${pathname}${search}` };
}

/** Sends one GET over a connection of its own. */
export async function get(dial: Dial, target: RequestTarget, options: RequestOptions = {}): Promise<Reply> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const startedAt = performance.now();
  const socket = await dial(target.host, target.port, timeoutMs);
  const left = Math.max(1, timeoutMs - (performance.now() - startedAt));
  return new Promise((resolve, reject) => {
    const request = http.get({
      host: target.host,
      port: target.port,
      path: target.path,
      // Without an agent: any agent would open a connection of its own, outside the namespace.
      createConnection: () => socket,
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), left);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    request.once("error", fail);
    request.once("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.once("error", fail);
      response.once("end", () => {
        clearTimeout(timer);
        socket.destroy();
        resolve({ status: response.statusCode ?? 0, body, ms: performance.now() - startedAt });
      });
    });
  });
}
