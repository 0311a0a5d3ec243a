import type { IConstruct } from "constructs";
import { Fn, resolveTokens, Token } from "../../framework";
import { Deferred, type DeepDeferrable } from "../../model/deferred";
import { ConfigError } from "../../model/problem";

/** The same props with every token turned into a value that the model knows to leave alone. */
export function deferTokens<T>(value: T): DeepDeferrable<T> {
  return defer(value, []) as DeepDeferrable<T>;
}

function defer(value: unknown, path: readonly string[]): unknown {
  if (typeof value === "string") return Token.isUnresolved(value) ? deferred(value) : value;
  if (typeof value === "number") return Token.isUnresolved(value) ? new Deferred(Token.asString(value)) : value;
  if (Array.isArray(value)) return deferItems(value, path);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, defer(item, [...path, key])]));
}

function deferItems(items: readonly unknown[], path: readonly string[]): unknown {
  if (!Token.isUnresolved(items)) return items.map((item, index) => defer(item, [...path, String(index)]));
  throw new ConfigError("list", [
    {
      path: path.join("."),
      message: "must be known item by item, got one token for the whole list; pass [list[0], ...]",
    },
  ]);
}

function deferred(token: string): Deferred {
  return new Deferred(token, Fn.replace(token, "/^(.*:.*)$/", "[$1]"));
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
