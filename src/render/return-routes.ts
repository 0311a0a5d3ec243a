import { printed, type Deferrable } from "../model/deferred";
import { familyOf } from "../model/packet-mark";
import type { ReturnPath } from "../model/return-path";
import type { NetworkObject } from "./network-unit";

/** Number of the routing table, and preference of the rules, that are ours; those of all other traffic come after it. */
const TABLE = 112;
const PREFERENCE = 11200;

/**
 * Replies of the services go through the director, whatever else the host does: a routing table of its own for packets
 * that come from the service's port. Its login, and all other traffic, keeps its routes.
 */
export function returnRoutes(path: ReturnPath): NetworkObject[] {
  return [
    // In place of another gateway: its route would be in the way.
    route(path, `default via ${printed(path.gateway)}`, "replace"),
    // Checks of a director that is not the gateway at the moment are answered directly.
    ...path.directors
      .filter((director) => familyOf(director) === familyOf(path.gateway))
      .map((director) => route(path, `throw ${printed(director)}`)),
    ...path.sources.map(({ protocol, ports }) => rule(path, protocol.toLowerCase(), ports)),
  ];
}

/**
 * All else goes through the director too, but what the host reaches in its own networks, and the replies of its login:
 * they keep the default route, so that a host whose director is not there yet, or no more, can still be reached.
 */
export function otherRoutes({ gateway }: ReturnPath, loginPorts: readonly Deferrable<number>[]): NetworkObject[] {
  const logins = loginPorts.map((port) => `ipproto tcp sport ${printed(port)} lookup main`);
  return [
    ...logins.map((words) => ruleForAll(gateway, PREFERENCE + 1, words)),
    ruleForAll(gateway, PREFERENCE + 2, "lookup main suppress_prefixlength 0"),
    ruleForAll(gateway, PREFERENCE + 3, `lookup ${TABLE}`),
  ];
}

function ruleForAll(gateway: Deferrable<string>, preference: number, words: string): NetworkObject {
  const ip = family(gateway);
  return {
    add: `${ip}rule add pref ${preference} ${words}`,
    delete: `${ip}rule delete pref ${preference} ${words}`,
    show: `${ip}rule show pref ${preference}`,
    text: `from all ${words}`,
  };
}

function route(path: ReturnPath, words: string, how: "add" | "replace" = "add"): NetworkObject {
  const ip = family(path.gateway);
  return {
    add: `${ip}route ${how} ${words} table ${TABLE}`,
    delete: `${ip}route delete ${words} table ${TABLE}`,
    show: `${ip}route show table ${TABLE}`,
    text: `${words} `,
  };
}

function rule(path: ReturnPath, protocol: string, ports: Deferrable<number | string>): NetworkObject {
  const ip = family(path.gateway);
  const selector = `from ${printed(path.address)} ipproto ${protocol} sport ${printed(ports)}`;
  return {
    add: `${ip}rule add pref ${PREFERENCE} ${selector} table ${TABLE}`,
    delete: `${ip}rule delete pref ${PREFERENCE} ${selector} table ${TABLE}`,
    show: `${ip}rule show pref ${PREFERENCE}`,
    text: `${selector} lookup ${TABLE}`,
  };
}

function family(gateway: Deferrable<string>): string {
  return familyOf(gateway) === "IPv6" ? "-6 " : "";
}
