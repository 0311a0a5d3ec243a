// One director with plain ipvsadm rules, loaded now and at every boot: no health checks, no partner.
import { App, TerraformStack } from "cdktf";
import { Director, DrRealServer, Protocol, Scheduler, TableOwner, VirtualService } from "cdktf-lvs";
import { hostKeys } from "../known-hosts";

const app = new App();
const stack = new TerraformStack(app, "plain-ipvsadm");
const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519", hostKey: hostKeys(address) },
});

const lb = new Director(stack, "lb", {
  ...host("192.0.2.11"),
  tableOwner: TableOwner.IPVSADM,
  vipInterface: "eth0",
});

const servers = [
  new DrRealServer(stack, "dns1", host("192.0.2.21")),
  new DrRealServer(stack, "dns2", host("192.0.2.22")),
];

// One real server may serve many services.
for (const protocol of [Protocol.UDP, Protocol.TCP]) {
  const dns = new VirtualService(stack, `dns-${protocol.toLowerCase()}`, {
    director: lb,
    vip: "192.0.2.53",
    port: 53,
    protocol,
    scheduler: Scheduler.WRR,
  });
  for (const server of servers) dns.addRealServer(server);
}

app.synth();
