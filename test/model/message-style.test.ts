import { Deferred } from "../../src/model/deferred";
import { directorProblems, servicesProblems } from "../../src/model/director";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { Scheduler } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { virtualServiceProblems } from "../../src/model/virtual-service-settings";

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
  ...directorProblems({ routerId: " ", vipInterface: ".." }),
  ...directorProblems({ routerId: "a".repeat(256), vipInterface: "a\nb" }),
];

test.each(problems)(
  "a message starts in lower case, tells what was got and has no full stop: $message",
  ({ message }) => {
    expect(message).toMatch(/^(must|needs) .*\bgot .*[^.]$/);
  },
);
