// A pair, a lone director whose table is repaired and two web servers: all write metrics. And the rules and the
// dashboard for them.
import { App, TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  MonitoringFiles,
  Protocol,
  TableOwner,
  VirtualService,
} from "cdktf-lvs";
import { hostKeys } from "../../../examples/known-hosts";

const app = new App();
const stack = new TerraformStack(app, "web");
const monitoring = { checkIntervalSeconds: 20, metrics: true };

const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "", hostKey: hostKeys(address), timeoutSeconds: 20 },
});

const lb = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  preemptDelaySeconds: 0,
  monitoring,
});
const service = new VirtualService(stack, "web", {
  director: lb,
  vip: "192.0.2.100",
  port: 80,
  healthCheck: HealthCheck.http({ path: "/health" }),
  delayLoopSeconds: 2,
});
const alone = new Director(stack, "alone", {
  ...host("192.0.2.13"),
  tableOwner: TableOwner.IPVSADM,
  vipInterface: "eth0",
  // As small as the kernel allows, so that a few thousand connections crowd it.
  connectionTableBits: 8,
  monitoring: { ...monitoring, repair: true },
});
const datagrams = new VirtualService(stack, "datagrams", {
  director: alone,
  vip: "192.0.2.101",
  port: 5000,
  protocol: Protocol.UDP,
  healthCheck: HealthCheck.none(),
});
for (const [id, address] of [
  ["web1", "192.0.2.21"],
  ["web2", "192.0.2.22"],
] as const) {
  const server = new DrRealServer(stack, id, { ...host(address), monitoring });
  service.addRealServer(server);
  datagrams.addRealServer(server);
}
new MonitoringFiles(stack, "monitoring", { labels: { team: "net" } });

app.synth();
