// Two directors and two real servers: a web service that survives the loss of either.
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, Scheduler, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "ha-direct-routing");
const password = new TerraformVariable(stack, "vrrp_password", { type: "string", sensitive: true });
const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519", hostKey: hostKeys(address) },
});

const lb = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  authentication: password,
});

const web = new VirtualService(stack, "web", {
  director: lb,
  vip: "192.0.2.100",
  port: 80,
  scheduler: Scheduler.WLC,
  healthCheck: HealthCheck.http({ path: "/health" }),
});

for (const [name, address] of [
  ["web1", "192.0.2.21"],
  ["web2", "192.0.2.22"],
] as const) {
  web.addRealServer(new DrRealServer(stack, name, host(address)), { weight: 2 });
}

app.synth();
