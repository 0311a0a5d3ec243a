import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { shown } from "../rules";
import { bfdCheckProblems, type BfdCheck, type BfdCheckOptions } from "./bfd";
import type { CheckConnectionOptions, CheckTargetOptions } from "./connection";
import { dnsCheckProblems, type DnsCheck, type DnsCheckOptions } from "./dns";
import { fileCheckProblems, type FileCheck, type FileCheckOptions } from "./file";
import { httpCheckProblems, type HttpCheck, type HttpCheckOptions } from "./http";
import { pingCheckProblems, type PingCheck } from "./ping";
import { miscCheckProblems, type MiscCheck, type MiscCheckOptions } from "./script";
import { smtpCheckProblems, type SmtpCheck, type SmtpCheckOptions } from "./smtp";
import { sslCheckProblems, type SslCheck, type SslCheckOptions } from "./ssl";
import { tcpCheckProblems, type TcpCheck } from "./tcp";
import { udpCheckProblems, type UdpCheck, type UdpCheckOptions } from "./udp";

/** Real servers are never checked and always count as up. */
export interface NoCheck {
  /** Tells it from other checks. */
  readonly type: "none";
}

/** How keepalived finds out whether a real server is up; made by the functions of the same name. */
export type HealthCheck =
  | TcpCheck
  | HttpCheck
  | SslCheck
  | SmtpCheck
  | DnsCheck
  | UdpCheck
  | PingCheck
  | MiscCheck
  | BfdCheck
  | FileCheck
  | NoCheck;

const TYPES: readonly HealthCheck["type"][] = [
  "tcp",
  "http",
  "ssl",
  "smtp",
  "dns",
  "udp",
  "ping",
  "misc",
  "bfd",
  "file",
  "none",
];

/** Health checks, one function each. */
export const HealthCheck = {
  /** The real server must accept a TCP connection. */
  tcp: (options: CheckConnectionOptions = {}): HealthCheck => ({ type: "tcp", ...options }),
  /** The real server must answer a GET request. */
  http: (options: HttpCheckOptions): HealthCheck => ({ type: "http", ...options }),
  /** The real server must answer a GET request over TLS. */
  ssl: (options: SslCheckOptions): HealthCheck => ({ type: "ssl", ...options }),
  /** The real server must answer as a mail server. */
  smtp: (options: SmtpCheckOptions = {}): HealthCheck => ({ type: "smtp", ...options }),
  /** The real server must answer a DNS question over UDP. */
  dns: (options: DnsCheckOptions = {}): HealthCheck => ({ type: "dns", ...options }),
  /** The real server must not refuse a UDP packet, or must answer it. */
  udp: (options: UdpCheckOptions = {}): HealthCheck => ({ type: "udp", ...options }),
  /** The host of the real server must answer an echo request. */
  ping: (options: CheckTargetOptions = {}): HealthCheck => ({ type: "ping", ...options }),
  /** A script or program on the director must end with exit code 0. */
  misc: (options: MiscCheckOptions): HealthCheck => ({ type: "misc", ...options }),
  /** A BFD session of the director must be up. */
  bfd: (options: BfdCheckOptions): HealthCheck => ({ type: "bfd", ...options }),
  /** A number in a file of the director decides. */
  file: (options: FileCheckOptions): HealthCheck => ({ type: "file", ...options }),
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
    case "smtp":
      return smtpCheckProblems(path, check);
    case "dns":
      return dnsCheckProblems(path, check);
    case "udp":
      return udpCheckProblems(path, check);
    case "ping":
      return pingCheckProblems(path, check);
    case "misc":
      return miscCheckProblems(path, check);
    case "bfd":
      return bfdCheckProblems(path, check);
    case "file":
      return fileCheckProblems(path, check);
    case "none":
      return [];
    default:
      return unknownTypeProblems(`${path}.type`, check);
  }
}

/** For callers in plain JavaScript: no compiler stops them. */
function unknownTypeProblems(path: string, check: never): Problem[] {
  const { type } = check as { readonly type: unknown };
  return [{ path, message: `must be a known value, got ${shown(type)}; use one of ${TYPES.join(", ")}` }];
}
