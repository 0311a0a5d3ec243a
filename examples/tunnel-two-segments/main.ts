// Real servers in another network than the directors: packets reach them in tunnels, replies go straight to the clients.
import { App, TerraformStack } from "cdktf";
import { HaPair, HealthCheck, TunnelRealServer, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "tunnel-two-segments");
const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519", hostKey: hostKeys(address) },
});
const lb = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
});

const web = new VirtualService(stack, "web", {
  director: lb,
  vip: "192.0.2.100",
  port: 80,
  healthCheck: HealthCheck.http({ path: "/" }),
});

for (const [name, address] of [
  ["web1", "203.0.113.21"],
  ["web2", "203.0.113.22"],
] as const) {
  web.addRealServer(new TunnelRealServer(stack, name, host(address)));
}

app.synth();
