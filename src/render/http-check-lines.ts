import { printed, type DeepDeferrable } from "../model/deferred";
import { urlsOf, type HttpCheckOptions } from "../model/health-check/http";
import { escapedPattern, type HttpRegex } from "../model/health-check/http-regex";
import type { HttpUrl } from "../model/health-check/http-url";
import { block, flag, option, quoted, type Block, type Body } from "./block-writer";
import { connectionLines } from "./check-connection-lines";

/** What HTTP and SSL checks have in common: protocol, pages, connection. */
export function httpLines(check: DeepDeferrable<HttpCheckOptions>): Body {
  return [
    option("http_protocol", check.protocol),
    flag("fast_recovery", check.fastRecovery),
    ...urlsOf(check).map(urlBlock),
    ...connectionLines(check),
  ];
}

function urlBlock(url: DeepDeferrable<HttpUrl>): Block {
  return block("url", [
    `path ${quoted(printed(url.path))}`,
    url.host === undefined ? undefined : `virtualhost ${quoted(printed(url.host))}`,
    option("digest", url.digest),
    option("status_code", url.statusCodes),
    ...(url.regex === undefined ? [] : regexLines(url.regex)),
  ]);
}

function regexLines(regex: DeepDeferrable<HttpRegex>): Body {
  const { options = [], stackBytes } = regex;
  return [
    `regex ${quoted(escapedPattern(printed(regex.pattern)))}`,
    flag("regex_no_match", regex.noMatch),
    options.length === 0 ? undefined : `regex_options ${options.join(" ")}`,
    option("regex_min_offset", regex.minOffset),
    option("regex_max_offset", regex.maxOffset),
    stackBytes && `regex_stack ${printed(stackBytes.start)} ${printed(stackBytes.max)}`,
  ];
}
