// Two sites on one pair, each at home on a director of its own: both work, and either takes over for the other.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, VirtualService, VrrpInstance } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "active-active");
const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519", hostKey: hostKeys(address) },
});
const pair = new HaPair(stack, "shop", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
});
const api = new VrrpInstance(stack, "api", { pair, virtualRouterId: 52, preferred: "secondary" });

const servers = [
  new DrRealServer(stack, "web1", host("192.0.2.21")),
  new DrRealServer(stack, "web2", host("192.0.2.22")),
];
const healthCheck = HealthCheck.http({ path: "/health" });

const services = [
  new VirtualService(stack, "shop-web", { director: pair, vip: "192.0.2.100", port: 80, healthCheck }),
  new VirtualService(stack, "api-web", {
    director: pair,
    vrrpInstance: api,
    vip: "192.0.2.101",
    port: 80,
    healthCheck,
  }),
];
for (const service of services) for (const server of servers) service.addRealServer(server);

app.synth();
