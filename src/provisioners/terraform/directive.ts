import { Tokenization } from "../../framework";
import { Expression, expression } from "./expression";

/** A directive of Terraform's templates: `%{ ... }`. */
export class Directive extends Expression {
  public constructor(
    content: Expression,
    /** How often the text up to the end is there; undefined for the end. */
    public readonly times?: Expression,
  ) {
    super(["", ""], [content], ["%{ ", " }"]);
  }
}

/** Keeps tokens as parts of their own. */
const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/** How many lines a text has, as an expression: those of a directive count as often as they are there. */
export function lineCount(text: string): Expression {
  const open: Expression[] = [];
  const breaks = new Map<Expression | undefined, number>();
  for (const part of text.split(TOKEN)) {
    const directive = directiveOf(part);
    const times = open.at(-1);
    if (directive?.times !== undefined) open.push(directive.times);
    else if (directive !== undefined) open.pop();
    else breaks.set(times, (breaks.get(times) ?? 0) + part.split("\n").length - 1);
  }
  return [...breaks].reduce(
    (sum, [times, count]) => (times === undefined || count === 0 ? sum : expression`${sum} + ${count} * ${times}`),
    expression`${(breaks.get(undefined) ?? 0) + 1}`,
  );
}

function directiveOf(part: string): Directive | undefined {
  const [token] = TOKEN.test(part) ? Tokenization.reverse(part) : [];
  return token instanceof Directive ? token : undefined;
}
