import type { IConstruct } from "constructs";
import { Fn, resolveTokens, Token } from "../../framework";
import { Deferred, type DeepDeferrable } from "../../model/deferred";
import { throwProblems, type Problem } from "../../model/problem";

/**
 * The same props with every token turned into a value that the model knows to leave alone. A token that cannot be used
 * there is refused at once, in an error that leads with the subject: `real server 'stack/web1'`.
 */
export function deferTokens<T>(subject: string, props: T): DeepDeferrable<T> {
  const problems: Problem[] = [];
  const deferred = defer(props, "", problems);
  throwProblems(subject, problems);
  return deferred as DeepDeferrable<T>;
}

/** The items of a list, when synth knows each of them; undefined when the list, or an item of it, is a token. */
export function knownItems(subject: string, path: string, list: readonly string[]): readonly string[] | undefined {
  if (Token.isUnresolved(list)) return undefined;
  throwProblems(
    subject,
    list.flatMap((item, index) => pieceProblems(`${path}[${index}]`, item)),
  );
  return list.some((item) => Token.isUnresolved(item)) ? undefined : list;
}

function defer(value: unknown, path: string, problems: Problem[]): unknown {
  const wrong = Array.isArray(value) ? wholeListProblems(path, value) : pieceProblems(path, value);
  problems.push(...wrong);
  if (wrong.length > 0) return value;
  if (typeof value === "string") return Token.isUnresolved(value) ? deferredText(value) : value;
  if (typeof value === "number") return Token.isUnresolved(value) ? new Deferred(Token.asString(value)) : value;
  if (Array.isArray(value)) return value.map((item, index) => defer(item, `${path}[${index}]`, problems));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, defer(item, path === "" ? key : `${path}.${key}`, problems)]),
  );
}

function wholeListProblems(path: string, items: readonly unknown[]): Problem[] {
  if (!Token.isUnresolved(items)) return [];
  const advice = "take items with Fn.element(list, 0), or make UnmanagedRealServers where it is about real servers";
  return [{ path, message: `must be known item by item, got one token for a whole list; ${advice}` }];
}

/** The framework refuses a piece of such a list too, but later, and without saying where it is. */
function pieceProblems(path: string, value: unknown): Problem[] {
  if (typeof value !== "string" || !value.includes("#{TfToken[")) return [];
  const advice = "use Fn.element(list, 0) or Fn.concat([list, others])";
  const message = `must not be list[0] or ...list of a token for a whole list, which has no items at synth; ${advice}`;
  return [{ path, message }];
}

function deferredText(token: string): Deferred {
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
