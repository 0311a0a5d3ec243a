import { Deferred } from "../../src/model/deferred";
import { packetMarks, packetMarksProblems, packetsOf } from "../../src/model/packet-mark";
import { Protocol } from "../../src/model/protocol";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import type { DeepDeferrable } from "../../src/model/deferred";
import { service } from "../support/models";

type Different = Partial<DeepDeferrable<VirtualServiceSettings>>;

const marked = (ports: readonly (number | string)[], different: Different = {}) => {
  const { port: _none, ...settings } = service({ firewallMark: { mark: 7, ports }, ...different });
  return { ...settings, port: 0 };
};
const named = (...services: readonly ReturnType<typeof service>[]) =>
  services.map((one, index) => ({ name: `s${index}`, service: one }));

test.each([
  ["a port", service(), { vips: ["10.0.0.100"], protocol: "TCP", ports: [80] }],
  ["all ports", service({ port: 0, protocol: Protocol.UDP }), { vips: ["10.0.0.100"], protocol: "UDP", ports: [] }],
  [
    "marked ports of several VIPs",
    marked([80, "90-99"], { additionalVips: ["10.0.0.101"] }),
    { vips: ["10.0.0.100", "10.0.0.101"], protocol: "TCP", ports: [80, "90-99"] },
  ],
  [
    "a mark of somebody else",
    { ...service({ firewallMark: { mark: 7 } }), port: 0 },
    { vips: ["10.0.0.100"], protocol: "TCP", ports: [], foreignMark: 7 },
  ],
])("the packets of a service: %s", (_title, one, packets) => {
  expect(packetsOf(one)).toEqual({ family: "IPv4", ...packets });
});

test("the family is that of the VIP, and IPv4 where nothing tells", () => {
  expect(packetsOf(service({ vip: "2001:db8::1" })).family).toBe("IPv6");
  expect(packetsOf(service({ vip: new Deferred("${vip}") })).family).toBe("IPv4");
});

test("marks are set for services that name ports, and for no others", () => {
  const services = [service(), service({ firewallMark: { mark: 8 } }), marked([443])];
  expect(packetMarks(services)).toEqual([
    { family: "IPv4", vips: ["10.0.0.100"], protocol: "TCP", ports: [443], mark: 7 },
  ]);
});

test.each([
  ["nothing", []],
  ["other ports", named(marked([80, 443]), marked([81, "444-500"]))],
  ["other protocols", named(marked([80]), marked([80], { protocol: Protocol.UDP }))],
  ["other VIPs", named(marked([80]), marked([80], { vip: "10.0.0.101" }))],
  ["the other family", named(marked([80]), marked([80], { vip: "2001:db8::1" }))],
  ["a service beside a mark", named(service({ port: 81 }), marked([80]))],
  ["a service for the ports that nobody marks", named(service({ port: 0 }), marked([80]))],
  ["two services without marks", named(service(), service())],
  ["marks of somebody else", named(service({ firewallMark: { mark: 7 } }), service({ firewallMark: { mark: 7 } }))],
  ["ports known only at apply", named(marked([new Deferred("${a}") as never]), marked([80]))],
])("accepts %s", (_title, services) => {
  expect(packetMarksProblems(services)).toEqual([]);
});

test.each([
  ["a port marked twice", named(marked([80]), marked([443, 80])), 1, "10.0.0.100 tcp 80", "s0"],
  ["a port in a range", named(marked(["1-1024"]), marked([80])), 1, "10.0.0.100 tcp 1-1024", "s0"],
  ["a service by port, before", named(service(), marked([80])), 1, "10.0.0.100 tcp 80", "s0"],
  ["a service by port, after", named(marked(["70-90"]), service()), 0, "10.0.0.100 tcp 80", "s1"],
  [
    "another spelling of the VIP",
    named(marked([53], { vip: "2001:db8::1", protocol: Protocol.UDP }), {
      ...service({ vip: "2001:DB8:0::1", port: 53, protocol: Protocol.UDP }),
    }),
    0,
    "2001:db8::1 udp 53",
    "s1",
  ],
  [
    "one of several VIPs",
    named(marked([80], { vip: "10.0.0.1", additionalVips: ["10.0.0.100"] }), marked([80])),
    1,
    "10.0.0.100 tcp 80",
    "s0",
  ],
])("refuses packets of two services: %s", (_title, services, fault, got, other) => {
  expect(packetMarksProblems(services)).toEqual([
    {
      path: `virtual service 's${fault}'`,
      message: `must mark packets of its own, got ${got} again; '${other}' has them already`,
    },
  ]);
});
