import { canonicalAddress } from "../model/address";
import { Deferred, printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
import { RouteType, type NextHop, type Route } from "../model/virtual-route";
import type { Rule } from "../model/virtual-rule";
import { flag, option, words } from "./block-writer";

/** A line of `virtual_routes` or `static_routes`. */
export function routeLine(route: Route): string {
  const { type = RouteType.UNICAST, nextHops = [], track = true } = route;
  return words(
    type === RouteType.UNICAST ? undefined : type,
    network(route.to),
    option("via", route.via),
    option("dev", route.device),
    option("src", route.source),
    option("table", route.table),
    option("metric", route.metric),
    option("scope", route.scope),
    flag("onlink", route.onLink),
    option("mtu", route.mtu),
    option("advmss", route.advertisedMss),
    option("initcwnd", route.initialCongestionWindow),
    option("initrwnd", route.initialReceiveWindow),
    // keepalived complains of a route that it cannot watch.
    flag("no_track", !track || route.device === undefined),
    // Nothing may follow the ways.
    ...nextHops.map(nextHop),
  );
}

function nextHop({ via, device, weight = 1, onLink }: DeepDeferrable<NextHop>): string {
  return words("nexthop via", via, option("dev", device), "weight", weight, flag("onlink", onLink));
}

/** A line of `virtual_rules` or `static_rules`. */
export function ruleLine(rule: Rule): string {
  const { to, firewallMark, firewallMask, track = true } = rule;
  return words(
    flag("not", rule.not),
    sourceOf(rule),
    option("to", to && network(to)),
    option("iif", rule.inputInterface),
    option("oif", rule.outputInterface),
    option("fwmark", firewallMark && mark(firewallMark, firewallMask)),
    option("tos", rule.tos),
    option("ipproto", rule.protocol),
    option("sport", rule.sourcePorts && range(rule.sourcePorts)),
    option("dport", rule.destinationPorts && range(rule.destinationPorts)),
    option("table", rule.table),
    option("suppress_prefixlength", rule.suppressPrefixLength),
    rule.action,
    option("goto", rule.goTo),
    option("preference", rule.preference),
    flag("no_track", !track),
  );
}

/** Of a rule without addresses it tells the family; keepalived 2.2 would pass over a word after `inet6`. */
function sourceOf({ from, to, family }: Rule): string | undefined {
  if (from !== undefined) return `from ${printed(network(from))}`;
  return to === undefined && family === "IPv6" ? "from ::/0" : undefined;
}

function mark(value: Deferrable<number>, mask: Deferrable<number> | undefined): string {
  return mask === undefined ? printed(value) : `${printed(value)}/${printed(mask)}`;
}

/** keepalived 2.2 does not take a single port. */
function range(ports: Deferrable<string>): Deferrable<string> {
  return ports instanceof Deferred || ports.includes("-") ? ports : `${ports}-${ports}`;
}

function network(value: Deferrable<string>): Deferrable<string> {
  if (value instanceof Deferred) return value;
  const [address = "", length] = value.split("/");
  const canonical = printed(canonicalAddress(address));
  return length === undefined ? canonical : `${canonical}/${length}`;
}
