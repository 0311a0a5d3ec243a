import { Deferred, type DeepDeferrable } from "../deferred";
import type { Problem } from "../problem";
import { quotableProblems, shown } from "../rules";
import { checkConnectionProblems, type CheckConnectionOptions } from "./connection";

/** What HTTP and SSL checks ask for, and the answer they want. */
export interface HttpCheckOptions extends CheckConnectionOptions {
  /** Path of the page to ask for, `/health` (keepalived: `url { path }`). */
  readonly path: string;
  /**
   * Host name to ask for in the `Host` header (keepalived: `virtualhost`).
   * @default - keepalived sends the address of the real server
   */
  readonly host?: string;
  /**
   * Status codes that mean healthy: codes and ranges from 100 to 599, separated by spaces, `200-299 301`
   * (keepalived: `status_code`).
   * @default - keepalived's own default (any code from 200 to 299)
   */
  readonly statusCodes?: string;
}

/** The real server is up when it answers a GET request over plain HTTP (keepalived: `HTTP_GET`). */
export interface HttpCheck extends HttpCheckOptions {
  readonly type: "http";
}

export function httpCheckProblems(path: string, check: DeepDeferrable<HttpCheckOptions>): Problem[] {
  return [
    ...urlPathProblems(`${path}.path`, check.path),
    ...hostProblems(`${path}.host`, check.host),
    ...statusCodesProblems(`${path}.statusCodes`, check.statusCodes),
    ...checkConnectionProblems(path, check),
  ];
}

function urlPathProblems(path: string, value: string | Deferred): Problem[] {
  if (value instanceof Deferred) return [];
  if (!value.startsWith("/") || /\s/.test(value)) {
    return [{ path, message: `must start with '/' and have no spaces, got ${shown(value)}` }];
  }
  return quotableProblems(path, value);
}

/** White space would end the `Host` header, or make a name that no server answers to. */
function hostProblems(path: string, value: string | Deferred | undefined): Problem[] {
  const problems = quotableProblems(path, value);
  if (problems.length > 0 || typeof value !== "string" || !/\s/.test(value)) return problems;
  return [{ path, message: `must have no white space, got ${shown(value)}` }];
}

function statusCodesProblems(path: string, value: string | Deferred | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  const valid = value.split(" ").every((item) => {
    const [low, high = low, ...rest] = item.split("-");
    return rest.length === 0 && isStatusCode(low) && isStatusCode(high) && Number(low) <= Number(high);
  });
  return valid
    ? []
    : [{ path, message: `must be codes or ranges from 100 to 599 like '200-299 301', got ${shown(value)}` }];
}

function isStatusCode(text: string | undefined): boolean {
  return text !== undefined && /^[1-5]\d\d$/.test(text);
}
