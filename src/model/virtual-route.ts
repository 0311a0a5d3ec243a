import { addressProblems } from "./address";
import { Deferred, printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { exactNetworkProblems, oneFamilyProblems } from "./ip-network";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, oneOfProblems, shown } from "./rules";

/** What becomes of packets for a route. */
export enum RouteType {
  /** Sent on. */
  UNICAST = "unicast",
  /** Dropped. */
  BLACKHOLE = "blackhole",
  /** Refused: host unreachable. */
  UNREACHABLE = "unreachable",
  /** Refused: forbidden. */
  PROHIBIT = "prohibit",
}

/** How far a route reaches. */
export enum RouteScope {
  /** Everywhere. */
  GLOBAL = "global",
  /** The own site. */
  SITE = "site",
  /** What is directly on the device. */
  LINK = "link",
  /** The director itself. */
  HOST = "host",
}

/** One of several ways of a route. */
export interface NextHop {
  /** Next router (ip: `via`). */
  readonly via: string;
  /**
   * Network device (ip: `dev`).
   * @default - the kernel finds it
   */
  readonly device?: string;
  /**
   * Share of the packets, 1 to 256.
   * @default 1
   */
  readonly weight?: number;
  /**
   * Whether `via` is taken to be on the device, whatever its networks (ip: `onlink`).
   * @default false
   */
  readonly onLink?: boolean;
}

/** A route of a director, in the words of ip-route(8). */
export interface RouteSettings {
  /** Address, or network with its first address: `10.8.0.0/24`; `0.0.0.0/0` and `::/0` are default routes. */
  readonly to: string;
  /**
   * What becomes of the packets.
   * @default RouteType.UNICAST
   */
  readonly type?: RouteType;
  /**
   * Next router.
   * @default - none: the destination is on the device
   */
  readonly via?: string;
  /**
   * Network device (ip: `dev`). With it keepalived watches the route and puts it back.
   * @default - the kernel finds it, and nobody watches the route
   */
  readonly device?: string;
  /**
   * Several ways at once, instead of `via` and `device` (ip: `nexthop`).
   * @default - one way
   */
  readonly nextHops?: readonly NextHop[];
  /**
   * Source address of the director's own packets (ip: `src`); may be a VIP.
   * @default - the kernel chooses
   */
  readonly source?: string;
  /**
   * Routing table, 1 to 4294967295, or a name of the hosts' rt_tables.
   * @default - the main table
   */
  readonly table?: number | string;
  /**
   * The lowest of several routes wins, 0 to 4294967295 (ip: `metric`).
   * @default - 0, in IPv6 1024
   */
  readonly metric?: number;
  /**
   * How far the route reaches (ip: `scope`).
   * @default RouteScope.GLOBAL
   */
  readonly scope?: RouteScope;
  /**
   * Whether `via` is taken to be on the device, whatever its networks (ip: `onlink`).
   * @default false
   */
  readonly onLink?: boolean;
  /**
   * Largest packet, 68 to 65535 bytes.
   * @default - that of the device
   */
  readonly mtu?: number;
  /**
   * Largest TCP segment to advertise, 1 to 65535 bytes (ip: `advmss`).
   * @default - from the MTU
   */
  readonly advertisedMss?: number;
  /**
   * First congestion window of TCP, 1 to 65535 segments (ip: `initcwnd`).
   * @default - the kernel's
   */
  readonly initialCongestionWindow?: number;
  /**
   * First receive window of TCP, 1 to 65535 segments (ip: `initrwnd`).
   * @default - the kernel's
   */
  readonly initialReceiveWindow?: number;
  /**
   * Whether the director gives up the VIPs when the route is lost and cannot be put back (keepalived: `no_track`).
   * @default - true where a device is given
   */
  readonly track?: boolean;
}

export type Route = DeepDeferrable<RouteSettings>;

