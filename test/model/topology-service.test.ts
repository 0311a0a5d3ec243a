import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { topologyService } from "../../src/model/topology-service";
import { tunnel, TunnelType } from "../../src/model/tunnel";
import type { RealServer } from "../../src/model/real-server";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import type { DeepDeferrable } from "../../src/model/deferred";
import { realServer, service } from "./../support/models";
import { topologyServer } from "../support/topologies";

type Different = Partial<DeepDeferrable<VirtualServiceSettings>>;

const web1 = topologyServer("web1");

function summaryOf(different: Different, part: RealServer = realServer()) {
  const { endpoints, settings, members } = topologyService("web", "lb", service(different, [part]), [
    { server: web1, part },
  ]);
  return { endpoints, settings, member: members[0] };
}

test("a plain service", () => {
  expect(topologyService("web", "lb", service(), [{ server: web1, part: realServer() }])).toEqual({
    name: "web",
    endpoints: ["10.0.0.100:80/tcp"],
    settings: { vipGroup: "lb", scheduler: ["wlc"], onePacketScheduling: false, delayLoopSeconds: "5" },
    members: [
      {
        server: web1,
        address: "10.0.0.21",
        forwardingMethod: ForwardingMethod.DR,
        weight: "1",
        checks: [{ type: "tcp" }],
      },
    ],
  });
});

test("no real servers", () => {
  const { settings, members } = topologyService("web", "lb", service({}, []), []);
  expect(settings).not.toHaveProperty("delayLoopSeconds");
  expect(members).toEqual([]);
});

test.each<[Different, string[]]>([
  [{ vip: "2001:db8:0::100", protocol: Protocol.UDP }, ["[2001:db8::100]:80/udp"]],
  [{ additionalVips: ["10.0.0.101"] }, ["10.0.0.100:80/tcp", "10.0.0.101:80/tcp"]],
  [{ allPorts: true, persistence: { timeoutSeconds: 9 } }, ["10.0.0.100, all ports/tcp"]],
  [{ firewallMark: { mark: 7 } }, ["10.0.0.100, mark 7"]],
  [{ firewallMark: { mark: 7, ports: [80, "90-99"] } }, ["10.0.0.100, mark 7, ports 80, 90-99"]],
  [{ vip: new Deferred("${var.vip}"), port: new Deferred("${var.port}") }, ["${var.vip}:${var.port}/tcp"]],
])("endpoints of %j", (different, endpoints) => {
  expect(summaryOf(different).endpoints).toEqual(endpoints);
});

test("settings that a picture shows", () => {
  const { settings } = summaryOf({
    scheduler: Scheduler.SH,
    hashing: { fallback: true, port: true },
    protocol: Protocol.UDP,
    onePacketScheduling: true,
    persistence: { timeoutSeconds: 300 },
    quorum: 2,
    allowedClients: ["10.0.0.0/8"],
    delayLoopSeconds: 9,
    sorryServer: { address: "10.0.0.99", port: 8080, forwardingMethod: ForwardingMethod.NAT },
  });
  expect(settings).toEqual({
    vipGroup: "lb",
    scheduler: ["sh", "sh-fallback", "sh-port"],
    onePacketScheduling: true,
    persistenceSeconds: "300",
    quorum: "2",
    allowedClients: ["10.0.0.0/8"],
    delayLoopSeconds: "9",
    sorryServer: { address: "10.0.0.99", port: "8080", forwardingMethod: ForwardingMethod.NAT },
  });
});

test("a sorry server that a construct stands for, in a tunnel", () => {
  const sorryServer = {
    address: "10.0.0.99",
    forwardingMethod: ForwardingMethod.TUN,
    tunnel: { type: TunnelType.GRE },
  };
  const { settings } = topologyService("web", "lb", service({ sorryServer }, [realServer()]), [], "sorry");
  expect(settings.sorryServer).toEqual({ name: "sorry", address: "10.0.0.99", forwardingMethod: "TUN", tunnel: "gre" });
});

test("a sorry server is reached like the first real server, at the same port", () => {
  const part = realServer({ forwardingMethod: ForwardingMethod.NAT });
  expect(summaryOf({ sorryServer: { address: "10.0.0.99" } }, part).settings.sorryServer).toEqual({
    address: "10.0.0.99",
    forwardingMethod: ForwardingMethod.NAT,
  });
});

test.each<[string, Partial<RealServer>, object]>([
  ["another port", { port: 8080, forwardingMethod: ForwardingMethod.NAT }, { port: "8080", forwardingMethod: "NAT" }],
  [
    "a tunnel",
    { forwardingMethod: ForwardingMethod.TUN, tunnel: tunnel({ type: TunnelType.GUE }) },
    { forwardingMethod: "TUN", tunnel: "gue" },
  ],
  ["no check", { healthCheck: HealthCheck.none() }, { checks: [] }],
  [
    "several checks",
    { healthCheck: [HealthCheck.tcp({ port: 81 }), HealthCheck.ping()] },
    { checks: [{ type: "tcp", port: "81" }, { type: "ping" }] },
  ],
  [
    "a page with a secret behind it",
    { healthCheck: HealthCheck.http({ path: "/health?token=secret" }) },
    { checks: [{ type: "http", path: "/health" }] },
  ],
  [
    "several pages",
    { healthCheck: HealthCheck.ssl({ urls: [{ path: "/a" }, { path: "/b" }] }) },
    { checks: [{ type: "ssl", path: "/a" }] },
  ],
  [
    "what only apply knows",
    { address: new Deferred("${aws_instance.web.private_ip}"), weight: new Deferred("${var.weight}") },
    { address: "${aws_instance.web.private_ip}", weight: "${var.weight}" },
  ],
])("a real server with %s", (_title, different, expected) => {
  expect(summaryOf({}, realServer(different)).member).toMatchObject(expected);
});

test("one that is being taken out has no part in the service", () => {
  const server = topologyServer("old", { leaving: true });
  const part = { address: "10.0.0.29", forwardingMethod: ForwardingMethod.DR };
  expect(topologyService("web", "lb", service({}, []), [{ server, part }]).members).toEqual([
    { server, address: "10.0.0.29", forwardingMethod: "DR", weight: "0", checks: [] },
  ]);
});
