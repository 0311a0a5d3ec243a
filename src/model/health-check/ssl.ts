import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { httpCheckProblems, urlsOf, type HttpCheckOptions } from "./http";

/** What an SSL check asks for, and how. */
export interface SslCheckOptions extends HttpCheckOptions {
  /**
   * Sends `host` as TLS server name, for real servers that choose their certificate by it; needs `host`
   * (keepalived: `enable_sni`).
   * @default - no server name is sent
   */
  readonly sni?: boolean;
  /**
   * Ends the TLS session as the standard wants it, for real servers that log an error otherwise; needs keepalived 2.2.8
   * (keepalived: `tls_compliant`).
   * @default - the connection is closed at once
   */
  readonly tlsCompliant?: boolean;
}

/**
 * The real server is up when it answers a GET request over TLS (keepalived: `SSL_GET`). The certificate is not
 * verified.
 */
export interface SslCheck extends SslCheckOptions {
  /** Tells it from other checks. */
  readonly type: "ssl";
}

export function sslCheckProblems(path: string, check: DeepDeferrable<SslCheckOptions>): Problem[] {
  const nameless = check.sni === true && urlsOf(check).some(({ host }) => host === undefined);
  return [
    ...httpCheckProblems(path, check),
    ...(nameless ? [{ path: `${path}.sni`, message: "needs a host to send, got none; set host" }] : []),
  ];
}
