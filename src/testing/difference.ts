import { canonicalAddress } from "../model/address";
import { shown } from "../model/rules";
import { isPlain } from "./readable";

/** How the test framework compares two values. */
export type Equals = (a: unknown, b: unknown) => boolean;

/** One thing that was looked for and is not so. */
export interface Difference {
  /** `persistence.timeoutSeconds` */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What of the expected is not so in the actual, which may hold more; addresses are the same in any spelling. */
export function differences(actual: unknown, expected: unknown, equals: Equals, path = ""): Difference[] {
  if (isPlain(expected) && (isPlain(actual) || actual === undefined)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(actual?.[key], value, equals, path === "" ? key : `${path}.${key}`),
    );
  }
  return equals(canonical(actual), canonical(expected)) ? [] : [{ path, expected, actual }];
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  return typeof value === "string" ? canonicalAddress(value) : value;
}

/** `port: expected 443, got 80` */
export function differenceText({ path, expected, actual }: Difference): string {
  return `${path}: expected ${valueText(expected)}, got ${actual === undefined ? "nothing" : valueText(actual)}`;
}

/** Every value looked for, one line each: `persistence.timeoutSeconds: 300`. */
export function valueLines(value: unknown, path = ""): string[] {
  if (!isPlain(value)) return [`${path}: ${valueText(value)}`];
  return Object.entries(value).flatMap(([key, item]) => valueLines(item, path === "" ? key : `${path}.${key}`));
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (isPlain(value)) {
    const words = Object.entries(value).map(([key, item]) => `${key}: ${valueText(item)}`);
    return `{ ${words.join(", ")} }`;
  }
  return typeof value === "object" && value !== null ? asymmetricText(value) : shown(value);
}

/** `Any<Number>`, `StringContaining 'web'`: what the test framework compares by itself. */
function asymmetricText(value: AsymmetricMatcher): string {
  if (value.toAsymmetricMatcher !== undefined) return value.toAsymmetricMatcher();
  return value.sample === undefined ? value.toString() : `${value.toString()} ${valueText(value.sample)}`;
}

interface AsymmetricMatcher {
  toString(): string;
  toAsymmetricMatcher?(): string;
  readonly sample?: unknown;
}
