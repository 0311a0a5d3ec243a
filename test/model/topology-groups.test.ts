import { ForwardingMethod } from "../../src/model/forwarding-method";
import { serverPools, serviceGroups, sharedSorryServers } from "../../src/model/topology-groups";
import type { Topology, TopologyService } from "../../src/model/topology";
import { member, topology, topologyPair, topologyServer, topologyService, WEBS } from "../support/topologies";

/** The names of the services of each group. */
function grouped(content: Topology): string[][] {
  return serviceGroups(content).map(({ services }) => services.map(({ name }) => name));
}

/** The names of the real servers of each pool, and the groups that send to it. */
function pooled(services: readonly TopologyService[], idle: Topology["idle"] = []) {
  const content = topology([topologyPair(services)], { idle });
  return serverPools(serviceGroups(content), content.idle).map(({ servers, links }) => [
    servers.map(({ name, weight }) => (weight === undefined ? name : `${name} ${weight}`)).join(", "),
    links.map(({ group, weight }) => (weight === undefined ? `${group}` : `${group}: ${weight}`)).join(", "),
  ]);
}

const http = topologyService("http", "10.0.0.100:80/tcp");
const https = topologyService("https", "10.0.0.100:443/tcp");

test("nothing", () => {
  expect(serviceGroups(topology([]))).toEqual([]);
  expect(pooled([])).toEqual([]);
});

test("services that differ in name and endpoint only are one group, in the order of the first", () => {
  const dns = topologyService("dns", "10.0.0.100:53/udp", WEBS, { scheduler: ["rr"] });
  expect(grouped(topology([topologyPair([http, dns, https])]))).toEqual([["http", "https"], ["dns"]]);
});

test("of a real server with an address of each family", () => {
  const ipv6 = topologyService("http6", "[2001:db8::100]:80/tcp", [
    member("web1", "2001:db8::21"),
    member("web2", "2001:db8::22", { weight: "2" }),
  ]);
  const content = topology([topologyPair([http, ipv6])]);
  expect(grouped(content)).toEqual([["http", "http6"]]);
  const [pool] = serverPools(serviceGroups(content), []);
  expect(pool?.servers[0]).toEqual({ name: "web1", addresses: ["10.0.0.21", "2001:db8::21"], weight: "1" });
});

test.each<[string, TopologyService]>([
  ["instance", topologyService("x", "10.0.0.1:80/tcp", WEBS, { vipGroup: "blue" })],
  ["persistence", topologyService("x", "10.0.0.1:80/tcp", WEBS, { persistenceSeconds: "9" })],
  ["clients", topologyService("x", "10.0.0.1:80/tcp", WEBS, { allowedClients: ["10.0.0.0/8"] })],
  ["real servers", topologyService("x", "10.0.0.1:80/tcp", WEBS.slice(1))],
  ["weights", topologyService("x", "10.0.0.1:80/tcp", [WEBS[0]!, { ...WEBS[1]!, weight: "3" }])],
  ["checks", topologyService("x", "10.0.0.1:80/tcp", [WEBS[0]!, { ...WEBS[1]!, checks: [] }])],
])("services with different %s are not", (_title, other) => {
  expect(grouped(topology([topologyPair([http, other])]))).toEqual([["http"], ["x"]]);
});

test("the services of different pairs are not, and may have the same real servers", () => {
  const content = topology([topologyPair([http]), topologyPair([https], { name: "lb2" })]);
  expect(grouped(content)).toEqual([["http"], ["https"]]);
  expect(serverPools(serviceGroups(content), []).map(({ links }) => links.map(({ group }) => group))).toEqual([[0, 1]]);
});

test("real servers with the same part in the same services are one pool; weights may differ", () => {
  expect(pooled([http, https])).toEqual([["web1 1, web2 2", "0"]]);
});

test("a weight that differs between services is told by the links", () => {
  const other = topologyService("x", "10.0.0.1:80/tcp", [member("web1", "10.0.0.21", { weight: "5" }), WEBS[1]!]);
  expect(pooled([http, other])).toEqual([
    ["web1", "0: 1, 1: 5"],
    ["web2 2", "0, 1"],
  ]);
});

test.each([
  ["care", member("web3", "10.0.0.23", { server: { care: "unmanaged" } })],
  ["method", member("web3", "10.0.0.23", { forwardingMethod: ForwardingMethod.NAT })],
  ["port", member("web3", "10.0.0.23", { port: "8080" })],
  ["check", member("web3", "10.0.0.23", { checks: [] })],
  ["future", member("web3", "10.0.0.23", { server: { leaving: true } })],
])("a real server of another %s has a pool of its own", (_title, other) => {
  expect(pooled([topologyService("x", "10.0.0.1:80/tcp", [...WEBS, other])])).toEqual([
    ["web1 1, web2 2", "0"],
    ["web3 1", "0"],
  ]);
});

test("real servers without a service are a pool without links", () => {
  const idle = ["a", "b"].map((name) => ({ ...topologyServer(name), addresses: ["10.0.0.30"] }));
  expect(pooled([http], idle)).toEqual([
    ["web1 1, web2 2", "0"],
    ["a, b", ""],
  ]);
});

test("a sorry server of several groups is one", () => {
  const sorryServer = { address: "10.0.0.99", forwardingMethod: ForwardingMethod.DR };
  const services = [
    topologyService("a", "10.0.0.1:80/tcp", WEBS, { sorryServer }),
    topologyService("b", "10.0.0.1:81/tcp", WEBS, { sorryServer, quorum: "2" }),
    topologyService("c", "10.0.0.1:82/tcp", WEBS, { sorryServer: { ...sorryServer, port: "8080" } }),
    http,
  ];
  expect(sharedSorryServers(serviceGroups(topology([topologyPair(services)])))).toEqual([
    { sorryServer, groups: [0, 1] },
    { sorryServer: { ...sorryServer, port: "8080" }, groups: [2] },
  ]);
});

test("the director itself is another sorry server on other directors", () => {
  const sorryServer = { address: "127.0.0.1", forwardingMethod: ForwardingMethod.DR };
  const settings = (quorum: string) => ({ sorryServer, quorum });
  const one = ["1", "2"].map((id) => topologyService(id, `10.0.0.${id}:80/tcp`, WEBS, settings(id)));
  const two = [topologyService("3", "10.0.0.3:80/tcp", WEBS, { sorryServer })];
  const content = topology([topologyPair(one), topologyPair(two, { name: "lb2" })]);
  expect(sharedSorryServers(serviceGroups(content))).toEqual([
    { sorryServer, groups: [0, 1] },
    { sorryServer, groups: [2] },
  ]);
});
