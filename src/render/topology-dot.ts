import type { Topology } from "../model/topology";
import { KIND_COLORS } from "./topology-colors";
import { topologyGraph, type GraphCluster, type GraphEdge, type GraphNode, type TopologyGraph } from "./topology-graph";
import { oneLine } from "./topology-text";
import { moreText, shownRows } from "./topology-words";

const MUTED = "#555555";

/** Wider than what takes its place where it is missing, so that no text leaves its box. */
const FONT = 'fontname="Verdana"';

/** The topology in the language of Graphviz, from left to right as packets go. */
export function topologyDot(topology: Topology): string {
  const graph = topologyGraph(topology);
  const { title, clients, clusters, edges } = graph;
  const lines = [
    `digraph ${quoted(title)} {`,
    "  rankdir=LR; ranksep=1; nodesep=0.25; remincross=false;",
    // Also where the page around the picture is dark.
    `  bgcolor="#ffffff"; pad=0.2; ${FONT}; fontsize=12; labelloc=b; tooltip=${quoted(title)};`,
    `  label=<<FONT POINT-SIZE="10" COLOR="${MUTED}">${html(title)}. Solid arrows: while all is well. Dashed: after a failure, or on the way out.</FONT>>;`,
    `  node [shape=box, style="filled,rounded", ${FONT}, fontsize=10, margin="0.12,0.06"];`,
    `  edge [${FONT}, fontsize=9, color="${MUTED}", arrowsize=0.7];`,
    ...nodeLines(clients).map((line) => `  ${line}`),
    ...clusters.flatMap(clusterLines),
    ...edges.map((edge) => `  ${edgeLine(edge)}`),
    ...unreachedLines(graph).map((line) => `  ${line}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function clusterLines(cluster: GraphCluster): string[] {
  const { id, title, nodes } = cluster;
  return [
    `  subgraph ${quoted(`cluster_${id}`)} {`,
    `    label=<<B>${html(title)}</B>>; labelloc=t; style=rounded; color="#999999"; margin=14; tooltip=${quoted(title)};`,
    ...nodes.flatMap(nodeLines).map((line) => `    ${line}`),
    ...columns(cluster).map((line) => `    ${line}`),
    "  }",
  ];
}

/**
 * Real servers in one column, those too that nothing points to; other boxes of a kind in their order, from the top.
 * Graphviz lays out from the top down and turns the picture then, so the last is the first.
 */
function columns({ holds, nodes }: GraphCluster): string[] {
  if (holds === "servers") return [`{ rank=same; ${nodes.map((node) => node.id).join("; ")} }`];
  const kinds = [...new Set(nodes.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const ids = nodes
      .filter((node) => node.kind === kind)
      .map((node) => node.id)
      .reverse();
    return ids.length < 2 ? [] : [`{ rank=same; ${ids.join(" -> ")} [style=invis] }`];
  });
}

/** A frame of servers that nothing points to would stand on the left, where packets come from. */
function unreachedLines({ clusters, edges }: TopologyGraph): string[] {
  const reached = new Set(edges.map(({ to }) => to));
  const services = clusters.flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === "services"));
  const from = services.at(-1);
  if (from === undefined) return [];
  return clusters
    .filter(({ holds, nodes }) => holds === "servers" && nodes.every(({ id }) => !reached.has(id)))
    .flatMap(({ nodes }) => nodes.map(({ id }) => `${from.id} -> ${id} [style=invis];`));
}

function nodeLines(node: GraphNode): string[] {
  const { fill, line, dashed } = KIND_COLORS[node.kind];
  const style = dashed ? ', style="filled,rounded,dashed"' : "";
  const colors = `fillcolor="${fill}", color="${line}"${style}`;
  return [`${node.id} [${colors}, tooltip=${quoted(tooltip(node))}, label=<`, ...tableLines(node), ">];"];
}

/** All of its rows, also those that are not shown. */
function tooltip({ title, rows, notes }: GraphNode): string {
  return [title, ...rows.map((row) => row.join(", ")), ...notes].map(oneLine).join("\n");
}

function tableLines({ title, rows, notes }: GraphNode): string[] {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const { shown, hidden } = shownRows(rows);
  return [
    '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">',
    wide(width, `<B>${html(title)}</B>`),
    ...shown.map((row) => `<TR>${cells(row, width)}</TR>`),
    ...(hidden === 0 ? [] : [wide(width, `<I>${moreText(hidden)}</I>`)]),
    ...notes.map((note) => wide(width, `<FONT COLOR="${MUTED}">${html(note)}</FONT>`)),
    "</TABLE>",
  ];
}

function wide(width: number, content: string): string {
  return `<TR><TD COLSPAN="${2 * width - 1}" ALIGN="LEFT">${content}</TD></TR>`;
}

/** Between columns. */
const GAP = '<TD WIDTH="10"></TD>';

/** The last cell of a short row takes the columns that are left, with the gaps between them. */
function cells(row: readonly string[], width: number): string {
  return row
    .map((text, index) => {
      const span = index === row.length - 1 ? 2 * (width - index) - 1 : 1;
      return `<TD${span > 1 ? ` COLSPAN="${span}"` : ""} ALIGN="LEFT">${html(text)}</TD>`;
    })
    .join(GAP);
}

function edgeLine({ from, to, label, standby }: GraphEdge): string {
  const attributes = [
    ...(standby ? ["style=dashed"] : []),
    ...(label.length === 0 ? [] : [`label=<${label.map(html).join("<BR/>")}>`, `tooltip=${quoted(label.join(", "))}`]),
  ];
  return `${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`};`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text inside a label that is HTML. A label without any text would be an error. */
function html(text: string): string {
  return oneLine(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character) || " ";
}

/** A string between quotes. Graphviz reads escapes and entities in it. */
function quoted(text: string): string {
  const lines = text.split("\n").map((line) => oneLine(line).replaceAll("\\", "\\\\").replaceAll("&", "&amp;"));
  return `"${lines.join("\\n").replaceAll('"', '\\"')}"`;
}
