import { Deferred } from "../../src/model/deferred";
import { directorProblems, servicesProblems } from "../../src/model/director";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { directorNeedsProblems } from "../../src/model/director-needs";
import { directorSettingsProblems } from "../../src/model/director-settings";
import { HealthCheck } from "../../src/model/health-check";
import { checkFamilyProblems, healthChecksProblems, missingPortProblems } from "../../src/model/health-check/list";
import { RegexOption } from "../../src/model/health-check/regex-option";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
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
const settings = { vip: "::2", port: 80, sorryServer: { address: "192.0.2.2", port: 81 } };
const service: VirtualService = {
  ...virtualService(settings, TableOwner.KEEPALIVED),
  realServers: [server],
};
const BAD_BFD = { name: "", neighborAddress: "x", sourceAddress: "0.0.0.0", maxHops: -1, weight: 999, reverse: true };
const BAD_CHECKS = [
  HealthCheck.http({ regex: { pattern: "(" } }),
  HealthCheck.http({ urls: [], path: "/", regex: { pattern: '"' } }),
  HealthCheck.http({
    path: "/",
    digest: "",
    regex: { pattern: "$_", options: [RegexOption.UTF, RegexOption.NEVER_UTF] },
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
    sorryServer: { address: "::", port: 81 },
  }),
  ...virtualServiceProblems({ vip: "192.0.2.1", port: 80, protocol: token as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "\n" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: HealthCheck.http({ path: "/", host: "a b" }) }),
  ...virtualServiceProblems({ vip: "::2", port: 80, healthCheck: {} as never, sorryServer: { address: "::2" } }),
  ...virtualServiceProblems({ vip: "::2", port: 80, delayLoopSeconds: 1.0001 }),
  ...healthChecksProblems("c", BAD_CHECKS),
  ...missingPortProblems("c", HealthCheck.tcp()),
  ...checkFamilyProblems("c", HealthCheck.tcp({ bindAddress: "::1" }), "10.0.0.1"),
  ...directorSettingsProblems({ keepalivedVersion: "2", bfdInstances: [BAD_BFD, BAD_BFD] }),
  ...directorNeedsProblems({ ...service, healthCheck: BAD_CHECKS }, {}),
  ...tableOwnerProblems({ ...settings, healthCheck: HealthCheck.tcp(), delayLoopSeconds: 1 }, TableOwner.IPVSADM),
  ...realServersProblems({ ...service, realServers: [] }, TableOwner.KEEPALIVED),
  ...realServersProblems({ ...service, realServers: [server, server] }, TableOwner.IPVSADM),
  ...realServersProblems({ ...service, realServers: [{ ...server, weight: 0 }] }, TableOwner.KEEPALIVED),
  ...servicesProblems([
    { name: "web", service },
    { name: "copy", service },
  ]),
  ...directorProblems({ routerId: " ", vipInterface: ".." }),
  ...directorProblems({ routerId: "a".repeat(256), vipInterface: "a\nb" }),
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
