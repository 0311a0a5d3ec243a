// A pair and two web servers that write metrics, and the rules and the dashboard for them.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, MonitoringFiles, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../../../examples/known-hosts";

const app = new App();
const stack = new TerraformStack(app, "web");
const monitoring = { checkIntervalSeconds: 10, metrics: true };

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
for (const [id, address] of [
  ["web1", "192.0.2.21"],
  ["web2", "192.0.2.22"],
] as const) {
  service.addRealServer(new DrRealServer(stack, id, { ...host(address), monitoring }));
}
new MonitoringFiles(stack, "monitoring", { labels: { team: "net" } });

app.synth();
