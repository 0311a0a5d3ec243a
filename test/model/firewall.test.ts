import { Deferred } from "../../src/model/deferred";
import { directorTraffic } from "../../src/model/director-traffic";
import { closedPorts, firewallOf, servicesOnlyProblems, type Firewall } from "../../src/model/firewall";
import { packetsOf } from "../../src/model/packet-mark";
import { Protocol } from "../../src/model/protocol";
import { directorConfig, service, vrrpConfig } from "../support/models";

const web = service();
const office = service({ vip: "10.0.0.101", port: 443, allowedClients: ["10.8.0.0/16"] });
const web6 = service({ vip: "2001:db8::100" });

test.each([
  ["no such wish", undefined, ["10.0.0.100"], [service({ vip: new Deferred("${vip}") })]],
  ["VIPs of its own", true, ["10.0.0.11"], [web, web6]],
  ["a VIP that is the director's address, when it may answer for anything", false, ["10.0.0.100"], [web]],
  ["no services", true, ["10.0.0.11"], []],
])("servicesOnly accepts %s", (_title, servicesOnly, own, services) => {
  expect(servicesOnlyProblems("firewall.servicesOnly", servicesOnly, own, services)).toEqual([]);
});

test.each([
  [
    "a VIP that is the director's address",
    ["10.0.0.12", "2001:DB8:0::100"],
    [web, web6],
    "needs VIPs apart from the director's own addresses, got '2001:db8::100'; what the host itself does goes there",
  ],
  [
    "VIPs known only at apply, told once",
    [],
    [service({ vip: new Deferred("${a}") }), service({ vip: new Deferred("${b}") })],
    "needs VIPs known at synth, got a token; leave it out, or pass the address",
  ],
  [
    "a further VIP known only at apply",
    [],
    [service({ additionalVips: [new Deferred("${a}")] })],
    "needs VIPs known at synth, got a token; leave it out, or pass the address",
  ],
])("servicesOnly refuses %s", (_title, own, services, message) => {
  expect(servicesOnlyProblems("firewall.servicesOnly", true, own, services)).toEqual([
    { path: "firewall.servicesOnly", message },
  ]);
});

test.each([
  ["without settings", directorConfig({ services: [web], vrrp: vrrpConfig() })],
  ["on a lone director, which no other one speaks to", directorConfig({ services: [web], settings: { firewall: {} } })],
])("drops nothing %s", (_title, config) => {
  expect(firewallOf(config)).toBeUndefined();
});

test("other directors are looked at only with a firewall", () => {
  const config = directorConfig({ settings: { firewall: {} }, vrrp: vrrpConfig() });
  expect(firewallOf(config)).toEqual({ directors: directorTraffic(config), limits: [] });
});

test("clients of a service are limited without any firewall settings", () => {
  expect(firewallOf(directorConfig({ services: [web, office], vrrp: vrrpConfig() }))).toEqual({
    directors: [],
    limits: [{ packets: packetsOf(office), clients: ["10.8.0.0/16"] }],
  });
});

test("VIPs that serve only: each once, by family", () => {
  const services = [web6, web, service({ port: 81, additionalVips: ["10.0.0.102"] })];
  expect(firewallOf(directorConfig({ services, settings: { firewall: { servicesOnly: true } } }))).toEqual({
    directors: [],
    limits: [],
    servicesOnly: {
      vips: [
        { family: "IPv4", addresses: ["10.0.0.100", "10.0.0.102"] },
        { family: "IPv6", addresses: ["2001:db8::100"] },
      ],
      packets: services.map(packetsOf),
    },
  });
});

const limited = (...services: readonly ReturnType<typeof service>[]): Firewall => ({
  directors: [],
  limits: services.map((one) => ({ packets: packetsOf(one), clients: ["10.8.0.0/16"] })),
});

test.each([
  ["nothing", limited(), []],
  ["a limited port", limited(office), ["10.0.0.101 443"]],
  [
    "a limited service on two VIPs",
    limited(service({ additionalVips: ["10.0.0.9"] })),
    ["10.0.0.100 80", "10.0.0.9 80"],
  ],
  ["all ports", limited(service({ port: 0 })), ["10.0.0.100 1-65535"]],
  [
    "marked ports",
    limited({ ...service({ firewallMark: { mark: 1, ports: [21, "50000-50100"] } }), port: 0 }),
    ["10.0.0.100 21", "10.0.0.100 50000-50100"],
  ],
  [
    "packets that somebody else marks, which may be any",
    limited({ ...service({ firewallMark: { mark: 1 }, protocol: Protocol.UDP }), port: 0 }),
    ["10.0.0.100 1-65535"],
  ],
  ["UDP, over which nobody logs in", limited(service({ protocol: Protocol.UDP })), []],
  [
    "everything on VIPs that serve only",
    firewallOf(directorConfig({ services: [office, web6], settings: { firewall: { servicesOnly: true } } })),
    ["10.0.0.101 1-65535", "2001:db8::100 1-65535"],
  ],
])("where nobody may log in: %s", (_title, firewall, closed) => {
  expect(closedPorts(firewall as Firewall).map(({ address, ports }) => `${address as string} ${ports}`)).toEqual(
    closed,
  );
});
