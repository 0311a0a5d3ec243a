import { isLoopback } from "./address";
import type {
  IdleServer,
  ServerCare,
  ServerRoute,
  ServiceMember,
  SorryServerSummary,
  Topology,
  TopologyService,
} from "./topology";

/** Virtual services of one director or pair that differ in nothing but their names and endpoints. */
export interface ServiceGroup {
  /** Index among the directors. */
  readonly directors: number;
  readonly services: readonly TopologyService[];
}

/** Real servers that have the same part in the same services. */
export interface ServerPool {
  readonly care: ServerCare;
  readonly leaving: boolean;
  readonly servers: readonly PooledServer[];
  readonly links: readonly PoolLink[];
}

export interface PooledServer {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Absent when it has another one in each service; then the links say it. */
  readonly weight?: string;
}

/** What a group of services sends to a pool. */
export interface PoolLink extends ServerRoute, Pick<ServiceMember, "checks"> {
  /** Index among the groups of services. */
  readonly group: number;
  readonly weight?: string;
}

/** A sorry server, and the groups of services that it is for. */
export interface SharedSorryServer {
  readonly sorryServer: SorryServerSummary;
  readonly groups: readonly number[];
}

/** The items that are alike, in the order of their first. */
function alike<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

export function serviceGroups({ directors }: Topology): ServiceGroup[] {
  return directors.flatMap(({ services }, index) =>
    alike(services, ({ settings, members }) => [settings, members.map(withoutAddress)]).map((group) => ({
      directors: index,
      services: group,
    })),
  );
}

/** A real server may be reached at an address of each family. */
function withoutAddress(member: ServiceMember): Partial<ServiceMember> {
  return Object.fromEntries(Object.entries(member).filter(([name]) => name !== "address"));
}

/** A real server and its part in every group of services. */
interface UsedServer extends IdleServer {
  readonly links: readonly PoolLink[];
  readonly weight?: string;
}

export function serverPools(groups: readonly ServiceGroup[], idle: readonly IdleServer[]): ServerPool[] {
  const used: UsedServer[] = [...usedServers(groups), ...idle.map((server) => ({ ...server, links: [] }))];
  return alike(used, ({ care, leaving, links }) => [care, leaving, links]).map((servers) => {
    const { care, leaving, links } = servers[0] as UsedServer;
    return {
      care,
      leaving,
      servers: servers.map(({ name, addresses, weight }) => ({
        name,
        addresses,
        ...(weight !== undefined && { weight }),
      })),
      links,
    };
  });
}

function usedServers(groups: readonly ServiceGroup[]): UsedServer[] {
  const members = groups.flatMap(({ services }, group) =>
    services.flatMap(({ members: own }) => own.map((member) => ({ group, member }))),
  );
  return alike(members, ({ member }) => member.server.name).map((parts) => {
    const weights = new Set(parts.map(({ member }) => member.weight));
    const [weight] = weights.size === 1 ? weights : [];
    const links = alike(
      parts.map(({ group, member }) => link(group, member, weights.size > 1)),
      (one) => one,
    ).flatMap((same) => same.slice(0, 1));
    const addresses = [...new Set(parts.map(({ member }) => member.address))];
    const { server } = (parts[0] as (typeof parts)[number]).member;
    return { ...server, addresses, links, ...(weight !== undefined && { weight }) };
  });
}

function link(group: number, member: ServiceMember, withWeight: boolean): PoolLink {
  const { forwardingMethod, tunnel, port, checks, weight } = member;
  return {
    group,
    forwardingMethod,
    ...(tunnel !== undefined && { tunnel }),
    ...(port !== undefined && { port }),
    checks,
    ...(withWeight && { weight }),
  };
}

export function sharedSorryServers(groups: readonly ServiceGroup[]): SharedSorryServer[] {
  const uses = groups.flatMap(({ services, directors }, group) => {
    const sorryServer = services[0]?.settings.sorryServer;
    return sorryServer === undefined ? [] : [{ sorryServer, group, directors }];
  });
  // A loopback address is another host on other directors.
  const host = ({ sorryServer, directors }: (typeof uses)[number]) =>
    isLoopback(sorryServer.address) ? [sorryServer, directors] : sorryServer;
  return alike(uses, host).map((same) => ({
    sorryServer: (same[0] as (typeof same)[number]).sorryServer,
    groups: same.map(({ group }) => group),
  }));
}
