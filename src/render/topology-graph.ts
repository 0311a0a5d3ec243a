import type { PoolLink, ServerPool, ServiceGroup, SharedSorryServer } from "../model/topology-groups";
import { serverPools, serviceGroups, sharedSorryServers } from "../model/topology-groups";
import type { Topology, TopologyDirectors } from "../model/topology";
import {
  directorsTitle,
  linkLabel,
  poolNotes,
  poolTitle,
  serverCells,
  serversTitle,
  serviceNotes,
  serviceRows,
  sharedWords,
  servicesTitle,
  sorryLabel,
  vipNotes,
  vipTitle,
  type SharedWords,
} from "./topology-words";

export type NodeKind =
  "clients" | "director" | "vips" | "services" | "managed" | "unmanaged" | "local" | "leaving" | "sorry";

/** A box of a picture: a title, a list of rows, remarks. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** A frame around boxes. */
export interface GraphCluster {
  readonly id: string;
  readonly holds: "directors" | "servers";
  readonly title: string;
  readonly nodes: readonly GraphNode[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: readonly string[];
  /** Whether packets go there only when something else has failed, or no longer. */
  readonly standby: boolean;
}

/** A picture before it is put into a language: what is connected with what, in plain text. */
export interface TopologyGraph {
  readonly title: string;
  readonly clients: GraphNode;
  readonly clusters: readonly GraphCluster[];
  readonly edges: readonly GraphEdge[];
}

const CLIENTS: GraphNode = { id: "clients", kind: "clients", title: "Clients", rows: [], notes: [] };

interface DrawnGroup extends ServiceGroup {
  readonly id: string;
  readonly words: SharedWords;
}

export function topologyGraph(topology: Topology): TopologyGraph {
  const groups = serviceGroups(topology);
  const pools = serverPools(groups, topology.idle);
  const sorryServers = sharedSorryServers(groups);
  const drawn = groups.map((group, index): DrawnGroup => {
    const links = pools.flatMap((pool) => (pool.leaving ? [] : pool.links.filter((link) => link.group === index)));
    return { ...group, id: `services${index}`, words: sharedWords(links) };
  });
  const users = (of: readonly number[]): number[] => [...new Set(of.map((group) => drawn[group]?.directors ?? 0))];
  const servers = [
    ...pools.map((pool, index): DrawnServers => {
      return { node: poolNode(pool, `servers${index}`), directors: users(pool.links.map(({ group }) => group)) };
    }),
    ...sorryServers.map((shared, index): DrawnServers => {
      return { node: sorryNode(shared, `sorry${index}`), directors: users(shared.groups) };
    }),
  ];
  return {
    title: `LVS topology of ${topology.name}`,
    clients: CLIENTS,
    clusters: [
      ...topology.directors.map((directors, index) => directorsCluster(directors, index, drawn)),
      ...serverClusters(servers, topology),
    ],
    edges: [
      ...topology.directors.flatMap((directors, index) => directorEdges(directors, index)),
      ...drawn.map((group) => serviceEdge(group, topology)),
      ...pools.flatMap((pool, index) => pool.links.map((link) => poolEdge(link, pool, index, drawn))),
      ...sorryServers.flatMap(({ sorryServer, groups: users }, index) =>
        users.map((group): GraphEdge => {
          const label = sorryLabel(sorryServer, drawn[group]?.words ?? {});
          return { from: `services${group}`, to: `sorry${index}`, label, standby: true };
        }),
      ),
    ],
  };
}

/** A box of servers, and the directors that send to them. */
interface DrawnServers {
  readonly node: GraphNode;
  readonly directors: readonly number[];
}

/** One frame for those of the same directors, so that arrows stay short where there are several. */
function serverClusters(servers: readonly DrawnServers[], { directors }: Topology): GraphCluster[] {
  const frames = new Map<string, { readonly users: readonly number[]; readonly nodes: GraphNode[] }>();
  for (const { node, directors: users } of servers) {
    const key = directors.length === 1 ? "" : users.length === 0 ? "Idle" : users.join("_");
    const frame = frames.get(key) ?? { users, nodes: [] };
    frames.set(key, frame);
    frame.nodes.push(node);
  }
  return [...frames].map(([key, { users, nodes }]): GraphCluster => {
    const names = users.map((user) => directors[user]?.name ?? "");
    return { id: `realServers${key}`, holds: "servers", title: serversTitle(key === "" ? undefined : names), nodes };
  });
}

function directorsCluster(directors: TopologyDirectors, index: number, groups: readonly DrawnGroup[]): GraphCluster {
  const { hosts, vipGroups } = directors;
  return {
    id: `directors${index}`,
    holds: "directors",
    title: directorsTitle(directors),
    nodes: [
      ...hosts.map(({ name, address }, host): GraphNode => {
        return { id: hostId(index, host), kind: "director", title: name, rows: [[address]], notes: [] };
      }),
      ...vipGroups.map((group, place): GraphNode => {
        const rows = group.vips.map((vip) => [vip]);
        return { id: vipsId(index, place), kind: "vips", title: vipTitle(group), rows, notes: vipNotes(group, hosts) };
      }),
      ...groups.filter((group) => group.directors === index).map(servicesNode),
    ],
  };
}

function servicesNode({ id, services, words }: DrawnGroup): GraphNode {
  const notes = services.slice(0, 1).flatMap(({ settings }) => serviceNotes(settings, words));
  return { id, kind: "services", title: servicesTitle(services), rows: serviceRows(services), notes };
}

function poolNode(pool: ServerPool, id: string): GraphNode {
  const { care, leaving, servers } = pool;
  return {
    id,
    kind: leaving ? "leaving" : care,
    title: poolTitle(pool),
    rows: servers.map((server) => serverCells(server, leaving)),
    notes: poolNotes(pool),
  };
}

function sorryNode({ sorryServer: { name, address, port } }: SharedSorryServer, id: string): GraphNode {
  const rows = [[...(name === undefined ? [] : [name]), address, ...(port === undefined ? [] : [`port ${port}`])]];
  return { id, kind: "sorry", title: "Sorry server", rows, notes: [] };
}

function directorEdges({ hosts, vipGroups }: TopologyDirectors, index: number): GraphEdge[] {
  const first = new Set(vipGroups.flatMap(({ vips, holders }) => (vips.length === 0 ? [] : [holders[0]?.host])));
  return [
    ...hosts.map((_host, host): GraphEdge => {
      return { from: CLIENTS.id, to: hostId(index, host), label: [], standby: !first.has(host) };
    }),
    ...vipGroups.flatMap(({ holders }, place) =>
      holders.map((holder, rank): GraphEdge => {
        const from = hostId(index, holder.host);
        return { from, to: vipsId(index, place), label: [], standby: rank > 0 };
      }),
    ),
  ];
}

function serviceEdge({ id, directors, services }: DrawnGroup, topology: Topology): GraphEdge {
  const name = services[0]?.settings.vipGroup;
  const groups = topology.directors[directors]?.vipGroups ?? [];
  const place = groups.findIndex((group) => group.name === name);
  return { from: vipsId(directors, place), to: id, label: [], standby: false };
}

function poolEdge(link: PoolLink, { leaving }: ServerPool, index: number, groups: readonly DrawnGroup[]): GraphEdge {
  const label = leaving ? ["being taken out"] : linkLabel(link, groups[link.group]?.words ?? {});
  return { from: `services${link.group}`, to: `servers${index}`, label, standby: leaving };
}

function hostId(directors: number, host: number): string {
  return `director${directors}_${host}`;
}

function vipsId(directors: number, place: number): string {
  return `vips${directors}_${place}`;
}
