import { Token, type IResolvable, type IResolveContext } from "../../framework";

/**
 * An expression of Terraform's own. What is put into it is written as a part of it, without braces of its own, and when
 * it comes from another stack as a reference to that.
 */
export class Expression implements IResolvable {
  public readonly creationStack = [];

  public constructor(
    private readonly words: readonly string[],
    private readonly values: readonly unknown[],
    private readonly around: readonly [start: string, end: string] = ["${", "}"],
  ) {}

  public resolve(context: IResolveContext): string {
    const inside = context.suppressBraces === true;
    context.suppressBraces = true;
    const text = this.words
      .map((word, index) => `${word}${index < this.values.length ? String(context.resolve(this.values[index])) : ""}`)
      .join("");
    const [start, end] = this.around;
    return inside ? text : `${start}${text}${end}`;
  }

  /** The token. */
  public toString(): string {
    return Token.asString(this);
  }
}

/** `${...}` with the values in it. */
export function expression(words: TemplateStringsArray, ...values: readonly unknown[]): Expression {
  return new Expression(words, values);
}
