import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { shown } from "../rules";
import type { CheckConnectionOptions } from "./connection";
import { httpCheckProblems, type HttpCheck, type HttpCheckOptions } from "./http";
import { sslCheckProblems, type SslCheck } from "./ssl";
import { tcpCheckProblems, type TcpCheck } from "./tcp";

/** Real servers are never checked and always count as up. */
export interface NoCheck {
  readonly type: "none";
}

/** How keepalived finds out whether a real server is up; made by the functions of the same name. */
export type HealthCheck = TcpCheck | HttpCheck | SslCheck | NoCheck;

/** Health checks, one function each. */
export const HealthCheck = {
  /** The real server must accept a TCP connection. */
  tcp: (options: CheckConnectionOptions = {}): HealthCheck => ({ type: "tcp", ...options }),
  /** The real server must answer a GET request. */
  http: (options: HttpCheckOptions): HealthCheck => ({ type: "http", ...options }),
  /** The real server must answer a GET request over TLS. */
  ssl: (options: Omit<SslCheck, "type">): HealthCheck => ({ type: "ssl", ...options }),
  /** No check: a dead real server keeps getting its share of the connections. */
  none: (): HealthCheck => ({ type: "none" }),
} as const;

/** Every problem of a health check; `path` is the prop that holds it. */
export function healthCheckProblems(path: string, check: DeepDeferrable<HealthCheck> | undefined): Problem[] {
  if (check === undefined) return [];
  switch (check.type) {
    case "tcp":
      return tcpCheckProblems(path, check);
    case "http":
      return httpCheckProblems(path, check);
    case "ssl":
      return sslCheckProblems(path, check);
    case "none":
      return [];
    default:
      return unknownTypeProblems(`${path}.type`, check);
  }
}

/** A check of a real server that has no port of its own: keepalived would try port 0, where nobody listens. */
export function ownPortCheckProblems(path: string, check: DeepDeferrable<HealthCheck>): Problem[] {
  if (!triesOwnPort(check)) return [];
  const message = `must be set where the service has no single port, got none for ${check.type}; name the port to try`;
  return [{ path: `${path}.port`, message }];
}

function triesOwnPort(check: DeepDeferrable<HealthCheck>): boolean {
  switch (check.type) {
    case "tcp":
    case "http":
    case "ssl":
      return check.port === undefined;
    case "none":
      return false;
  }
}

/** For callers in plain JavaScript: no compiler stops them. */
function unknownTypeProblems(path: string, check: never): Problem[] {
  const { type } = check as { readonly type: unknown };
  return [{ path, message: `must be a known value, got ${shown(type)}; use one of tcp, http, ssl, none` }];
}
