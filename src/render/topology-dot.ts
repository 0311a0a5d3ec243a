import type { Topology } from "../model/topology";
import { KIND_COLORS } from "./topology-colors";
import { topologyGraph, type GraphCluster, type GraphEdge, type GraphNode } from "./topology-graph";
import { oneLine } from "./topology-text";
import { moreText, shownRows } from "./topology-words";

const MUTED = "#555555";

/** The topology in the language of Graphviz, from left to right as packets go. */
export function topologyDot(topology: Topology): string {
  const { title, clients, clusters, edges } = topologyGraph(topology);
  const lines = [
    `digraph ${quoted(title)} {`,
    "  rankdir=LR; ranksep=0.7; nodesep=0.25; newrank=true; compound=true;",
    // Also where the page around the picture is dark.
    `  bgcolor="#ffffff"; pad=0.2; fontname="Helvetica"; fontsize=12; labelloc=b; tooltip=${quoted(title)};`,
    `  label=<<FONT POINT-SIZE="10" COLOR="${MUTED}">${html(title)}. Dashed arrows: what takes over, and what leaves.</FONT>>;`,
    '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11, margin="0.12,0.06"];',
    '  edge [fontname="Helvetica", fontsize=10, color="#555555", arrowsize=0.7];',
    ...nodeLines(clients).map((line) => `  ${line}`),
    ...clusters.flatMap(clusterLines),
    ...edges.map((edge) => `  ${edgeLine(edge)}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function clusterLines({ id, title, nodes }: GraphCluster): string[] {
  return [
    `  subgraph ${quoted(`cluster_${id}`)} {`,
    `    label=<<B>${html(title)}</B>>; labelloc=t; style=rounded; color="#999999"; margin=14; tooltip=${quoted(title)};`,
    ...nodes.flatMap(nodeLines).map((line) => `    ${line}`),
    "  }",
  ];
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
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const { shown, hidden } = shownRows(rows);
  return [
    '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">',
    wide(columns, `<B>${html(title)}</B>`),
    ...shown.map((row) => `<TR>${cells(row, columns)}</TR>`),
    ...(hidden === 0 ? [] : [wide(columns, `<I>${moreText(hidden)}</I>`)]),
    ...notes.map((note) => wide(columns, `<FONT COLOR="${MUTED}">${html(note)}</FONT>`)),
    "</TABLE>",
  ];
}

function wide(columns: number, content: string): string {
  return `<TR><TD COLSPAN="${columns}" ALIGN="LEFT">${content}</TD></TR>`;
}

/** The last cell of a short row takes the columns that are left. */
function cells(row: readonly string[], columns: number): string {
  return row
    .map((text, index) => {
      const span = index === row.length - 1 ? columns - index : 1;
      return `<TD${span > 1 ? ` COLSPAN="${span}"` : ""} ALIGN="LEFT">${html(text)}</TD>`;
    })
    .join("");
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
  return oneLine(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character) || "&#160;";
}

/** A string between quotes. Graphviz reads escapes and entities in it. */
function quoted(text: string): string {
  const lines = text.split("\n").map((line) => oneLine(line).replaceAll("\\", "\\\\").replaceAll("&", "&amp;"));
  return `"${lines.join("\\n").replaceAll('"', '\\"')}"`;
}
