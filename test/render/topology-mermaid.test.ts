import { topologyMermaid } from "../../src/render/topology-mermaid";
import { HOSTILE, hostileTopology, manyServices, smallPair, topology, topologyPair } from "../support/topologies";

const lines = (text: string): string[] => text.split("\n");

test("a small pair", () => {
  expect(topologyMermaid(smallPair())).toBe(`flowchart LR
  accTitle: LVS topology of stack
  clients(["Clients"])
  subgraph directors0["lb (keepalived, VRRP)"]
    director0_0["primary<br/>10.0.0.11"]
    director0_1["secondary<br/>10.0.0.12"]
    vips0_0["VRRP instance lb<br/>10.0.0.100<br/>on eth0<br/>VRID 51<br/>primary: priority 150<br/>secondary: priority 100"]
    services0["2 virtual services<br/>10.0.0.100:80/tcp, http<br/>10.0.0.100:443/tcp, https<br/>direct routing, scheduler wlc<br/>check TCP every 5 s"]
  end
  subgraph realServers["Real servers"]
    servers0["2 real servers<br/>web1, 10.0.0.21, weight 1<br/>web2, 10.0.0.22, weight 2"]
  end
  clients --> director0_0
  clients -.-> director0_1
  director0_0 --> vips0_0
  director0_1 -.-> vips0_0
  vips0_0 --> services0
  services0 --> servers0
  classDef clients fill:#ffffff,stroke:#555555,color:#000000
  class clients clients
  classDef director fill:#d6e6f5,stroke:#2f6ea5,color:#000000
  class director0_0,director0_1 director
  classDef vips fill:#fff3cc,stroke:#b38600,color:#000000
  class vips0_0 vips
  classDef services fill:#e3f1dc,stroke:#4f8a34,color:#000000
  class services0 services
  classDef managed fill:#eeeeee,stroke:#555555,color:#000000
  class servers0 managed
`);
});

test("no services", () => {
  const text = topologyMermaid(topology([topologyPair([], { vipGroups: [] })]));
  expect(text).not.toContain("realServers");
  expect(lines(text).slice(3, 9)).toEqual([
    '  subgraph directors0["lb (keepalived)"]',
    '    director0_0["primary<br/>10.0.0.11"]',
    '    director0_1["secondary<br/>10.0.0.12"]',
    "  end",
    "  clients -.-> director0_0",
    "  clients -.-> director0_1",
  ]);
  expect(lines(topologyMermaid(topology([]))).slice(0, 4)).toEqual([
    "flowchart LR",
    "  accTitle: LVS topology of stack",
    '  clients(["Clients"])',
    "  classDef clients fill:#ffffff,stroke:#555555,color:#000000",
  ]);
});

test.each([
  [12, "10.0.0.100:8011/tcp, s11<br/>direct routing", 0],
  [13, "10.0.0.100:8011/tcp, s11<br/>and 1 more<br/>direct routing", 13],
  [50, "10.0.0.100:8011/tcp, s11<br/>and 38 more<br/>direct routing", 50],
])("%i services of the same real servers are one box", (count, end, comments) => {
  const text = topologyMermaid(manyServices(count));
  expect(text).toContain(`services0["${count} virtual services<br/>10.0.0.100:8000/tcp, s0<br/>`);
  expect(text).toContain(end);
  const all = lines(text).filter((line) => line.startsWith("  %% services0: "));
  expect(all).toHaveLength(comments);
  if (comments > 0) expect(all.at(-1)).toBe(`  %% services0: 10.0.0.100:${7999 + count}/tcp, s${count - 1}`);
});

/** Every line that may follow the first; text is in quotes, without anything that Mermaid reads there. */
const TEXT = '(?:[^"#&<>`|\\\\*%~@\\n]|#\\d+;|<br/>)*';
const LINES = [
  `accTitle: ${TEXT}`,
  'clients\\(\\["Clients"\\]\\)',
  `subgraph \\w+\\["${TEXT}"\\]`,
  ` +\\w+\\["${TEXT}"\\]`,
  "end",
  `\\w+ (?:-->|-\\.->)(?:\\|"${TEXT}"\\|)? \\w+`,
  "classDef \\w+ [\\w:#, -]+",
  "class [\\w,]+ \\w+",
  `%% \\w+: ${TEXT}`,
];
const GRAMMAR = new RegExp(`^  (?:${LINES.join("|")})$`);

test.each(HOSTILE)("text stays text: %j", (text) => {
  const [first, ...others] = lines(topologyMermaid(hostileTopology(text)));
  const plain = lines(topologyMermaid(hostileTopology("plain")));
  expect(first).toBe("flowchart LR");
  expect(others.pop()).toBe("");
  expect(others.filter((line) => !GRAMMAR.test(line))).toEqual([]);
  expect(others).toHaveLength(plain.length - 2);
});

test.each([
  ["${aws_instance.web.private_ip}", "${aws_instance.web.private_ip}"],
  ["2001:db8::1", "2001:db8::1"],
  ['<b>"x"</b>', "#60;b#62;#34;x#34;#60;/b#62;"],
  ["a|b `c` #d; e&f", "a#124;b #96;c#96; #35;d; e#38;f"],
  ["%%{init}%%", "#37;#37;{init}#37;#37;"],
  ["$$x$$", "#36;#36;x#36;#36;"],
  ["1. a", "1#46; a"],
  ["- a -> b_c _d_", "#45; a -#62; b_c #95;d#95;"],
  ["http://x www.y a@b", "http#58;//x www#46;y a#64;b"],
  ["a\n\tb\u2028c", "a b c"],
  ["a\ud800b", "a\ufffdb"],
])("%j is written %j", (text, written) => {
  const box = topology([topologyPair([], { vipGroups: [], hosts: [{ name: text, address: "10.0.0.11" }] })]);
  expect(topologyMermaid(box)).toContain(`director0_0["${written}<br/>10.0.0.11"]`);
});
