import type { DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { oneOfProblems } from "../rules";
import { checkConnectionProblems, type CheckConnectionOptions } from "./connection";
import { httpUrlProblems, type HttpUrl } from "./http-url";

/** Version of HTTP that a check speaks (keepalived: `http_protocol`). */
export enum HttpProtocol {
  /** Without a header on the connection. */
  V1_0 = "1.0",
  /** 1.0 with the header `Connection: close`. */
  V1_0C = "1.0C",
  /** With the header `Connection: close` too. */
  V1_1 = "1.1",
}

/** What HTTP and SSL checks ask for: one page, given by `path` and what goes with it, or several as `urls`. */
export interface HttpCheckOptions extends CheckConnectionOptions, Partial<HttpUrl> {
  /**
   * Several pages, all of which must be as wanted. They are asked for in turn, one per check, so a fault of one of them
   * is noticed only when its turn comes (keepalived: `url`, several).
   * @default - the one page of `path`
   */
  readonly urls?: readonly HttpUrl[];
  /**
   * Version of HTTP (keepalived: `http_protocol`).
   * @default - keepalived's own default (1.0)
   */
  readonly protocol?: HttpProtocol;
  /**
   * After a failure all pages are asked for at once, without waiting for the next check between them
   * (keepalived: `fast_recovery`).
   * @default false
   */
  readonly fastRecovery?: boolean;
}

/** The real server is up when it answers a GET request over plain HTTP (keepalived: `HTTP_GET`). */
export interface HttpCheck extends HttpCheckOptions {
  /** Tells it from other checks. */
  readonly type: "http";
}

export function httpCheckProblems(path: string, check: DeepDeferrable<HttpCheckOptions>): Problem[] {
  return [
    ...pagesProblems(path, check),
    ...oneOfProblems(`${path}.protocol`, check.protocol, Object.values(HttpProtocol)),
    ...checkConnectionProblems(path, check),
  ];
}

function pagesProblems(path: string, check: DeepDeferrable<HttpCheckOptions>): Problem[] {
  const { urls } = check;
  if (urls === undefined) {
    if (check.path !== undefined) return urlsOf(check).flatMap((url) => httpUrlProblems(path, url));
    return [{ path: `${path}.path`, message: "must be the path of a page, got none; set path, or urls" }];
  }
  return [
    ...(urls.length > 0 ? [] : [{ path: `${path}.urls`, message: "must hold at least one page, got none" }]),
    ...(["path", "statusCodes", "digest", "regex"] as const).flatMap((name) =>
      check[name] === undefined
        ? []
        : [{ path: `${path}.${name}`, message: "must not be set beside urls, got both; move it into urls" }],
    ),
    ...urls.flatMap((url, index) => httpUrlProblems(`${path}.urls[${index}]`, url)),
  ];
}

/** The pages of a check; `host` of the check is that of every page without one of its own. */
export function urlsOf(check: DeepDeferrable<HttpCheckOptions>): DeepDeferrable<HttpUrl>[] {
  const { path = "/", host, statusCodes, digest, regex, urls } = check;
  const defaults = host === undefined ? {} : { host };
  if (urls !== undefined) return urls.map((url) => ({ ...defaults, ...url }));
  return [
    {
      path,
      ...defaults,
      ...(statusCodes !== undefined && { statusCodes }),
      ...(digest !== undefined && { digest }),
      ...(regex !== undefined && { regex }),
    },
  ];
}
