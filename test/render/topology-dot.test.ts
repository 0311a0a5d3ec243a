import { topologyDot } from "../../src/render/topology-dot";
import type { TopologyService } from "../../src/model/topology";
import {
  manyServices,
  member,
  smallPair,
  topology,
  topologyPair,
  topologyServer,
  topologyService,
  vipGroup,
  WEBS,
} from "../support/topologies";

const lines = (text: string): string[] => text.split("\n").map((line) => line.trim());

/** A line up to its attributes. */
const start = (line: string): string => line.replace(/<\/B>.*| \[.*/, "");

test("a small pair", () => {
  expect(topologyDot(smallPair())).toBe(`digraph "LVS topology of stack" {
  rankdir=LR; ranksep=1; nodesep=0.25; remincross=false;
  bgcolor="#ffffff"; pad=0.2; fontname="Verdana"; fontsize=12; labelloc=b; tooltip="LVS topology of stack";
  label=<<FONT POINT-SIZE="10" COLOR="#555555">LVS topology of stack. Solid arrows: while all is well. Dashed: after a failure, or on the way out.</FONT>>;
  node [shape=box, style="filled,rounded", fontname="Verdana", fontsize=10, margin="0.12,0.06"];
  edge [fontname="Verdana", fontsize=9, color="#555555", arrowsize=0.7];
  clients [fillcolor="#ffffff", color="#555555", tooltip="Clients", label=<
  <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
  <TR><TD COLSPAN="1" ALIGN="LEFT"><B>Clients</B></TD></TR>
  </TABLE>
  >];
  subgraph "cluster_directors0" {
    label=<<B>lb (keepalived, VRRP)</B>>; labelloc=t; style=rounded; color="#999999"; margin=14; tooltip="lb (keepalived, VRRP)";
    director0_0 [fillcolor="#d6e6f5", color="#2f6ea5", tooltip="primary\\n10.0.0.11", label=<
    <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
    <TR><TD COLSPAN="1" ALIGN="LEFT"><B>primary</B></TD></TR>
    <TR><TD ALIGN="LEFT">10.0.0.11</TD></TR>
    </TABLE>
    >];
    director0_1 [fillcolor="#d6e6f5", color="#2f6ea5", tooltip="secondary\\n10.0.0.12", label=<
    <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
    <TR><TD COLSPAN="1" ALIGN="LEFT"><B>secondary</B></TD></TR>
    <TR><TD ALIGN="LEFT">10.0.0.12</TD></TR>
    </TABLE>
    >];
    vips0_0 [fillcolor="#fff3cc", color="#b38600", tooltip="VRRP instance lb\\n10.0.0.100\\non eth0\\nVRID 51\\nprimary: priority 150\\nsecondary: priority 100", label=<
    <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
    <TR><TD COLSPAN="1" ALIGN="LEFT"><B>VRRP instance lb</B></TD></TR>
    <TR><TD ALIGN="LEFT">10.0.0.100</TD></TR>
    <TR><TD COLSPAN="1" ALIGN="LEFT"><FONT COLOR="#555555">on eth0</FONT></TD></TR>
    <TR><TD COLSPAN="1" ALIGN="LEFT"><FONT COLOR="#555555">VRID 51</FONT></TD></TR>
    <TR><TD COLSPAN="1" ALIGN="LEFT"><FONT COLOR="#555555">primary: priority 150</FONT></TD></TR>
    <TR><TD COLSPAN="1" ALIGN="LEFT"><FONT COLOR="#555555">secondary: priority 100</FONT></TD></TR>
    </TABLE>
    >];
    services0 [fillcolor="#e3f1dc", color="#4f8a34", tooltip="2 virtual services\\n10.0.0.100:80/tcp, http\\n10.0.0.100:443/tcp, https\\ndirect routing, scheduler wlc\\ncheck TCP every 5 s", label=<
    <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
    <TR><TD COLSPAN="3" ALIGN="LEFT"><B>2 virtual services</B></TD></TR>
    <TR><TD ALIGN="LEFT">10.0.0.100:80/tcp</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">http</TD></TR>
    <TR><TD ALIGN="LEFT">10.0.0.100:443/tcp</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">https</TD></TR>
    <TR><TD COLSPAN="3" ALIGN="LEFT"><FONT COLOR="#555555">direct routing, scheduler wlc</FONT></TD></TR>
    <TR><TD COLSPAN="3" ALIGN="LEFT"><FONT COLOR="#555555">check TCP every 5 s</FONT></TD></TR>
    </TABLE>
    >];
    { rank=same; director0_1 -> director0_0 [style=invis] }
  }
  subgraph "cluster_realServers" {
    label=<<B>Real servers</B>>; labelloc=t; style=rounded; color="#999999"; margin=14; tooltip="Real servers";
    servers0 [fillcolor="#eeeeee", color="#555555", tooltip="2 real servers\\nweb1, 10.0.0.21, weight 1\\nweb2, 10.0.0.22, weight 2", label=<
    <TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">
    <TR><TD COLSPAN="5" ALIGN="LEFT"><B>2 real servers</B></TD></TR>
    <TR><TD ALIGN="LEFT">web1</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">10.0.0.21</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">weight 1</TD></TR>
    <TR><TD ALIGN="LEFT">web2</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">10.0.0.22</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">weight 2</TD></TR>
    </TABLE>
    >];
    { rank=same; servers0 }
  }
  clients -> director0_0;
  clients -> director0_1 [style=dashed];
  director0_0 -> vips0_0;
  director0_1 -> vips0_0 [style=dashed];
  vips0_0 -> services0;
  services0 -> servers0;
}
`);
});

test("nothing", () => {
  expect(lines(topologyDot(topology([]))).filter((line) => /subgraph|->|rank=same/.test(line))).toEqual([]);
});

test("rows beyond the twelfth are in the tooltip", () => {
  const text = lines(topologyDot(manyServices(13)));
  const row = (port: number, name: string): string =>
    `<TR><TD ALIGN="LEFT">10.0.0.100:${port}/tcp</TD><TD WIDTH="10"></TD><TD ALIGN="LEFT">${name}</TD></TR>`;
  expect(text).toContain(row(8011, "s11"));
  expect(text).not.toContain(row(8012, "s12"));
  expect(text).toContain('<TR><TD COLSPAN="3" ALIGN="LEFT"><I>and 1 more</I></TD></TR>');
  expect(text.find((line) => line.startsWith("services0 ["))).toContain("10.0.0.100:8012/tcp, s12\\ndirect routing");
});

test.each([
  ['a"b\\N', '"a\\"b\\\\N"', "<B>a&quot;b\\N</B>"],
  ["<i>&amp;", '"<i>&amp;amp;"', "<B>&lt;i&gt;&amp;amp;</B>"],
  ["a\n\u0000b", '"a b"', "<B>a b</B>"],
  ["", '""', "<B> </B>"],
])("%j is quoted, and escaped in HTML", (name, quoted, html) => {
  const text = topologyDot(topology([topologyPair([], { hosts: [{ name, address: "10.0.0.11" }], vipGroups: [] })]));
  const box = lines(text);
  expect(box.find((line) => line.startsWith("director0_0 ["))).toContain(`tooltip=${quoted.slice(0, -1)}\\n10.0.0.11"`);
  expect(box).toContain(`<TR><TD COLSPAN="1" ALIGN="LEFT">${html}</TD></TR>`);
});

test("real servers are beside the directors that send to them, and on the right when none does", () => {
  const shared = member("shared", "10.0.0.29");
  const pair = (name: string, services: readonly TopologyService[]) => topologyPair(services, { name });
  const edge = pair("edge", [topologyService("a", "10.0.0.100:80/tcp", [...WEBS, shared])]);
  const core = pair("core", [topologyService("b", "10.0.0.101:80/tcp", [member("db1", "10.0.0.31"), shared])]);
  const idle = [{ ...topologyServer("spare"), addresses: ["10.0.0.41"] }];
  const text = lines(topologyDot(topology([edge, core], { idle })));
  expect(text.filter((line) => /^(label=<<B>Real|servers\d+ \[|\{ rank=same; servers)/.test(line)).map(start)).toEqual([
    "label=<<B>Real servers of edge",
    "servers0",
    "{ rank=same; servers0 }",
    "label=<<B>Real servers of edge and core",
    "servers1",
    "{ rank=same; servers1 }",
    "label=<<B>Real servers of core",
    "servers2",
    "{ rank=same; servers2 }",
    "label=<<B>Real servers without a virtual service",
    "servers3",
    "{ rank=same; servers3 }",
  ]);
  expect(text.at(-3)).toBe("services1 -> servers3 [style=invis];");
});

test("an instance without VIPs sends nobody to its directors", () => {
  const pair = topologyPair([], { vipGroups: [vipGroup({ vips: [] })] });
  expect(lines(topologyDot(topology([pair]))).filter((line) => line.startsWith("clients ->"))).toEqual([
    "clients -> director0_0 [style=dashed];",
    "clients -> director0_1 [style=dashed];",
  ]);
});
