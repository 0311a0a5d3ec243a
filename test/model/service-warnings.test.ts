import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { PersistenceEngine } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { serviceWarnings } from "../../src/model/service-warnings";
import { TableOwner } from "../../src/model/table-owner";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";

const token = new Deferred("${x}");
const web: RealServer = {
  address: "10.0.0.11",
  port: 80,
  weight: 1,
  forwardingMethod: ForwardingMethod.DR,
  healthCheck: HealthCheck.tcp(),
};
const other = { ...web, address: "10.0.0.12" };
const unchecked = { ...web, healthCheck: HealthCheck.none() };
const byFile = HealthCheck.file({ trackFile: { name: "load", path: "/run/load" } });
const drained = { ...web, weight: 0 };
const sorryServer = { address: "10.0.0.99", port: 80 };
const engine = PersistenceEngine.SIP;
const packets = { protocol: Protocol.UDP, onePacketScheduling: true };
const nat = { forwardingMethod: ForwardingMethod.NAT };
const persistence = { timeoutSeconds: 300 };
const service: VirtualService = {
  ...virtualService({ vip: "192.0.2.1", port: 80 }, TableOwner.KEEPALIVED),
  realServers: [web, other],
};

const silent: [string, Partial<VirtualService>][] = [
  ["checked real servers", {}],
  ["a sorry server with one checked real server", { sorryServer, realServers: [web, { ...other, ...unchecked }] }],
  ["sh with weights that fill its table", { scheduler: Scheduler.SH, realServers: [{ ...web, weight: 255 }, other] }],
  [
    "sh with a weight known only at apply",
    {
      scheduler: Scheduler.SH,
      realServers: [
        { ...web, weight: token },
        { ...other, weight: 256 },
      ],
    },
  ],
  ["another scheduler with large weights", { scheduler: Scheduler.WRR, realServers: [{ ...web, weight: 1000 }] }],
  ["ovf with TCP", { scheduler: Scheduler.OVF }],
  ["another scheduler with UDP", { protocol: Protocol.UDP }],
  ["persistence without a drained real server", { persistence }],
  ["connections by NAT", { realServers: [{ ...web, ...nat }] }],
  ["single packets by direct routing", packets],
  ["SIP by NAT", { ...packets, persistence: { ...persistence, engine }, realServers: [{ ...web, ...nat }] }],
  ["a weight known only at apply", { realServers: [{ ...web, weight: token }] }],
  ["no real servers yet", { sorryServer, realServers: [] }],
  ["a check beside a file", { realServers: [{ ...web, healthCheck: [HealthCheck.tcp(), byFile] }] }],
];

test.each(silent)("no warning for %s", (_title, props) => {
  expect(serviceWarnings({ ...service, ...props }, TableOwner.KEEPALIVED)).toEqual([]);
});

const keepsAddress =
  "one-packet scheduling remembers no connections: replies under NAT keep the address of the real server; use another forwarding method, or leave onePacketScheduling out";
const noCheck =
  "no real server has a health check: a dead one keeps getting its share of the connections; set healthCheck";

const warned: [string, Partial<VirtualService>, string[]][] = [
  [
    "sh with weights over its table",
    { scheduler: Scheduler.SH, realServers: [{ ...web, weight: 256 }, other] },
    [
      "scheduler sh shares out 256 buckets, but the weights add up to 257: the last real servers go short; lower the weights, or use scheduler mh",
    ],
  ],
  [
    "ovf with UDP",
    { scheduler: Scheduler.OVF, protocol: Protocol.UDP },
    [
      "scheduler ovf counts active connections, and UDP has none: the highest weight takes all; use another scheduler, or fo where that is meant",
    ],
  ],
  ["single packets by NAT", { ...packets, realServers: [web, { ...other, ...nat }] }, [keepsAddress]],
  [
    "single packets by NAT, with persistence",
    { ...packets, persistence, realServers: [{ ...web, ...nat }] },
    [keepsAddress],
  ],
  ["no health check", { realServers: [unchecked] }, [noCheck]],
  ["nothing but a file", { realServers: [{ ...web, healthCheck: byFile }] }, [noCheck]],
  [
    "a weak check",
    { realServers: [{ ...web, healthCheck: HealthCheck.ping() }] },
    ["a ping alone finds a host that is off, and no service that is dead; check the service too"],
  ],
  [
    "a sorry server with unchecked real servers",
    { sorryServer, realServers: [unchecked] },
    [noCheck, "the sorry server never takes over: no real server is ever found dead; set healthCheck"],
  ],
  [
    "a drained real server",
    { realServers: [drained, other] },
    ["drains: 10.0.0.11:80 gets no new connections; raise its weight to use it again"],
  ],
  [
    "each drained real server",
    { realServers: [drained, { ...other, weight: 0 }, { ...web, address: "10.0.0.13" }] },
    [
      "drains: 10.0.0.11:80 gets no new connections; raise its weight to use it again",
      "drains: 10.0.0.12:80 gets no new connections; raise its weight to use it again",
    ],
  ],
];

test.each(warned)("a warning for %s", (_title, props, warnings) => {
  expect(serviceWarnings({ ...service, ...props }, TableOwner.KEEPALIVED)).toEqual(warnings);
});

test("no warning for unchecked real servers under ipvsadm, which never checks", () => {
  expect(serviceWarnings({ ...service, realServers: [unchecked] }, TableOwner.IPVSADM)).toEqual([]);
});

test("a warning for a drained real server under ipvsadm too", () => {
  expect(serviceWarnings({ ...service, realServers: [{ ...unchecked, weight: 0 }] }, TableOwner.IPVSADM)).toEqual([
    "drains: 10.0.0.11:80 gets no new connections; raise its weight to use it again",
  ]);
});
