import { App, TerraformStack, TerraformVariable } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, Scheduler, VirtualService } from "cdktf-lvs";

const app = new App();
const stack = new TerraformStack(app, "ha-direct-routing");

const password = new TerraformVariable(stack, "vrrp_password", { type: "string", sensitive: true });
const privateKeyPath = process.env["SSH_KEY"] ?? "~/.ssh/id_ed25519";
/** The public key of each host, from a file of lines `ADDRESS KEYTYPE KEY`, as ssh-keyscan prints it. */
const ssh = { privateKeyPath };

const lb = new HaPair(stack, "lb", {
  primary: { address: "192.0.2.11", connection: ssh },
  secondary: { address: "192.0.2.12", connection: ssh },
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

for (const [name, address] of Object.entries({ web1: "192.0.2.21", web2: "192.0.2.22" })) {
  web.addRealServer(new DrRealServer(stack, name, { address, connection: ssh }), { weight: 2 });
}

app.synth();
