import { alertSettingsProblems } from "../../src/model/alert-settings";
import { SyncState } from "../../src/model/connection-sync";
import { Deferred } from "../../src/model/deferred";
import { directorProblems, servicesProblems } from "../../src/model/director";
import { directorSettingsProblems } from "../../src/model/director-settings";
import { repairProblems } from "../../src/model/monitoring";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { PersistenceEngine } from "../../src/model/persistence";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { loneSyncProblems, pairSyncProblems } from "../../src/model/sync-daemon";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
import { ipvsKeyProblems, tuningProblems } from "../../src/model/tuning";
import { TunnelChecksum, tunnelProblems, TunnelType } from "../../src/model/tunnel";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { virtualServiceProblems } from "../../src/model/virtual-service-settings";
import { vrrpProblems } from "../../src/model/vrrp";
import { pairVipsProblems, vrrpPairProblems } from "../../src/model/vrrp-pair";

const token = new Deferred("${x}");
const server: RealServer = {
  address: "192.0.2.2",
  port: 81,
  weight: -1,
  forwardingMethod: ForwardingMethod.DR,
  healthCheck: HealthCheck.tcp(),
};
const nat = { ...server, weight: 1, forwardingMethod: ForwardingMethod.NAT };
const marked = { ...nat, port: 0 };
const limited = { ...marked, address: "192.0.2.3", upperThreshold: 1, lowerThreshold: 2 };
const persistence = { timeoutSeconds: 1, prefixLength: 1 };
const sip = PersistenceEngine.SIP;
const settings = { vip: "::2", port: 80, sorryServer: { address: "192.0.2.2", port: 81 } };
const service: VirtualService = {
  ...virtualService(settings, TableOwner.KEEPALIVED),
  realServers: [server],
};
const mixed = { ...service, vip: "192.0.2.1", realServers: [{ ...server, address: "::3" }] };
const badSync = { ttl: 0, group: "x", ports: 3, threshold: { packets: 2, period: 2 }, persistMode: 1 } as const;
const problems = [
  ...virtualServiceProblems({
    vip: "192.0.2.1/24",
    port: 0,
    scheduler: "x" as Scheduler,
    persistence: { timeoutSeconds: 0 },
    healthCheck: HealthCheck.ssl({ path: "x", statusCodes: "", retries: -1, sni: true }),
    delayLoopSeconds: 0,
    sorryServer: { address: "::", port: 81 },
  }),
  ...virtualServiceProblems({ vip: "192.0.2.1", port: 80, protocol: token as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "\n" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "a b" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: {} as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, delayLoopSeconds: 1.0001 }),
  ...tableOwnerProblems({ ...settings, healthCheck: HealthCheck.tcp(), delayLoopSeconds: 1 }, TableOwner.IPVSADM),
  ...realServersProblems({ ...service, realServers: [] }, TableOwner.KEEPALIVED),
  ...realServersProblems({ ...service, realServers: [server, server] }, TableOwner.IPVSADM),
  ...realServersProblems({ ...service, realServers: [{ ...server, weight: 0 }] }, TableOwner.KEEPALIVED),
  ...servicesProblems([
    { name: "web", service },
    { name: "copy", service },
  ]),
  ...virtualServiceProblems({ vip: token, firewallMark: { mark: 0, ports: [0, 80, 80] }, port: 80 }),
  ...virtualServiceProblems({ vip: "::2", additionalVips: ["::2", "192.0.2.1"], onePacketScheduling: true }),
  ...virtualServiceProblems({ vip: "::2", allPorts: true, hashing: {}, hysteresis: 1 }),
  ...virtualServiceProblems({ ...settings, persistence: { timeoutSeconds: 1, prefixLength: 0, engine: sip } }),
  ...virtualServiceProblems({ vip: token, port: 80, persistence: { timeoutSeconds: 1, prefixLength: token } }),
  ...virtualServiceProblems({ vip: "::2", firewallMark: { mark: 1, ports: [] }, suspendChecksOnBackup: true }),
  ...tableOwnerProblems({ ...settings, additionalVips: [], persistence }, TableOwner.KEEPALIVED),
  ...tunnelProblems("tunnel", { type: TunnelType.GRE, port: 0, checksum: TunnelChecksum.REMOTE }),
  ...realServersProblems(
    { ...service, quorum: 5, port: 0, persistence, firewallMark: { mark: 1 }, realServers: [marked, nat, limited] },
    TableOwner.KEEPALIVED,
  ),
  ...servicesProblems([
    { name: "web", service },
    { name: "site", service: { ...service, port: 0, firewallMark: { mark: 1, ports: [80] } } },
  ]),
  ...directorProblems({ routerId: " ", vipInterface: ".." }),
  ...directorProblems({ routerId: "a".repeat(256), vipInterface: "a\nb" }),
  ...directorSettingsProblems({ timeouts: {}, ipvs: { estCpulist: "x" }, connectionTableBits: 7 }),
  ...pairSyncProblems("sync", badSync, { services: [mixed], localVips: [], ipvs: { sloppyTcp: false } }),
  ...pairSyncProblems("sync", false, { services: [], localVips: ["192.0.2.1"] }),
  ...loneSyncProblems("sync", { state: SyncState.BOTH }, undefined, { services: [], ipvs: { backupOnly: true } }),
  ...loneSyncProblems("sync", { state: "x" as never, ports: 2, port: 65535 }, "eth0", { services: [] }),
  ...tuningProblems("tuning", { sysctls: { x: "a\nb", "a.b": 1.5, "a/b": 2 } }, [{ key: "a/b", value: "1" }]),
  ...ipvsKeyProblems("tuning", { sysctls: { "net.ipv4.vs.conntrack": 1 } }),
  ...directorSettingsProblems({
    logging: { keepalivedFile: "x", ipvsFile: "x", keepDays: 0 },
    monitoring: { checkIntervalSeconds: 0, metrics: { textfileDirectory: "" } },
  }),
  ...repairProblems("monitoring", { repair: true }, TableOwner.KEEPALIVED),
  ...alertSettingsProblems({ labels: { "a-b": "x", severity: "x", a: "\n", b: token }, runbookUrl: "x" }),
  ...vrrpProblems({ interface: "", virtualRouterId: token, advertIntervalSeconds: 0.001 }, []),
  ...vrrpProblems({ interface: "lo", virtualRouterId: 0, trackInterfaces: ["lo", "lo"] }, []),
  ...vrrpProblems({ interface: "eth0", virtualRouterId: 1, advertIntervalSeconds: 41 }, ["2001:db8::a"]),
  ...vrrpPairProblems({ primary: "10.0.0.1", secondary: "10.0.0.1" }, { version: 3, authenticated: true }),
  ...vrrpPairProblems({ primary: "10.0.0.1", secondary: "2001:db8::a" }, { version: 2, authenticated: false }),
  ...pairVipsProblems({ primary: "10.0.0.1", secondary: "10.0.0.2" }, ["2001:db8::1"]),
  ...pairVipsProblems({ primary: "10.0.0.1", secondary: "10.0.0.2" }, ["10.0.0.1"]),
];

test.each(problems)(
  "a message starts in lower case, tells what was got and has no full stop: $message",
  ({ message }) => {
    expect(message).toMatch(/^(must|needs) .*\bgot .*[^.]$/);
  },
);
