import { alertSettingsProblems } from "../../src/model/alert-settings";
import { SyncState } from "../../src/model/connection-sync";
import { Deferred } from "../../src/model/deferred";
import { directorProblems, servicesProblems } from "../../src/model/director";
import { repairProblems } from "../../src/model/monitoring";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { directorNeedsProblems } from "../../src/model/director-needs";
import { directorSettingsProblems } from "../../src/model/director-settings";
import { HealthCheck } from "../../src/model/health-check";
import { ownSorryServerProblems, unpreparedHostProblems } from "../../src/model/own-hosts";
import { PersistenceEngine } from "../../src/model/persistence";
import { guardedSyncProblems } from "../../src/model/director-traffic";
import { servicesOnlyProblems } from "../../src/model/firewall";
import { checkFamilyProblems, healthChecksProblems, missingPortProblems } from "../../src/model/health-check/list";
import { RegexOption } from "../../src/model/health-check/regex-option";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { loneSyncProblems, pairSyncProblems } from "../../src/model/sync-daemon";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
import { ipvsKeyProblems, tuningProblems } from "../../src/model/tuning";
import { TunnelChecksum, tunnelProblems, TunnelType } from "../../src/model/tunnel";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { virtualServiceProblems } from "../../src/model/virtual-service-settings";
import { isOneOf, synthMessages } from "../support/messages";

