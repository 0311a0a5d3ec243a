import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import { defaultMethod, serviceNames, vipsOfService, virtualService } from "../../src/model/virtual-service";
import { virtualServiceProblems, type VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import { realServer } from "../support/models";

type Settings = DeepDeferrable<VirtualServiceSettings>;

const token = new Deferred("${x}");
const settings: Settings = { vip: "192.0.2.1", port: 80 };

describe("virtualServiceProblems", () => {
  const accepted: [string, Partial<Settings>][] = [
    ["an address and a port", {}],
    ["short IPv6", { vip: "2001:db8::1" }],
    ["long IPv6", { vip: "2001:0db8:0:0:0:0:0:1" }],
    ["UDP", { protocol: Protocol.UDP }],
    ["SCTP", { protocol: Protocol.SCTP }],
    ["another scheduler", { scheduler: Scheduler.MH }],
    ["persistence", { persistence: { timeoutSeconds: 300 } }],
    ["no health check", { healthCheck: HealthCheck.none() }],
    ["the shortest delay loop", { delayLoopSeconds: 0.1 }],
    ["a delay loop with a fraction", { delayLoopSeconds: 1.5 }],
    ["the longest delay loop", { delayLoopSeconds: 3600 }],
    ["a sorry server", { sorryServer: { address: "10.0.0.99" } }],
    ["a sorry server with the port of the service", { sorryServer: { address: "10.0.0.99", port: 80 } }],
    ["an IPv6 sorry server", { vip: "2001:db8::1", sorryServer: { address: "2001:db8::99" } }],
    ["the director itself as sorry server", { sorryServer: { address: "127.0.0.1" } }],
    ["the director itself over IPv6", { vip: "2001:db8::1", sorryServer: { address: "0:0::1" } }],
    ["tokens for the address and the port", { vip: token, port: token, delayLoopSeconds: token }],
    ["tokens further in", { persistence: { timeoutSeconds: token }, healthCheck: { type: "tcp", port: token } }],
    ["a sorry server of tokens", { sorryServer: { address: token, port: token } }],
  ];

  test.each(accepted)("accepts %s", (_title, props) => {
    expect(virtualServiceProblems({ ...settings, ...props })).toEqual([]);
  });

  const schedulers = "use one of rr, wrr, lc, wlc, lblc, lblcr, dh, sh, mh, sed, nq, fo, ovf, twos";
  const refused: [string, Partial<Settings>, string, string][] = [
    ["no address", { vip: "" }, "vip", "must be an IPv4 or IPv6 address, got ''"],
    [
      "an address with a prefix",
      { vip: "192.0.2.1/32" },
      "vip",
      "must be an IPv4 or IPv6 address, got '192.0.2.1/32'; leave out the prefix length",
    ],
    ["a multicast address", { vip: "ff02::1" }, "vip", "must be a unicast address, got 'ff02::1' (multicast)"],
    ["port 0", { port: 0 }, "port", "must be an integer from 1 to 65535, got 0; for all ports set allPorts"],
    ["port 65536", { port: 65536 }, "port", "must be an integer from 1 to 65535, got 65536"],
    [
      "an unknown protocol",
      { protocol: "tcp" as Protocol },
      "protocol",
      "must be a known value, got 'tcp'; use one of TCP, UDP, SCTP",
    ],
    [
      "a token as protocol",
      { protocol: token as never },
      "protocol",
      "must be known at synth, got a token; what else is written depends on it, use one of TCP, UDP, SCTP",
    ],
    [
      "an unknown scheduler",
      { scheduler: "wlcc" as Scheduler },
      "scheduler",
      `must be a known value, got 'wlcc'; ${schedulers}`,
    ],
    [
      "a token as scheduler",
      { scheduler: token as never },
      "scheduler",
      `must be known at synth, got a token; what else is written depends on it, ${schedulers}`,
    ],
    [
      "persistence of no time",
      { persistence: { timeoutSeconds: 0 } },
      "persistence.timeoutSeconds",
      "must be an integer from 1 to 2678400, got 0",
    ],
    [
      "a health check without path",
      { healthCheck: HealthCheck.http({ path: "" }) },
      "healthCheck.path",
      "must start with '/' and have no spaces, got ''",
    ],
    ["a delay loop of 0", { delayLoopSeconds: 0 }, "delayLoopSeconds", "must be from 0.1 to 3600 seconds, got 0"],
    [
      "a delay loop over an hour",
      { delayLoopSeconds: 3601 },
      "delayLoopSeconds",
      "must be from 0.1 to 3600 seconds, got 3601",
    ],
    [
      "a sorry server without address",
      { sorryServer: { address: "" } },
      "sorryServer.address",
      "must be an IPv4 or IPv6 address, got ''",
    ],
    [
      "a sorry server that is no host",
      { sorryServer: { address: "0.0.0.0" } },
      "sorryServer.address",
      "must be a unicast address, got '0.0.0.0' (the unspecified address)",
    ],
    [
      "a health check of an unknown type",
      { healthCheck: { type: "icmp" } as never },
      "healthCheck.type",
      "must be a known value, got 'icmp'; use one of tcp, http, ssl, smtp, dns, udp, ping, misc, bfd, file, none",
    ],
    [
      "a bad one of several health checks",
      { healthCheck: [HealthCheck.tcp(), HealthCheck.tcp({ port: 0 })] },
      "healthCheck[1].port",
      "must be an integer from 1 to 65535, got 0",
    ],
  ];

  test.each(refused)("refuses %s", (_title, props, path, message) => {
    expect(virtualServiceProblems({ ...settings, ...props })).toEqual([{ path, message }]);
  });

  test("refuses port 0 for a sorry server", () => {
    expect(virtualServiceProblems({ ...settings, sorryServer: { address: "10.0.0.99", port: 0 } })).toEqual([
      { path: "sorryServer.port", message: "must be an integer from 1 to 65535, got 0" },
    ]);
  });

  test("finds every problem at once", () => {
    const problems = virtualServiceProblems({ vip: "", port: 0, delayLoopSeconds: 0, sorryServer: { address: "" } });
    expect(problems.map(({ path }) => path)).toEqual(["vip", "port", "delayLoopSeconds", "sorryServer.address"]);
  });
});

describe("virtualService", () => {
  const defaults = {
    vip: "192.0.2.1",
    port: 80,
    protocol: Protocol.TCP,
    scheduler: Scheduler.WLC,
    healthCheck: { type: "tcp" },
    delayLoopSeconds: 5,
  };

  const filled: [string, Partial<Settings>, object][] = [
    ["the defaults", {}, {}],
    ["no health check for UDP", { protocol: Protocol.UDP }, { protocol: "UDP", healthCheck: { type: "none" } }],
    ["the scheduler given", { scheduler: Scheduler.SH }, { scheduler: "sh" }],
    ["the health check given", { healthCheck: HealthCheck.none() }, { healthCheck: { type: "none" } }],
    ["the delay loop given", { delayLoopSeconds: 30 }, { delayLoopSeconds: 30 }],
    ["persistence", { persistence: { timeoutSeconds: 9 } }, { persistence: { timeoutSeconds: 9 } }],
    ["the short form of the VIP", { vip: "2001:0DB8:0:0:0:0:0:1" }, { vip: "2001:db8::1" }],
    ["tokens as they are", { vip: token, port: token }, { vip: token, port: token }],
    [
      "the port of the service for the sorry server",
      { sorryServer: { address: "2001:db8:0::99" } },
      { sorryServer: { address: "2001:db8::99", port: 80 } },
    ],
    [
      "the port of the sorry server",
      { sorryServer: { address: "10.0.0.99", port: token } },
      { sorryServer: { address: "10.0.0.99", port: token } },
    ],
  ];

  test.each(filled)("has %s", (_title, props, expected) => {
    expect(virtualService({ ...settings, ...props }, TableOwner.KEEPALIVED)).toStrictEqual({
      ...defaults,
      ...expected,
    });
  });

  const withoutPort: [string, Omit<Settings, "vip">, object][] = [
    ["all ports, with nothing to try", { allPorts: true }, { allPorts: true, healthCheck: { type: "none" } }],
    [
      "a mark that others set, with nothing to try",
      { firewallMark: { mark: 1 } },
      { firewallMark: { mark: 1 }, healthCheck: { type: "none" } },
    ],
    [
      "marked ports, the first of which is tried",
      { firewallMark: { mark: 1, ports: ["8000-8010", 80] } },
      { firewallMark: { mark: 1, ports: ["8000-8010", 80] }, healthCheck: { type: "tcp", port: 8000 } },
    ],
    [
      "marked ports of UDP, with nothing to try",
      { firewallMark: { mark: 1, ports: [53] }, protocol: Protocol.UDP },
      { firewallMark: { mark: 1, ports: [53] }, protocol: "UDP", healthCheck: { type: "none" } },
    ],
    [
      "a sorry server without a port either",
      { allPorts: true, sorryServer: { address: "10.0.0.99" } },
      { allPorts: true, healthCheck: { type: "none" }, sorryServer: { address: "10.0.0.99", port: 0 } },
    ],
  ];

  test.each(withoutPort)("has port 0 for %s", (_title, props, expected) => {
    expect(virtualService({ vip: settings.vip, ...props }, TableOwner.KEEPALIVED)).toStrictEqual({
      ...defaults,
      port: 0,
      ...expected,
    });
  });

  test("has the short form of every VIP", () => {
    const vips = { vip: "2001:0DB8::1", additionalVips: ["2001:0DB8::2", token] };
    expect(virtualService({ ...settings, ...vips }, TableOwner.KEEPALIVED)).toStrictEqual({
      ...defaults,
      vip: "2001:db8::1",
      additionalVips: ["2001:db8::2", token],
    });
  });

  test("has no health check under ipvsadm", () => {
    expect(virtualService(settings, TableOwner.IPVSADM)).toStrictEqual({ ...defaults, healthCheck: { type: "none" } });
  });
});

const marked = { port: 0, protocol: Protocol.TCP, firewallMark: { mark: 7 } };

test.each([
  ["IPv4", { vip: "192.0.2.1", port: 80, protocol: Protocol.TCP }, "192.0.2.1:80/tcp"],
  ["short IPv6", { vip: "2001:db8::1", port: 53, protocol: Protocol.UDP }, "[2001:db8::1]:53/udp"],
  ["long IPv6", { vip: "2001:0db8:0:0:0:0:0:1", port: 53, protocol: Protocol.UDP }, "[2001:db8::1]:53/udp"],
  ["a token", { vip: token, port: token, protocol: Protocol.SCTP }, "${x}:${x}/sctp"],
  ["all ports", { vip: "192.0.2.1", port: 0, protocol: Protocol.TCP }, "192.0.2.1:0/tcp"],
  ["a mark", { ...marked, vip: "192.0.2.1" }, "fwmark 7 (IPv4)"],
  ["a mark of IPv6", { ...marked, vip: "2001:db8::1" }, "fwmark 7 (IPv6)"],
  ["a mark for several VIPs", { ...marked, vip: "192.0.2.1", additionalVips: ["192.0.2.2"] }, "fwmark 7 (IPv4)"],
])("the name of a service with %s", (_title, service, name) => {
  expect(serviceNames(service)).toEqual([name]);
});

test("a service with several VIPs has a name for each", () => {
  const service = { vip: "192.0.2.1", additionalVips: ["192.0.2.3", token], port: 80, protocol: Protocol.TCP };
  expect(vipsOfService(service)).toEqual(["192.0.2.1", "192.0.2.3", token]);
  expect(serviceNames(service)).toEqual(["192.0.2.1:80/tcp", "192.0.2.3:80/tcp", "${x}:80/tcp"]);
});

test.each([
  ["no real server", [], ForwardingMethod.DR],
  ["real servers of several methods", [{ forwardingMethod: ForwardingMethod.TUN }, {}], ForwardingMethod.TUN],
])("the method of a service with %s", (_title, servers, method) => {
  expect(defaultMethod({ realServers: servers.map(realServer) })).toBe(method);
});
