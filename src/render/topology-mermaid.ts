import type { Topology } from "../model/topology";
import { topologyGraph, type GraphCluster, type GraphEdge, type GraphNode, type NodeKind } from "./topology-graph";
import { KIND_COLORS } from "./topology-colors";
import { oneLine } from "./topology-text";
import { moreText, shownRows } from "./topology-words";

/** The topology as a Mermaid flowchart, which Git forges draw where it is in a block of Markdown. */
export function topologyMermaid(topology: Topology): string {
  const { title, clients, clusters, edges } = topologyGraph(topology);
  const nodes = [clients, ...clusters.flatMap((cluster) => cluster.nodes)];
  const lines = [
    "flowchart LR",
    `  accTitle: ${escaped(title)}`,
    `  ${clients.id}(["${escaped(clients.title)}"])`,
    ...clusters.flatMap(clusterLines),
    ...edges.map(edgeLine),
    ...classLines(nodes),
    ...nodes.flatMap(hiddenLines),
  ];
  return `${lines.join("\n")}\n`;
}

function clusterLines({ id, title, nodes }: GraphCluster): string[] {
  return [
    `  subgraph ${id}["${escaped(title)}"]`,
    ...nodes.map((node) => `    ${node.id}["${nodeText(node)}"]`),
    "  end",
  ];
}

function nodeText({ title, rows, notes }: GraphNode): string {
  const { shown, hidden } = shownRows(rows);
  const lines = [title, ...shown.map(rowText), ...(hidden === 0 ? [] : [moreText(hidden)]), ...notes];
  return lines.map(escaped).join("<br/>");
}

function rowText(row: readonly string[]): string {
  return row.join(", ");
}

function edgeLine({ from, to, label, standby }: GraphEdge): string {
  const text = label.length === 0 ? "" : `|"${label.map(escaped).join("<br/>")}"|`;
  return `  ${from} ${standby ? "-.->" : "-->"}${text} ${to}`;
}

function classLines(nodes: readonly GraphNode[]): string[] {
  const kinds = [...new Set(nodes.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const ids = nodes.filter((node) => node.kind === kind).map(({ id }) => id);
    return [`  classDef ${kind} ${styleOf(kind)}`, `  class ${ids.join(",")} ${kind}`];
  });
}

function styleOf(kind: NodeKind): string {
  const { fill, line, dashed } = KIND_COLORS[kind];
  return `fill:${fill},stroke:${line},color:#000000${dashed ? ",stroke-dasharray:5 4" : ""}`;
}

/** Of a box that does not show all its rows, all of them as comments. */
function hiddenLines({ id, rows }: GraphNode): string[] {
  const { hidden } = shownRows(rows);
  return hidden === 0 ? [] : rows.map((row) => `  %% ${id}: ${escaped(rowText(row))}`);
}

/**
 * What Mermaid would read as its own syntax, HTML, Markdown, an icon or a formula, each as the number of its character.
 * The braces of `${aws_instance.web.private_ip}` are none of these in quotes, so they stay readable.
 */
const SPECIAL =
  /["#&<>`|\\*%~@]|\$(?!\{)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/|fa)|^[-+=]|(?<=^\d+)[.)](?=\s|$)|(?<=\bwww)\./gi;

function escaped(text: string): string {
  return oneLine(text).replace(SPECIAL, (character) => `#${character.charCodeAt(0)};`);
}
