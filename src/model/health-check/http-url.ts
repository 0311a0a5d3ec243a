import { Deferred, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { lineProblems, quotableProblems, shown, wordProblems } from "../rules";
import { httpRegexProblems, type HttpRegex } from "./http-regex";

/** One page that HTTP and SSL checks ask for, and the answer they want (keepalived: `url`). */
export interface HttpUrl {
  /** Path of the page, `/health` (keepalived: `path`). */
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
  /**
   * MD5 digest of the page in 32 hexadecimal digits, as genhash(1) prints it (keepalived: `digest`).
   * @default - the page may say anything
   */
  readonly digest?: string;
  /**
   * What the page must say, or must not.
   * @default - the page may say anything
   */
  readonly regex?: HttpRegex;
}

export function httpUrlProblems(path: string, url: DeepDeferrable<HttpUrl>): Problem[] {
  return [
    ...urlPathProblems(`${path}.path`, url.path),
    ...wordProblems(`${path}.host`, url.host),
    ...statusCodesProblems(`${path}.statusCodes`, url.statusCodes),
    ...digestProblems(`${path}.digest`, url.digest),
    ...(url.regex === undefined ? [] : httpRegexProblems(`${path}.regex`, url.regex)),
  ];
}

function urlPathProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred) return [];
  if (!value.startsWith("/") || /\s/.test(value)) {
    return [{ path, message: `must start with '/' and have no spaces, got ${shown(value)}` }];
  }
  return quotableProblems(path, value);
}

function statusCodesProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  const valid = value.split(" ").every((item) => {
    const [low, high = low, ...rest] = item.split("-");
    return rest.length === 0 && isStatusCode(low) && isStatusCode(high) && Number(low) <= Number(high);
  });
  if (valid) return lineProblems(path, value);
  return [{ path, message: `must be codes or ranges from 100 to 599 like '200-299 301', got ${shown(value)}` }];
}

function isStatusCode(text: string | undefined): boolean {
  return text !== undefined && /^[1-5]\d\d$/.test(text);
}

function digestProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred || /^[0-9a-f]{32}$/i.test(value)) return [];
  return [{ path, message: `must be 32 hexadecimal digits, got ${shown(value)}` }];
}
