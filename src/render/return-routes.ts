import { addressFamily } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import type { ReturnPath } from "../model/return-path";
import type { NetworkObject } from "./network-unit";

/** Number of the routing table, and preference of the rules, that are ours. */
const TABLE = 112;
const PREFERENCE = 11200;

/**
 * Replies of the services go through the director, whatever else the host does: a routing table of its own for packets
 * that come from the service's port. Its login, and all other traffic, keeps its routes.
 */
export function returnRoutes(path: ReturnPath): NetworkObject[] {
  return [
    route(path, `default via ${printed(path.gateway)}`),
    // Checks of a director that is not the gateway at the moment are answered directly.
    ...path.directors
      .filter((director) => addressFamily(director) === addressFamily(path.gateway))
      .map((director) => route(path, `throw ${printed(director)}`)),
    ...path.sources.map(({ protocol, ports }) => rule(path, protocol.toLowerCase(), ports)),
  ];
}

function route(path: ReturnPath, words: string): NetworkObject {
  const ip = family(path.gateway);
  return {
    add: `${ip}route add ${words} table ${TABLE}`,
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
  return addressFamily(gateway) === "IPv6" ? "-6 " : "";
}
