/**
 * A value that another resource gives and that only `terraform apply` knows.
 *
 * The model carries it through unread: rules skip it, renderers print its text, and Terraform puts the real value
 * there. Only the constructs make one (see token-boundary.ts).
 */
export class Deferred {
  public constructor(
    /** The placeholder to print where the value belongs. */
    public readonly text: string,
    /** The same, but in square brackets when the value turns out to be an IPv6 address. */
    public readonly bracketed: string = text,
    /** The same, with `/32` or `/128` behind it, as its family turns out to need. */
    public readonly prefixed: string = text,
  ) {}
}

/** A value known now, or at apply. */
export type Deferrable<T> = T | Deferred;

/**
 * The same shape as `T`, where every text and number may be known only at apply. Words from a closed list stay as
 * they are: they shape the configuration, so synth must know them.
 */
export type DeepDeferrable<T> = T extends string | number
  ? string extends T
    ? Deferrable<T>
    : number extends T
      ? Deferrable<T>
      : T
  : T extends readonly (infer Item)[]
    ? readonly DeepDeferrable<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: DeepDeferrable<T[Key]> }
      : T;

/** The value as it is printed into a file. */
export function printed(value: Deferrable<string | number>): string {
  return value instanceof Deferred ? value.text : String(value);
}

/** Whether both stand for the same value, as far as can be known before apply. */
export function sameValue(a: Deferrable<string | number>, b: Deferrable<string | number>): boolean {
  return printed(a) === printed(b);
}