const messages = synthMessages();
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
const itself = { address: "::1", port: 80 };
const own = { addresses: ["::1", "::3"], localVips: [] };
const mixed = { ...service, vip: "192.0.2.1", realServers: [{ ...server, address: "::3" }] };
const badSync = { ttl: 0, group: "x", threads: 3, threshold: { packets: 2, period: 2 }, persistMode: 1 } as const;
const BAD_BFD = { name: "", neighborAddress: "x", sourceAddress: "0.0.0.0", maxHops: -1, weight: 999, reverse: true };
const BAD_CHECKS = [
  HealthCheck.http({ regex: { pattern: "(" } }),
  HealthCheck.http({ urls: [], path: "/", regex: { pattern: '"' } }),
  HealthCheck.http({
    path: "/",
    digest: "",
    regex: { pattern: "$_", options: ["x" as RegexOption] },
  }),
  HealthCheck.tcp({ address: "fe80::1", bindPort: 1 }),
  HealthCheck.dns({ name: "x.org" }),
  HealthCheck.dns({ name: "" }),
  HealthCheck.udp({ payload: "ff", requireReply: "x", minReplyLength: -1 }),
  HealthCheck.udp({ payload: "00", minReplyLength: 1 }),
  HealthCheck.misc({ script: { name: "", text: "" }, arguments: ["'"], user: "nobody", group: "" }),
  HealthCheck.misc({ script: { text: "#!/bin/sh\r" }, group: "a" }),
  HealthCheck.misc({ script: "x", user: "", arguments: ["x".repeat(901)], dynamic: true }),
  HealthCheck.file({ trackFile: { name: "maintenance-a", path: "", overwrite: true }, reverse: true }),
  HealthCheck.bfd({ name: "a" }),
  HealthCheck.bfd({ name: "a" }),
  HealthCheck.none(),
];
const problems = [
  ...virtualServiceProblems({
    vip: "192.0.2.1/24",
    port: 0,
    scheduler: "x" as Scheduler,
    persistence: { timeoutSeconds: 0 },
    healthCheck: HealthCheck.ssl({ path: "x", statusCodes: "", retries: -1, sni: true }),
    delayLoopSeconds: 0,
    sorryServer: { address: "::", port: 81, tunnel: {} },
  }),
  ...virtualServiceProblems({ vip: "192.0.2.1", port: 80, protocol: token as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "\n" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "a b" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: {} as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, delayLoopSeconds: 1.0001 }),
  ...virtualServiceProblems({ vip: "::2", port: 80, allowedClients: [] }),
  ...virtualServiceProblems({ vip: "::2", port: 80, allowedClients: ["x", "::1/64", "10.0.0.1", "::/0", "::1"] }),
  ...virtualServiceProblems({ vip: token, port: 80, allowedClients: ["::1"] }),
  ...healthChecksProblems("c", BAD_CHECKS),
  ...missingPortProblems("c", HealthCheck.tcp()),
  ...checkFamilyProblems("c", HealthCheck.tcp({ bindAddress: "::1" }), "10.0.0.1"),
  ...directorSettingsProblems({ keepalivedVersion: "2", bfdInstances: [BAD_BFD, BAD_BFD] }),
  ...directorNeedsProblems({ ...service, healthCheck: BAD_CHECKS, smtpAlert: true }, {}),
  ...tableOwnerProblems({ ...settings, healthCheck: HealthCheck.tcp(), delayLoopSeconds: 1 }, TableOwner.IPVSADM),
  ...tableOwnerProblems({ ...settings, notifyQuorum: { up: { text: "" }, down: "x" } }, TableOwner.IPVSADM),
  ...virtualServiceProblems({ ...settings, notifyRealServers: { up: { text: "" }, down: "x" } }),
  ...realServersProblems({ ...service, sorryServer: itself, realServers: [nat] }, TableOwner.KEEPALIVED),
  ...unpreparedHostProblems([{ path: "web", addresses: ["::1"], forwardingMethod: ForwardingMethod.DR }], own),
  ...ownSorryServerProblems({ ...service, sorryServer: itself }, own),
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
  ...servicesOnlyProblems("firewall.servicesOnly", true, ["::2"], [service]),
  ...servicesOnlyProblems("firewall.servicesOnly", true, [], [{ ...service, vip: token }]),
  ...guardedSyncProblems("connectionSync", { threads: token }),
  ...directorProblems({ routerId: " ", vipInterface: ".." }),
  ...directorProblems({ routerId: "a".repeat(256), vipInterface: "a\nb" }),
  ...directorSettingsProblems({ timeouts: {}, ipvs: { estCpulist: "x" }, connectionTableBits: 7 }),
  ...pairSyncProblems("sync", badSync, { services: [mixed], localVips: [], instances: [], ipvs: { sloppyTcp: false } }),
  ...pairSyncProblems("sync", false, { services: [], localVips: ["192.0.2.1"], instances: [] }),
  ...pairSyncProblems("sync", undefined, {
    services: [],
    localVips: ["192.0.2.1"],
    instances: ["lb", "api"],
    ipvs: { backupOnly: true },
  }),
  ...loneSyncProblems("sync", { state: SyncState.BOTH }, undefined, { services: [], ipvs: { backupOnly: true } }),
  ...loneSyncProblems("sync", { state: "x" as never, threads: 2, port: 65535 }, "eth0", { services: [] }),
  ...tuningProblems("tuning", { sysctls: { x: "a\nb", "a.b": 1.5, "a/b": 2 } }, [{ key: "a/b", value: "1" }]),
  ...ipvsKeyProblems("tuning", { sysctls: { "net.ipv4.vs.conntrack": 1 } }),
  ...directorSettingsProblems({
    logging: { keepalivedFile: "x", ipvsFile: "x", keepDays: 0 },
    monitoring: { checkIntervalSeconds: 0, metrics: { textfileDirectory: "" } },
  }),
  ...repairProblems("monitoring", { repair: true }, TableOwner.KEEPALIVED),
  ...alertSettingsProblems({ labels: { "a-b": "x", severity: "x", a: "\n", b: token }, runbookUrl: "x" }),
];

test.each(problems)(
  "a message starts in lower case, tells what was got and has no full stop: $message",
  ({ message }) => {
    expect(message).toMatch(/^(must|needs) .*\bgot .*[^.]$/);
  },
);

test.each(problems)("a message is on the page of messages: $message", ({ message }) => {
  expect(isOneOf(messages, message)).toBe(true);
});
