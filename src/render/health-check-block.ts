import { printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
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
      option("status_code", text(check.statusCodes)),
    ]),
    ...connectionLines(check),
  ];
}

function connectionLines(check: DeepDeferrable<CheckConnectionOptions>): Body {
  return [
    option("connect_port", text(check.port)),
    option("connect_timeout", text(check.connectTimeoutSeconds)),
    option("retry", text(check.retries)),
    option("delay_before_retry", text(check.delayBeforeRetrySeconds)),
  ];
}

function text(value: Deferrable<string | number> | undefined): string | undefined {
  return value === undefined ? undefined : printed(value);
}
