// A pair with a site of several ports, guarded as FIREWALL (JSON) says.
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, VirtualService, type FirewallSettings } from "cdktf-lvs";
import { host } from "./lab-host";

export interface FirewallDefinition {
  readonly firewall?: FirewallSettings;
  readonly allowedClients?: readonly string[];
  readonly ports: readonly number[];
}

const { ports, ...guard } = JSON.parse(process.env["FIREWALL"] ?? "") as FirewallDefinition;
const app = new App();
const stack = new TerraformStack(app, "site");

const director = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  preemptDelaySeconds: 0,
  ...(guard.firewall && { firewall: guard.firewall }),
});
const site = new VirtualService(stack, "site", {
  director,
  vip: "192.0.2.100",
  firewallMark: { mark: 1, ports },
  persistence: { timeoutSeconds: 60 },
  healthCheck: HealthCheck.http({ path: "/health", port: 80 }),
  delayLoopSeconds: 2,
  ...(guard.allowedClients && { allowedClients: guard.allowedClients }),
});
for (const [name, address] of [
  ["web1", "192.0.2.21"],
  ["web2", "192.0.2.22"],
] as const) {
  site.addRealServer(new DrRealServer(stack, name, host(address)));
}

app.synth();
