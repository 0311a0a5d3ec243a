// One director in front of real servers that only it can reach: NAT, with another port inside.
import { App, TerraformStack } from "cdktf";
import { Director, HealthCheck, NatRealServer, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "nat-director");
const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519", hostKey: hostKeys(address) },
});
// Replies of the real servers come back through the inside address, which is the director's own.
const lb = new Director(stack, "lb", {
  ...host("192.0.2.11"),
  vipInterface: "eth0",
  natGateway: { interface: "eth1", address: "198.51.100.254" },
});

const web = new VirtualService(stack, "web", {
  director: lb,
  vip: "192.0.2.100",
  port: 80,
  healthCheck: HealthCheck.tcp(),
});

for (const [name, address] of [
  ["web1", "198.51.100.21"],
  ["web2", "198.51.100.22"],
] as const) {
  web.addRealServer(new NatRealServer(stack, name, host(address)), { port: 8080 });
}

app.synth();
