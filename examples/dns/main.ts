// Name servers: every UDP question is scheduled on its own, and a server that answers no question gets none.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, Protocol, Scheduler, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "dns");
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

const resolvers = [
  new DrRealServer(stack, "ns1", host("192.0.2.21")),
  new DrRealServer(stack, "ns2", host("192.0.2.22")),
];

for (const protocol of [Protocol.UDP, Protocol.TCP]) {
  const dns = new VirtualService(stack, protocol.toLowerCase(), {
    director: lb,
    vip: "192.0.2.53",
    port: 53,
    protocol,
    scheduler: Scheduler.RR,
    onePacketScheduling: protocol === Protocol.UDP,
    healthCheck: HealthCheck.dns({ name: "example.com" }),
  });
  for (const resolver of resolvers) dns.addRealServer(resolver);
}

app.synth();