/**
 * The kernel refuses an IPv4 network with bits after its prefix, of which `keepalived -t` says nothing. Of an IPv6 one it
 * clears them, and keepalived then does not know the route again when it is lost.
 */
export function routeProblems(path: string, route: Route): Problem[] {
  const { nextHops } = route;
  return [
    ...exactNetworkProblems(`${path}.to`, route.to),
    ...oneOfProblems(`${path}.type`, route.type, Object.values(RouteType)),
    ...oneOfProblems(`${path}.scope`, route.scope, Object.values(RouteScope)),
    ...addressProblems(`${path}.via`, route.via),
    ...addressProblems(`${path}.source`, route.source),
    ...interfaceProblems(`${path}.device`, route.device),
    ...tableProblems(`${path}.table`, route.table),
    ...integerProblems(`${path}.metric`, route.metric, 0, 4294967295),
    ...integerProblems(`${path}.mtu`, route.mtu, 68, 65535),
    ...integerProblems(`${path}.advertisedMss`, route.advertisedMss, 1, 65535),
    ...integerProblems(`${path}.initialCongestionWindow`, route.initialCongestionWindow, 1, 65535),
    ...integerProblems(`${path}.initialReceiveWindow`, route.initialReceiveWindow, 1, 65535),
    ...(nextHops ?? []).flatMap((hop, index) => nextHopProblems(`${path}.nextHops[${index}]`, hop)),
    ...oneFamilyProblems([
      [`${path}.to`, route.to],
      [`${path}.via`, route.via],
      [`${path}.source`, route.source],
      ...(nextHops ?? []).map(({ via }, index) => [`${path}.nextHops[${index}].via`, via] as const),
    ]),
    ...wayProblems(path, route),
  ];
}

function nextHopProblems(path: string, hop: DeepDeferrable<NextHop>): Problem[] {
  return [
    ...addressProblems(`${path}.via`, hop.via),
    ...interfaceProblems(`${path}.device`, hop.device),
    ...integerProblems(`${path}.weight`, hop.weight, 1, 256),
  ];
}

/** A number, or a name as it can be in rt_tables; local, which holds the host's own addresses, is not to be touched. */
export function tableProblems(path: string, table: Deferrable<number | string> | undefined): Problem[] {
  if (table === undefined || table instanceof Deferred) return [];
  if (typeof table === "number") return integerProblems(path, table, 1, 4294967295);
  if (/^[A-Za-z_][\w.-]{0,63}$/.test(table) && table !== "local") return [];
  return [{ path, message: `must be a number, or a name of rt_tables other than local, got ${shown(table)}` }];
}

function wayProblems(path: string, route: Route): Problem[] {
  const { type = RouteType.UNICAST, via, device, nextHops, track } = route;
  const way = via ?? device;
  const problems: Problem[] = [];
  if (type !== RouteType.UNICAST && (way !== undefined || nextHops !== undefined)) {
    problems.push({ path: `${path}.type`, message: `must be unicast where there is a way, got ${type}; leave it out` });
  }
  if (type === RouteType.UNICAST && way === undefined && nextHops === undefined) {
    problems.push({ path, message: `needs a way, got none to ${shown(route.to)}; set via, device or nextHops` });
  }
  if (nextHops !== undefined && way !== undefined) {
    problems.push({ path: `${path}.nextHops`, message: `must stand alone, got ${shown(printed(way))} beside it` });
  }
  if (nextHops?.length === 0) {
    problems.push({ path: `${path}.nextHops`, message: "must hold at least one way, got none; leave it out instead" });
  }
  if (track === true && device === undefined) {
    const message = "needs a device, got track: true without one; keepalived watches routes of a known device only";
    problems.push({ path: `${path}.track`, message });
  }
  return problems;
}

/** Every network device that a route names. */
export function routeDevices({ device, nextHops = [] }: Route): Deferrable<string>[] {
  return [device, ...nextHops.map((hop) => hop.device)].filter((name) => name !== undefined);
}
