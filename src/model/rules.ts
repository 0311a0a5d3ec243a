import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";

/** A value as error messages show it: text in single quotes, the rest bare. */
export function shown(value: unknown): string {
  if (value instanceof Deferred) return "a value known only at apply";
  return typeof value === "string" ? `'${value}'` : String(value);
}

type Optional<T> = Deferrable<T> | undefined;

/** Refuses anything but a whole number in the range; lets values known only at apply pass. */
export function integerProblems(path: string, value: Optional<number>, min: number, max: number): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ path, message: `must be an integer from ${min} to ${max}, got ${shown(value)}` }];
}

/** Refuses anything but a finite number in the range; `unit` names it in the message. */
export function numberProblems(
  path: string,
  value: Optional<number>,
  min: number,
  max: number,
  unit: string,
): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (Number.isFinite(value) && value >= min && value <= max) return [];
  return [{ path, message: `must be from ${min} to ${max} ${unit}, got ${shown(value)}` }];
}

/** Refuses a word outside the list, and a token: the choice shapes the whole configuration, so synth must know it. */
export function oneOfProblems(path: string, value: Optional<string>, allowed: readonly string[]): Problem[] {
  if (value === undefined) return [];
  const choices = `use one of ${allowed.join(", ")}`;
  if (value instanceof Deferred) return [{ path, message: `must be known at synth, got a token; ${choices}` }];
  return allowed.includes(value) ? [] : [{ path, message: `must be a known value, got ${shown(value)}; ${choices}` }];
}

/** Refuses a token where the value decides which blocks and files are written. */
export function literalProblems(path: string, value: Optional<string | number>): Problem[] {
  return value instanceof Deferred ? [{ path, message: "must be known at synth, got a token; pass a literal" }] : [];
}

/** Refuses text that keepalived could not read back whole, quoted or not. */
export function quotableProblems(path: string, value: Optional<string>): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (value === "") return [{ path, message: "must not be empty, got ''; leave it out instead" }];
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (!/["\\\u0000-\u001f\u007f]/.test(value)) return [];
  return [{ path, message: `must have no quotes, backslashes or control characters, got ${JSON.stringify(value)}` }];
}

const INTERFACE_NAME = /^[^\s/:"#!]{1,15}$/;

/** Refuses what the kernel would not accept as the name of a network interface. */
export function interfaceProblems(path: string, value: Optional<string>): Problem[] {
  if (value === undefined || value instanceof Deferred || INTERFACE_NAME.test(value)) return [];
  return [
    { path, message: `must be an interface name of 1 to 15 characters without space, '/' or ':', got ${shown(value)}` },
  ];
}
