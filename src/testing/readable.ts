import type { IConstruct } from "constructs";
import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "../framework";
import { Deferred } from "../model/deferred";

/** The same shape as `T`, where what only apply knows is the text of its expression: `${aws_instance.web.private_ip}`. */
export type Readable<T> = T extends Deferred
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Readable<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Readable<T[Key]> }
      : T;

/** Turns the framework's tokens in a value of plain data into text for people. */
export type Reader = <T>(value: T) => Readable<T>;

/** A text token, and a number token that was printed into a text. */
const TOKEN = /\$\{TfToken\[[\w:.-]+\]\}|-\d(?:\.\d+)?e\+(?:29[89]|30\d)/g;
/** What puts an address in brackets when it turns out to be IPv6. */
const IN_BRACKETS = /^\$\{replace\((.*), "\/\^\(\.\*:\.\*\)\$\/", "\[\$1\]"\)\}$/s;
const SENSITIVE = /\bsensitive\(/;

/**
 * Reads tokens in the stack of the scope. A value of another stack is named as it is there by cdktf, and as the output of
 * that stack by cdktn, which prepares a stack for tests as for a deploy.
 */
export function readerFor(scope: IConstruct): Reader {
  const readText = (text: string): string => text.replace(TOKEN, (token) => expression(scope, token));
  const read = (value: unknown): unknown => {
    if (value instanceof Deferred) return readText(value.text);
    if (typeof value === "string") return readText(value);
    if (typeof value === "number") return Token.isUnresolved(value) ? readText(Token.asString(value)) : value;
    if (Array.isArray(value)) return value.map(read);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item)]));
  };
  return read as Reader;
}

/** Whether a value is data, and not something with a behaviour of its own. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function expression(scope: IConstruct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text = String(Tokenization.resolve(token, { scope, resolver }));
  // What a program marks by itself may have the secret in it.
  return SENSITIVE.test(text) ? "(sensitive)" : text.replace(IN_BRACKETS, "${$1}");
}

const readers = new WeakMap<object, Reader>();

/** Remembers how to read what is compared with something synthesized. */
export function withReader<T extends object>(synthesized: T, reader: Reader): T {
  readers.set(synthesized, reader);
  return synthesized;
}

/** How the tokens of a test are read that is about something synthesized. */
export function readerOf(synthesized: object): Reader | undefined {
  return readers.get(synthesized);
}
