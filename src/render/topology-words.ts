import { methodName } from "../model/forwarding-method";
import { TableOwner } from "../model/table-owner";
import type { PooledServer, PoolLink, ServerPool } from "../model/topology-groups";
import type {
  CheckSummary,
  ServerRoute,
  ServiceSummary,
  TopologyDirectors,
  TopologyService,
  VipGroup,
  VipHolder,
  VrrpSummary,
} from "../model/topology";

/** Rows of a box beyond this many are told apart: as its tooltip, or as a comment. */
const MOST_ROWS = 12;

/** The rows that a box shows, and all of them again when it does not show them all. */
export function shownRows<T>(rows: readonly T[]): { readonly shown: readonly T[]; readonly hidden: number } {
  const shown = rows.slice(0, MOST_ROWS);
  return { shown, hidden: rows.length - shown.length };
}

export function moreText(hidden: number): string {
  return `and ${hidden} more`;
}

export function directorsTitle({ name, tableOwner, vipGroups }: TopologyDirectors): string {
  const vrrp = vipGroups.some((group) => group.vrrp !== undefined) ? ", VRRP" : "";
  return `${name} (${tableOwner === TableOwner.KEEPALIVED ? "keepalived" : "ipvsadm"}${vrrp})`;
}

export function vipTitle({ name, vrrp }: VipGroup): string {
  return vrrp === undefined ? "VIPs" : `VRRP instance ${name}`;
}

/** Where the VIPs are, and who is to hold them: the first director while all is well. */
export function vipNotes(group: VipGroup, hosts: TopologyDirectors["hosts"]): string[] {
  const { interface: device, vrrp, vips, holders } = group;
  const place = device === undefined ? "the host has them already" : `on ${device}`;
  return [
    vips.length === 0 ? "no VIP" : place,
    ...(vrrp === undefined ? [] : [`VRID ${vrrp.virtualRouterId}${advertsText(vrrp)}`]),
    ...holders.flatMap((holder) => holderText(holder, hosts)),
    ...(vrrp?.preempt === false ? ["no preemption"] : []),
    ...(vrrp?.syncGroup === undefined ? [] : [`fails over with sync group ${vrrp.syncGroup}`]),
  ];
}

function advertsText({ advertInterface }: VrrpSummary): string {
  return advertInterface === undefined ? "" : `, adverts over ${advertInterface}`;
}

function holderText({ host, priority }: VipHolder, hosts: TopologyDirectors["hosts"]): string[] {
  return priority === undefined ? [] : [`${hosts[host]?.name ?? ""}: priority ${priority}`];
}

export function servicesTitle(services: readonly TopologyService[]): string {
  const [first] = services;
  return services.length === 1 && first !== undefined
    ? `Virtual service ${first.name}`
    : `${services.length} virtual services`;
}

/** The names beside the endpoints, when they are not in the title. */
export function serviceRows(services: readonly TopologyService[]): string[][] {
  return services.flatMap(({ name, endpoints }) =>
    endpoints.map((endpoint) => (services.length === 1 ? [endpoint] : [endpoint, name])),
  );
}

export function serviceNotes(settings: ServiceSummary, { route, checks }: SharedWords): string[] {
  const { scheduler, onePacketScheduling, persistenceSeconds, quorum, allowedClients, delayLoopSeconds } = settings;
  const pace = delayLoopSeconds === undefined ? [] : [`every ${delayLoopSeconds} s`];
  const way = [...(route === undefined ? [] : [route]), `scheduler ${scheduler.join(" ")}`];
  const further = [
    ...(onePacketScheduling ? ["packet by packet"] : []),
    ...(persistenceSeconds === undefined ? [] : [`persistence ${persistenceSeconds} s`]),
    ...(quorum === undefined ? [] : [`quorum ${quorum}`]),
  ];
  // Few lines: a picture of many services is high enough.
  return [
    way.join(", "),
    ...(further.length === 0 ? [] : [further.join(", ")]),
    ...(checks === undefined ? pace.map((text) => `checks ${text}`) : [[checks, ...pace].join(" ")]),
    ...(allowedClients === undefined ? [] : [`only for ${allowedClientsText(allowedClients)}`]),
  ];
}

function allowedClientsText(networks: readonly string[]): string {
  const shown = networks.slice(0, 3).join(", ");
  return networks.length > 3 ? `${shown} ${moreText(networks.length - 3)}` : shown;
}

/** Of a frame, with the names of the directors where there are several. */
export function serversTitle(directors?: readonly string[]): string {
  if (directors === undefined) return "Real servers";
  if (directors.length === 0) return "Real servers without a virtual service";
  return `Real servers of ${directors.join(" and ")}`;
}

export function poolTitle({ care, leaving, servers }: ServerPool): string {
  const count = servers.length === 1 ? "Real server" : `${servers.length} real servers`;
  if (leaving) return `${count}, decommissioned`;
  switch (care) {
    case "managed":
      return count;
    case "unmanaged":
      return `${count}, not managed here`;
    case "local":
      return `${count}, director too`;
  }
}

export function serverCells({ name, addresses, weight }: PooledServer, leaving: boolean): string[] {
  return [name, addresses.join(", "), ...(weight === undefined || leaving ? [] : [`weight ${weight}`])];
}

export function poolNotes({ links, leaving }: ServerPool): string[] {
  return links.length === 0 && !leaving ? ["no virtual service"] : [];
}

/** What is the same for all real servers of a group of services, and so is said once. */
export interface SharedWords {
  readonly route?: string;
  readonly checks?: string;
}

export function sharedWords(links: readonly PoolLink[]): SharedWords {
  const routes = new Set(links.map(routeText));
  const checks = new Set(links.map((link) => checksText(link.checks)));
  return {
    ...(routes.size === 1 && { route: [...routes].join() }),
    ...(checks.size === 1 && { checks: [...checks].join() }),
  };
}

/** How packets get there, and what the directors try, where that is not the same for all. */
export function linkLabel(link: PoolLink, shared: SharedWords): string[] {
  return [
    ...(shared.route === undefined ? [routeText(link)] : []),
    ...(shared.checks === undefined ? [checksText(link.checks)] : []),
    ...(link.weight === undefined ? [] : [`weight ${link.weight}`]),
  ];
}

export function sorryLabel(sorryServer: ServerRoute, shared: SharedWords): string[] {
  const route = routeText(sorryServer);
  return [...(route === shared.route ? [] : [route]), "when quorum is lost"];
}

function routeText({ forwardingMethod, tunnel, port }: ServerRoute): string {
  const outer = tunnel === undefined ? "" : ` (${tunnel})`;
  return `${methodName(forwardingMethod)}${outer}${port === undefined ? "" : ` to port ${port}`}`;
}

const CHECK_NAMES: Record<CheckSummary["type"], string> = {
  tcp: "TCP",
  http: "HTTP",
  ssl: "HTTPS",
  smtp: "SMTP",
  dns: "DNS",
  udp: "UDP",
  ping: "ping",
  misc: "script",
  bfd: "BFD",
  file: "file",
};

function checksText(checks: readonly CheckSummary[]): string {
  if (checks.length === 0) return "not checked";
  const texts = checks.map(({ type, port, path }) =>
    [CHECK_NAMES[type], ...(port === undefined ? [] : [`port ${port}`]), ...(path === undefined ? [] : [path])].join(
      " ",
    ),
  );
  return `${texts.length === 1 ? "check" : "checks"} ${texts.join(", ")}`;
}
