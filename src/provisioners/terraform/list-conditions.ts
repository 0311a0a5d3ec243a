import { Fn } from "../../framework";
import type { AddressFamily } from "../../model/address";
import { printed } from "../../model/deferred";
import type { DeferredList } from "../../model/deferred-list";
import type { ListRule } from "../../model/real-server-list";
import { AddressList } from "./address-list";
import type { Precondition } from "./carrier";
import { expression, type Expression } from "./expression";

/** What must be true of the addresses of lists before Terraform connects to a host. */
export function listConditions(rules: readonly ListRule[]): Precondition[] {
  return rules.flatMap((rule) => [kindCondition(rule), newnessCondition(rule)]);
}

function kindCondition({ service, list, family }: ListRule): Precondition {
  const addresses = valueOf(list);
  const right = family === undefined ? "IPv4 or IPv6 addresses" : `${family} addresses, like its VIP`;
  return {
    condition: expression`alltrue([for address in ${addresses} : can(${familyTest(family)})])`.toString(),
    errorMessage: `service ${service}: the list of real servers must hold ${right}, got ${joined(addresses)}`,
  };
}

/** Fails for what is no address of the family. */
function familyTest(family: AddressFamily | undefined): Expression {
  if (family === "IPv4") return expression`cidrnetmask("\${address}/32")`;
  return family === "IPv6" ? expression`cidrhost("\${address}/128", 0)` : expression`cidrhost("\${address}/32", 0)`;
}

function newnessCondition({ service, list, others, otherLists }: ListRule): Precondition {
  const taken = otherLists.reduce(
    (sum, other) => expression`concat(${sum}, ${valueOf(other)})`,
    expression`${Fn.tolist(others.map(printed))}`,
  );
  const double = expression`setintersection(${valueOf(list)}, ${taken})`;
  const advice = "its VIPs and its other real servers must not be in the list of real servers";
  return {
    condition: expression`length(${double}) == 0`.toString(),
    errorMessage: `service ${service}: ${advice}, got ${joined(double)}`,
  };
}

function joined(addresses: unknown): string {
  return expression`join(", ", ${addresses})`.toString();
}

/** The list in an expression. */
function valueOf(list: DeferredList): unknown {
  return list instanceof AddressList ? list.value : [];
}
