import { ForwardingMethod } from "../../src/model/forwarding-method";
import { TableOwner } from "../../src/model/table-owner";
import type {
  ServiceMember,
  ServiceSummary,
  Topology,
  TopologyDirectors,
  TopologyServer,
  TopologyService,
  VipGroup,
} from "../../src/model/topology";

export function topologyServer(name: string, different: Partial<TopologyServer> = {}): TopologyServer {
  return { name, care: "managed", leaving: false, ...different };
}

type DifferentMember = Partial<Omit<ServiceMember, "server">> & { readonly server?: Partial<TopologyServer> };

/** A real server under direct routing with a TCP check. */
export function member(name: string, address: string, different: DifferentMember = {}): ServiceMember {
  return {
    address,
    weight: "1",
    forwardingMethod: ForwardingMethod.DR,
    checks: [{ type: "tcp" }],
    ...different,
    server: topologyServer(name, different.server),
  };
}

/** The two real servers of the small pair. */
export const WEBS = [member("web1", "10.0.0.21"), member("web2", "10.0.0.22", { weight: "2" })];

/** A service of the VRRP instance `lb`. */
export function topologyService(
  name: string,
  endpoint: string,
  members: readonly ServiceMember[] = WEBS,
  different: Partial<ServiceSummary> = {},
): TopologyService {
  const settings = { vipGroup: "lb", scheduler: ["wlc"], onePacketScheduling: false, delayLoopSeconds: "5" };
  return { name, endpoints: [endpoint], settings: { ...settings, ...different }, members };
}

export function vipGroup(different: Partial<VipGroup> = {}): VipGroup {
  return {
    name: "lb",
    vips: ["10.0.0.100"],
    interface: "eth0",
    vrrp: { virtualRouterId: "51", preempt: true },
    holders: [
      { host: 0, priority: 150 },
      { host: 1, priority: 100 },
    ],
    ...different,
  };
}

/** A pair with one VRRP instance. */
export function topologyPair(
  services: readonly TopologyService[],
  different: Partial<TopologyDirectors> = {},
): TopologyDirectors {
  return {
    name: "lb",
    tableOwner: TableOwner.KEEPALIVED,
    hosts: [
      { name: "primary", address: "10.0.0.11" },
      { name: "secondary", address: "10.0.0.12" },
    ],
    vipGroups: [vipGroup()],
    services,
    ...different,
  };
}

export function topology(directors: readonly TopologyDirectors[], different: Partial<Topology> = {}): Topology {
  return { name: "stack", directors, idle: [], ...different };
}

/** A pair with one service for two ports. */
export function smallPair(): Topology {
  return topology([
    topologyPair([topologyService("http", "10.0.0.100:80/tcp"), topologyService("https", "10.0.0.100:443/tcp")]),
  ]);
}

/** As many services of the same two real servers. */
export function manyServices(count: number): Topology {
  const services = Array.from({ length: count }, (_, index) =>
    topologyService(`s${index}`, `10.0.0.100:${8000 + index}/tcp`),
  );
  return topology([topologyPair(services)]);
}

/** Every piece of a picture that may hold text of users, with this one. */
export function hostileTopology(text: string): Topology {
  const servers = [member(text, text, { weight: text, checks: [{ type: "http", path: text, port: text }] })];
  const sorryServer = { address: text, port: text, forwardingMethod: ForwardingMethod.NAT };
  const service = topologyService(text, text, servers, {
    vipGroup: text,
    allowedClients: [text],
    persistenceSeconds: text,
    sorryServer,
  });
  const group = vipGroup({
    name: text,
    vips: [text],
    interface: text,
    vrrp: { virtualRouterId: text, preempt: true, advertInterface: text },
  });
  const hosts = [{ name: text, address: text }];
  const pair = topologyPair([service, { ...service, name: "b" }], { name: text, hosts, vipGroups: [group] });
  const holders = [{ host: 0, priority: 150 }];
  return topology([{ ...pair, vipGroups: [{ ...group, holders }] }], {
    name: text,
    idle: [{ ...topologyServer(`idle ${text}`), addresses: [text] }],
  });
}

/** What pictures must not trip over. */
export const HOSTILE: readonly string[] = [
  'a"b',
  "a'b",
  "a[b](c){d}",
  "a]b)c}d",
  "a|b",
  "a --> b",
  "a -- b --- c",
  "`a`",
  "<script>alert(1)</script>",
  "&lt;b&gt; &#34; #quot; #34;",
  "%%{init: {}}%%",
  "a%%b",
  "a\nb --> c\r\nend\u2028d",
  "a\\",
  "a\\nb\\N\\G",
  "]]> --> <!-- x",
  "end",
  "x@{ shape: rect }",
  "$$\\frac{1}{2}$$",
  "1. a",
  "- a",
  "__a__ *b* ~~c~~",
  "https://a.example www.b.example fa:fa-ban",
  "click a callback",
  "\u0000\u0007\ud800 \u{1f600} é",
  "${aws_instance.web.private_ip}",
  "   ",
];
