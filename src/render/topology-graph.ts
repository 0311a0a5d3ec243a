import type { PoolLink, ServerPool, ServiceGroup } from "../model/topology-groups";
import { serverPools, serviceGroups, sharedSorryServers } from "../model/topology-groups";
import type { Topology, TopologyDirectors, VipGroup } from "../model/topology";
import {
  directorsTitle,
  holderLabel,
  linkLabel,
  poolNotes,
  poolTitle,
  serverCells,
  serviceNotes,
  serviceRows,
  servicesTitle,
  sorryLabel,
  vipNotes,
  vipTitle,
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

const CLIENTS: GraphNode = { id: "clients", kind: "clients", title: "Clients", rows: [], notes: [] };

export function topologyGraph(topology: Topology): TopologyGraph {
  const groups = serviceGroups(topology);
  const pools = serverPools(groups, topology.idle);
  const sorryServers = sharedSorryServers(groups);
  const servers = [
    ...pools.map((pool, index) => poolNode(pool, `servers${index}`)),
    ...sorryServers.map(({ sorryServer }, index): GraphNode => {
      const { address, port } = sorryServer;
      const rows = [port === undefined ? [address] : [address, `port ${port}`]];
      return { id: `sorry${index}`, kind: "sorry", title: "Sorry server", rows, notes: [] };
    }),
  ];
  return {
    title: `LVS topology of ${topology.name}`,
    clients: CLIENTS,
    clusters: [
      ...topology.directors.map((directors, index) => directorsCluster(directors, index, groups)),
      ...(servers.length === 0 ? [] : [{ id: "realServers", title: "Real servers", nodes: servers }]),
    ],
    edges: [
      ...topology.directors.flatMap((directors, index) => directorEdges(directors, index)),
      ...groups.map((group, index) => serviceEdge(group, index, topology)),
      ...pools.flatMap((pool, index) => pool.links.map((link) => poolEdge(link, pool, index))),
      ...sorryServers.flatMap(({ sorryServer, groups: users }, index) =>
        users.map((group): GraphEdge => {
          return { from: `services${group}`, to: `sorry${index}`, label: sorryLabel(sorryServer), standby: true };
        }),
      ),
    ],
  };
}

function directorsCluster(directors: TopologyDirectors, index: number, groups: readonly ServiceGroup[]): GraphCluster {
  return {
    id: `directors${index}`,
    title: directorsTitle(directors),
    nodes: [
      ...directors.hosts.map(({ name, address }, host): GraphNode => {
        return { id: hostId(index, host), kind: "director", title: name, rows: [[address]], notes: [] };
      }),
      ...directors.vipGroups.map((group, place) => vipsNode(group, vipsId(index, place))),
      ...groups.flatMap((group, place) => (group.directors === index ? [servicesNode(group, `services${place}`)] : [])),
    ],
  };
}

function vipsNode(group: VipGroup, id: string): GraphNode {
  return { id, kind: "vips", title: vipTitle(group), rows: group.vips.map((vip) => [vip]), notes: vipNotes(group) };
}

function servicesNode({ services }: ServiceGroup, id: string): GraphNode {
  const notes = services.slice(0, 1).flatMap(({ settings }) => serviceNotes(settings));
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
        return { from, to: vipsId(index, place), label: holderLabel(holder), standby: rank > 0 };
      }),
    ),
  ];
}

function serviceEdge({ directors, services }: ServiceGroup, index: number, topology: Topology): GraphEdge {
  const name = services[0]?.settings.vipGroup;
  const groups = topology.directors[directors]?.vipGroups ?? [];
  const place = groups.findIndex((group) => group.name === name);
  return { from: vipsId(directors, place), to: `services${index}`, label: [], standby: false };
}

function poolEdge(link: PoolLink, { leaving }: ServerPool, index: number): GraphEdge {
  const label = leaving ? ["being taken out"] : linkLabel(link);
  return { from: `services${link.group}`, to: `servers${index}`, label, standby: leaving };
}

function hostId(directors: number, host: number): string {
  return `director${directors}_${host}`;
}

function vipsId(directors: number, place: number): string {
  return `vips${directors}_${place}`;
}
