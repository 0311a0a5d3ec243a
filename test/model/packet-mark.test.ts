import { Deferred } from "../../src/model/deferred";
import { packetMarks, packetsOf } from "../../src/model/packet-mark";
import { Protocol } from "../../src/model/protocol";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import type { DeepDeferrable } from "../../src/model/deferred";
import { service } from "../support/models";

type Different = Partial<DeepDeferrable<VirtualServiceSettings>>;

const marked = (ports: readonly (number | string)[], different: Different = {}) => {
  return { ...service({ firewallMark: { mark: 7, ports }, ...different }), port: 0 };
};

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
