// One site over IPv4 and IPv6: two services, the same real servers, one failover.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "dual-stack");
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

const servers = [21, 22].map(
  (number) =>
    new DrRealServer(stack, `web${number - 20}`, {
      ...host(`192.0.2.${number}`),
      ipv6Address: `2001:db8:2::${number}`,
    }),
);

for (const [id, vip] of [
  ["web-ipv4", "192.0.2.100"],
  ["web-ipv6", "2001:db8:2::100"],
] as const) {
  const web = new VirtualService(stack, id, {
    director: lb,
    vip,
    port: 80,
    healthCheck: HealthCheck.http({ path: "/health" }),
  });
  for (const server of servers) web.addRealServer(server);
}

app.synth();
