// A site on two ports that is one service: a client of port 80 finds the same real server on port 443.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "multi-port-site");
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

const shop = new VirtualService(stack, "shop", {
  director: lb,
  vip: "192.0.2.100",
  firewallMark: { mark: 1, ports: [80, 443] },
  persistence: { timeoutSeconds: 600 },
  healthCheck: HealthCheck.tcp({ port: 80 }),
});

for (const [name, address] of [
  ["web1", "192.0.2.21"],
  ["web2", "192.0.2.22"],
] as const) {
  shop.addRealServer(new DrRealServer(stack, name, host(address)));
}

app.synth();
