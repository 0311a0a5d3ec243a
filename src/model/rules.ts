import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";

/** A value as error messages show it: text in single quotes, the rest bare, always on one line. */
export function shown(value: unknown): string {
  if (value instanceof Deferred) return "a value known only at apply";
  return escaped(typeof value === "string" ? `'${value}'` : String(value));
}

/** The text with its control characters and line separators as escapes, so that one problem stays one line. */
export function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is escaped
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeOf);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeOf(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

type Optional<T> = Deferrable<T> | undefined;

/** Refuses anything but a whole number in the range; lets values known only at apply pass. */
export function integerProblems(path: string, value: Optional<number>, min: number, max: number): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ path, message: `must be an integer from ${min} to ${max}, got ${shown(value)}` }];
}

/** Refuses anything but a number in the range with at most 3 decimals; `unit` names it in the message. */
export function numberProblems(
  path: string,
  value: Optional<number>,
  min: number,
  max: number,
  unit: string,
): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (!Number.isFinite(value) || value < min || value > max) {
    return [{ path, message: `must be from ${min} to ${max} ${unit}, got ${shown(value)}` }];
  }
  return hasDecimals(value, 3) ? [] : [{ path, message: `must have at most 3 decimals, got ${shown(value)}` }];
}

/** Whether `count` decimals are enough to write the number. */
export function hasDecimals(value: number, count: number): boolean {
  return Number(value.toFixed(count)) === value;
}

/** Refuses a word outside the list, and a token: the choice shapes the whole configuration, so synth must know it. */
export function oneOfProblems(path: string, value: Optional<string>, allowed: readonly string[]): Problem[] {
  if (value === undefined) return [];
  const choices = `use one of ${allowed.join(", ")}`;
  if (value instanceof Deferred)
    return [{ path, message: `must be known at synth, got a token; what else is written depends on it, ${choices}` }];
  return allowed.includes(value) ? [] : [{ path, message: `must be a known value, got ${shown(value)}; ${choices}` }];
}

/** Refuses a token where the value decides which blocks and files are written. */
export function literalProblems(path: string, value: Optional<string | number>): Problem[] {
  return value instanceof Deferred
    ? [{ path, message: "must be known at synth, got a token; what else is written depends on it, pass a literal" }]
    : [];
}

/** Refuses text that keepalived could not read back whole, quoted or not. */
export function quotableProblems(path: string, value: Optional<string>): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (value === "") return [{ path, message: "must not be empty, got ''; leave it out instead" }];
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/["\\\u0000-\u001f\u007f]/.test(value)) {
    return [{ path, message: `must have no quotes, backslashes or control characters, got ${shown(value)}` }];
  }
  return lineProblems(path, value);
}

/** keepalived cuts a line after 1023 bytes; the keyword before the text needs some of them. */
const LONGEST_IN_LINE = 900;

/** Refuses what keepalived would cut off, and what it would put something else in the place of. */
export function lineProblems(path: string, value: string): Problem[] {
  const bytes = Buffer.byteLength(value);
  if (bytes > LONGEST_IN_LINE) return [{ path, message: `must be at most ${LONGEST_IN_LINE} bytes, got ${bytes}` }];
  if (!/\$\{?_/.test(value)) return [];
  const message = "must not have '$_' or '${_', which keepalived takes for definitions of its own";
  return [{ path, message: `${message}, got ${shown(value)}` }];
}

/** The same for text that white space would end, or that no name of a host has. */
export function wordProblems(path: string, value: Optional<string>): Problem[] {
  const problems = quotableProblems(path, value);
  if (problems.length > 0 || typeof value !== "string" || !/\s/.test(value)) return problems;
  return [{ path, message: `must have no white space, got ${shown(value)}` }];
}

// eslint-disable-next-line no-control-regex -- control characters are among what is refused
const NOT_IN_INTERFACE_NAMES = /[\s\u0000-\u001f\u007f-\u009f/:"'#!{}@$%\\]/;

/** Refuses what the kernel would not take as the name of a network interface, and what no file could hold bare. */
export function interfaceProblems(path: string, value: Optional<string>): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (value === "." || value === "..") {
    return [{ path, message: `must be an interface name other than '.' and '..', got ${shown(value)}` }];
  }
  const bytes = Buffer.byteLength(value);
  if (bytes < 1 || bytes > 15) {
    return [{ path, message: `must be an interface name of 1 to 15 bytes, got ${shown(value)}` }];
  }
  if (!NOT_IN_INTERFACE_NAMES.test(value)) return [];
  const refused = `white space, control characters and / : " ' # ! { } @ $ % \\`;
  return [{ path, message: `must be an interface name without ${refused}, got ${shown(value)}` }];
}
