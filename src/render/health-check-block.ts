import { printed, type DeepDeferrable } from "../model/deferred";
import type { HealthCheck } from "../model/health-check";
import type { CheckConnectionOptions } from "../model/health-check/connection";
import type { HttpCheckOptions } from "../model/health-check/http";
import { block, option, quoted, type Block, type Body } from "./block-writer";

/** The checker block of a real server; undefined when it is not checked. */
export function healthCheckBlock(check: DeepDeferrable<HealthCheck>): Block | undefined {
  switch (check.type) {
    case "tcp":
      return block("TCP_CHECK", connectionLines(check));
    case "http":
      return block("HTTP_GET", httpLines(check));
    case "ssl":
      return block("SSL_GET", [check.sni === true ? "enable_sni" : undefined, ...httpLines(check)]);
    case "none":
      return undefined;
    default:
      // A type without a block would go unchecked in silence.
      return check satisfies never;
  }
}

function httpLines(check: DeepDeferrable<HttpCheckOptions>): Body {
  return [
    block("url", [
      `path ${quoted(printed(check.path))}`,
      check.host === undefined ? undefined : `virtualhost ${quoted(printed(check.host))}`,
      option("status_code", check.statusCodes),
    ]),
    ...connectionLines(check),
  ];
}

function connectionLines(check: DeepDeferrable<CheckConnectionOptions>): Body {
  return [
    option("connect_port", check.port),
    option("connect_timeout", check.connectTimeoutSeconds),
    option("retry", check.retries),
    option("delay_before_retry", check.delayBeforeRetrySeconds),
  ];
}
