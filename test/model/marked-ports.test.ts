import { Deferred } from "../../src/model/deferred";
import { markedPortsProblems, type NamedService } from "../../src/model/marked-ports";
import { Protocol } from "../../src/model/protocol";
import { service } from "../support/models";

type Settings = Parameters<typeof service>[0];

function named(...all: NonNullable<Settings>[]): NamedService[] {
  return all.map((settings, index) => ({ name: "abc"[index] ?? "d", service: service(settings, []) }));
}

const site = { firewallMark: { mark: 1, ports: [80, 443, "50000-50100"] } };
const other = { mark: 2, ports: [8080, "50200-50300"] };
const persistence = { timeoutSeconds: 300 };
const token = new Deferred("${x}");
const vip6 = "2001:db8::100";

const accepted: [string, NamedService[]][] = [
  ["no services", []],
  ["services without marks, even on one port", named({}, {})],
  ["a mark alone", named(site)],
  ["one address twice beside a mark, which is told elsewhere", named({}, {}, { firewallMark: other })],
  ["ports of their own", named(site, { firewallMark: other })],
  ["a port between", named(site, { port: 8080 }, { port: 50101 })],
  ["the same port of another protocol", named(site, { port: 80, protocol: Protocol.UDP })],
  ["the same port of another VIP", named(site, { vip: "10.0.0.101" })],
  ["the same port of the other family", named(site, { ...site, vip: vip6 })],
  ["all the rest", named(site, { allPorts: true, persistence })],
  ["marks that others set", named(site, { firewallMark: { mark: 2 } })],
  ["ports known only at apply", named(site, { port: token }, { firewallMark: { mark: 3, ports: [token] } })],
  ["the same mark, which is told elsewhere", named(site, site)],
];

test.each(accepted)("accepts %s", (_title, services) => {
  expect(markedPortsProblems(services)).toEqual([]);
});

const refused: [string, NamedService[], string, string, string][] = [
  ["a service on a marked port", named(site, { port: 443 }), "b", "10.0.0.100:443/tcp", "a"],
  ["a mark for a service's port", named({ port: 443 }, site), "b", "10.0.0.100:443/tcp", "a"],
  ["a service in a marked range", named(site, { port: 50050 }), "b", "10.0.0.100:50050/tcp", "a"],
  ["the first port of a range", named(site, { port: 50000 }), "b", "10.0.0.100:50000/tcp", "a"],
  ["the last port of a range", named(site, { port: 50100 }), "b", "10.0.0.100:50100/tcp", "a"],
  [
    "ranges that overlap",
    named(site, { firewallMark: { mark: 2, ports: ["50090-50200"] } }),
    "b",
    "10.0.0.100:50090/tcp",
    "a",
  ],
  [
    "a further VIP",
    named({ vip: "10.0.0.101" }, { ...site, additionalVips: ["10.0.0.101"] }),
    "b",
    "10.0.0.101:80/tcp",
    "a",
  ],
  [
    "an IPv6 VIP in another spelling",
    named({ ...site, vip: "2001:0db8:0::0100" }, { vip: vip6 }),
    "b",
    "[2001:db8::100]:80/tcp",
    "a",
  ],
  ["a third service", named(site, { port: 8080 }, { firewallMark: other }), "c", "10.0.0.100:8080/tcp", "b"],
];

test.each(refused)("refuses %s", (_title, services, name, endpoint, owner) => {
  const message = `must have packets of its own, got ${endpoint} again; '${owner}' has them already`;
  expect(markedPortsProblems(services)).toEqual([{ path: `virtual service '${name}'`, message }]);
});

test("names every port that is taken", () => {
  const services = named({ port: 80 }, { port: 443 }, site);
  expect(markedPortsProblems(services).map(({ message }) => message)).toEqual([
    "must have packets of its own, got 10.0.0.100:80/tcp again; 'a' has them already",
    "must have packets of its own, got 10.0.0.100:443/tcp again; 'b' has them already",
  ]);
});
