import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { wordProblems } from "../rules";
import { checkConnectionProblems, type CheckConnectionOptions } from "./connection";

/** How an SMTP check introduces itself. To look at several hosts, give several checks. */
export interface SmtpCheckOptions extends CheckConnectionOptions {
  /**
   * Name to greet the mail server with (keepalived: `helo_name`).
   * @default - keepalived's own default (`smtpchecker.keepalived.org`)
   */
  readonly heloName?: string;
}

/** The real server is up when it greets as a mail server and answers `HELO` (keepalived: `SMTP_CHECK`). */
export interface SmtpCheck extends SmtpCheckOptions {
  /** Tells it from other checks. */
  readonly type: "smtp";
}

export function smtpCheckProblems(path: string, check: DeepDeferrable<SmtpCheckOptions>): Problem[] {
  return [...wordProblems(`${path}.heloName`, check.heloName), ...checkConnectionProblems(path, check)];
}
