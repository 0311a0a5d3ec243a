import { ForwardingMethod } from "../../src/model/forwarding-method";
import { TableOwner } from "../../src/model/table-owner";
import type { PoolLink, ServerPool } from "../../src/model/topology-groups";
import type { ServiceSummary, VipGroup } from "../../src/model/topology";
import { TunnelType } from "../../src/model/tunnel";
import {
  directorsTitle,
  linkLabel,
  poolNotes,
  poolTitle,
  serverCells,
  serversTitle,
  serviceNotes,
  sharedWords,
  sorryLabel,
  vipNotes,
} from "../../src/render/topology-words";
import { topologyPair, topologyService, vipGroup } from "../support/topologies";

const { hosts } = topologyPair([]);

test("directors of their own and in pairs", () => {
  expect(directorsTitle(topologyPair([]))).toBe("lb (keepalived, VRRP)");
  const alone = { tableOwner: TableOwner.IPVSADM, vipGroups: [{ name: "lb", vips: [], holders: [{ host: 0 }] }] };
  expect(directorsTitle(topologyPair([], alone))).toBe("lb (ipvsadm)");
});

test.each<[Partial<VipGroup>, string[]]>([
  [{}, ["on eth0", "VRID 51", "primary: priority 150", "secondary: priority 100"]],
  [{ vips: [], holders: [] }, ["no VIP", "VRID 51"]],
  [
    { vrrp: { virtualRouterId: "51", preempt: true, advertInterface: "eth1" }, holders: [{ host: 0, priority: 9 }] },
    ["on eth0", "VRID 51, adverts over eth1", "primary: priority 9"],
  ],
  [
    { vrrp: { virtualRouterId: "51", preempt: false, syncGroup: "both" }, holders: [{ host: 1, priority: 9 }] },
    ["on eth0", "VRID 51", "secondary: priority 9", "no preemption", "fails over with sync group both"],
  ],
])("VIPs: %j", (different, notes) => {
  expect(vipNotes(vipGroup(different), hosts)).toEqual(notes);
});

test("VIPs that a director on its own has, or is given", () => {
  const group: VipGroup = { name: "lb", vips: ["10.0.0.100"], holders: [{ host: 0 }] };
  expect(vipNotes(group, hosts)).toEqual(["the host has them already"]);
  expect(vipNotes({ ...group, interface: "eth1" }, hosts)).toEqual(["on eth1"]);
});

test.each<[Partial<ServiceSummary>, string[]]>([
  [{}, ["scheduler wlc", "checks every 5 s"]],
  [
    { scheduler: ["sh", "sh-port"], onePacketScheduling: true, persistenceSeconds: "300", quorum: "2" },
    ["scheduler sh sh-port", "packet by packet, persistence 300 s, quorum 2", "checks every 5 s"],
  ],
  [{ allowedClients: ["a", "b", "c"] }, ["scheduler wlc", "checks every 5 s", "only for a, b, c"]],
  [{ allowedClients: ["a", "b", "c", "d"] }, ["scheduler wlc", "checks every 5 s", "only for a, b, c and 1 more"]],
])("services: %j", (different, notes) => {
  expect(serviceNotes(topologyService("x", "y", [], different).settings, {})).toEqual(notes);
});

const { DR, NAT, TUN } = ForwardingMethod;
const plain: PoolLink = { group: 0, forwardingMethod: DR, checks: [{ type: "tcp" }] };
const other: PoolLink = {
  group: 0,
  forwardingMethod: NAT,
  port: "8080",
  checks: [{ type: "ssl", port: "8443", path: "/health" }, { type: "misc" }],
  weight: "3",
};

test("what is the same for all real servers is said once", () => {
  expect(sharedWords([plain, plain])).toEqual({ route: "direct routing", checks: "check TCP" });
  expect(linkLabel(plain, sharedWords([plain]))).toEqual([]);
  const { settings } = topologyService("x", "y");
  expect(serviceNotes(settings, sharedWords([plain]))).toEqual([
    "direct routing, scheduler wlc",
    "check TCP every 5 s",
  ]);
  expect(sharedWords([])).toEqual({});
});

test("and what is not, by each", () => {
  const shared = sharedWords([plain, other]);
  expect(shared).toEqual({});
  expect(linkLabel(plain, shared)).toEqual(["direct routing", "check TCP"]);
  expect(linkLabel(other, shared)).toEqual(["NAT to port 8080", "checks HTTPS port 8443 /health, script", "weight 3"]);
  expect(linkLabel({ group: 0, forwardingMethod: TUN, tunnel: TunnelType.GRE, checks: [] }, shared)).toEqual([
    "tunneling (gre)",
    "not checked",
  ]);
});

test("a sorry server says how it is reached, when that is another way", () => {
  expect(sorryLabel({ forwardingMethod: DR }, { route: "direct routing" })).toEqual(["when quorum is lost"]);
  expect(sorryLabel({ forwardingMethod: NAT }, { route: "direct routing" })).toEqual(["NAT", "when quorum is lost"]);
});

test("frames of real servers", () => {
  expect(serversTitle()).toBe("Real servers");
  expect(serversTitle(["edge"])).toBe("Real servers of edge");
  expect(serversTitle(["edge", "core"])).toBe("Real servers of edge and core");
  expect(serversTitle([])).toBe("Real servers without a virtual service");
});

const one = { name: "web1", addresses: ["10.0.0.21", "2001:db8::21"], weight: "1" };

test.each<[Partial<ServerPool>, string]>([
  [{}, "Real server"],
  [{ servers: [one, one] }, "2 real servers"],
  [{ care: "unmanaged" }, "Real server, not managed here"],
  [{ care: "local" }, "Real server, director too"],
  [{ leaving: true }, "Real server, decommissioned"],
])("pools: %j", (different, title) => {
  expect(poolTitle({ care: "managed", leaving: false, servers: [one], links: [], ...different })).toBe(title);
});

test("the cells and notes of real servers", () => {
  const pool: ServerPool = { care: "managed", leaving: false, servers: [one], links: [] };
  expect(serverCells(one, false)).toEqual(["web1", "10.0.0.21, 2001:db8::21", "weight 1"]);
  expect(serverCells(one, true)).toEqual(["web1", "10.0.0.21, 2001:db8::21"]);
  expect(poolNotes(pool)).toEqual(["no virtual service"]);
  expect(poolNotes({ ...pool, leaving: true })).toEqual([]);
  expect(poolNotes({ ...pool, links: [plain] })).toEqual([]);
});
