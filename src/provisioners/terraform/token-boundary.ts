import type { IConstruct } from "constructs";
import { Fn, resolveTokens, Token } from "../../framework";
import { Deferred, type DeepDeferrable } from "../../model/deferred";
import { ConfigError } from "../../model/problem";

/** The same props with every token turned into a value that the model knows to leave alone. */
export function deferTokens<T>(value: T): DeepDeferrable<T> {
  return defer(value, "") as DeepDeferrable<T>;
}

/** The items of a list, when synth knows each of them; undefined when the list, or an item of it, is a token. */
export function knownItems(path: string, list: readonly string[]): readonly string[] | undefined {
  if (Token.isUnresolved(list)) return undefined;
  list.forEach((item, index) => deferText(item, `${path}[${index}]`));
  return list.some((item) => Token.isUnresolved(item)) ? undefined : list;
}

function defer(value: unknown, path: string): unknown {
  if (typeof value === "string") return deferText(value, path);
  if (typeof value === "number") return Token.isUnresolved(value) ? new Deferred(Token.asString(value)) : value;
  if (Array.isArray(value)) return deferItems(value, path);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, defer(item, path === "" ? key : `${path}.${key}`)]),
  );
}

function deferItems(items: readonly unknown[], path: string): unknown {
  if (!Token.isUnresolved(items)) return items.map((item, index) => defer(item, `${path}[${index}]`));
  const advice = "take items with Fn.element(list, 0), or make UnmanagedRealServers where it is about real servers";
  const message = `must be known item by item, got one token for a whole list; ${advice}`;
  throw new ConfigError("token", [{ path, message }]);
}

function deferText(text: string, path: string): unknown {
  // The framework refuses it too, but later, and without saying where it is.
  if (text.includes("#{TfToken[")) {
    const advice = "use Fn.element(list, 0) or Fn.concat([list, others])";
    const message = `must not be list[0] or ...list of a token for a whole list, which has no items at synth; ${advice}`;
    throw new ConfigError("token", [{ path, message }]);
  }
  return Token.isUnresolved(text) ? deferred(text) : text;
}

function deferred(token: string): Deferred {
  const ipv4Prefixed = Fn.replace(token, "/^([^:]*)$/", "$1/32");
  return new Deferred(
    token,
    Fn.replace(token, "/^(.*:.*)$/", "[$1]"),
    Fn.replace(ipv4Prefixed, "/^(.*:.*)$/", "$1/128"),
  );
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}

/** The same value with every token as Terraform gets it, `${aws_instance.web.private_ip}`, for people to read. */
export function readableTokens<T>(scope: IConstruct, value: T): T {
  return readable(scope, value) as T;
}

function readable(scope: IConstruct, value: unknown): unknown {
  if (value instanceof Deferred) return new Deferred(resolveTokens(scope, value.text));
  if (Array.isArray(value)) return value.map((item) => readable(scope, item));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(scope, item)]));
}
