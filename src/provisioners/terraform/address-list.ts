import type { Construct } from "constructs";
import { Fn, TerraformLocal } from "../../framework";
import { Deferred } from "../../model/deferred";
import type { DeferredList } from "../../model/deferred-list";
import { Directive } from "./directive";
import { expression, type Expression } from "./expression";

const END_FOR = new Directive(expression`endfor`);
const END_IF = new Directive(expression`endif`);

/**
 * Addresses as a Terraform local: sorted, each once, those of IPv6 in their one printed form. What belongs to each of
 * them is repeated by directives of Terraform's templates, in which tokens and escapes are what they are elsewhere.
 */
export class AddressList implements DeferredList {
  public readonly item = new Deferred(
    expression`address`.toString(),
    expression`replace(address, "/^(.*:.*)$/", "[$1]")`.toString(),
  );
  /** The addresses, in expressions. */
  public readonly value: unknown;
  private readonly count: Expression;
  private readonly each: Directive;
  private readonly any: Directive;

  public constructor(scope: Construct, id: string, addresses: readonly string[]) {
    const all = Fn.tolist(addresses);
    // Of an IPv4 address nothing is left with this mask.
    const printed = expression`[for address in ${all} : try(cidrhost("\${address}/128", 0), address)]`;
    this.value = new TerraformLocal(scope, id, expression`sort(distinct(${printed}))`).expression;
    this.count = expression`length(${this.value})`;
    this.any = directiveIf(this.count);
    this.each = new Directive(expression`for address in ${this.value}`, this.count);
  }

  public repeated(text: string): string {
    return `${this.each.toString()}${text}${END_FOR.toString()}`;
  }

  public unlessEmpty(others: readonly DeferredList[], text: string): string {
    const counts = others.flatMap((list) => (list instanceof AddressList ? [list.count] : []));
    const condition =
      counts.length === 0
        ? this.any
        : directiveIf(counts.reduce((sum, count) => expression`${sum} + ${count}`, this.count));
    return `${condition.toString()}${text}${END_IF.toString()}`;
  }
}

function directiveIf(count: Expression): Directive {
  return new Directive(expression`if ${count} > 0`, expression`(${count} > 0 ? 1 : 0)`);
}
