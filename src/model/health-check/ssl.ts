import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { httpCheckProblems, type HttpCheckOptions } from "./http";

/**
 * The real server is up when it answers a GET request over TLS (keepalived: `SSL_GET`). The certificate is not
 * verified.
 */
export interface SslCheck extends HttpCheckOptions {
  readonly type: "ssl";
  /**
   * Sends `host` as TLS server name, for real servers that choose their certificate by it; needs `host`
   * (keepalived: `enable_sni`).
   * @default - no server name is sent
   */
  readonly sni?: boolean;
}

export function sslCheckProblems(path: string, check: DeepDeferrable<SslCheck>): Problem[] {
  const problems = httpCheckProblems(path, check);
  if (check.sni === true && check.host === undefined) {
    problems.push({ path: `${path}.sni`, message: "needs a host to send, got none; set host" });
  }
  return problems;
}
