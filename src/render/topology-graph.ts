import type { PoolLink, ServerPool, ServiceGroup } from "../model/topology-groups";
import { serverPools, serviceGroups, sharedSorryServers } from "../model/topology-groups";
import type { Topology, TopologyDirectors } from "../model/topology";
import {
  directorsTitle,
  linkLabel,
  poolNotes,
  poolTitle,
  serverCells,
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

/** Id of the frame around the real servers. */
export const SERVERS = "realServers";

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
  const servers = [
    ...pools.map((pool, index) => poolNode(pool, `servers${index}`)),
    ...sorryServers.map(({ sorryServer }, index): GraphNode => {
      const { name, address, port } = sorryServer;
      const rows = [[...(name === undefined ? [] : [name]), address, ...(port === undefined ? [] : [`port ${port}`])]];
      return { id: `sorry${index}`, kind: "sorry", title: "Sorry server", rows, notes: [] };
    }),
  ];
  return {
    title: `LVS topology of ${topology.name}`,
    clients: CLIENTS,
    clusters: [
      ...topology.directors.map((directors, index) => directorsCluster(directors, index, drawn)),
      ...(servers.length === 0 ? [] : [{ id: SERVERS, title: "Real servers", nodes: servers }]),
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

function directorsCluster(directors: TopologyDirectors, index: number, groups: readonly DrawnGroup[]): GraphCluster {
  const { hosts, vipGroups } = directors;
  return {
    id: `directors${index}`,
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
