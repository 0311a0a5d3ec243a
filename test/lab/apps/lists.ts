// Real servers whose addresses another resource gives, behind a pair, a lone keepalived and plain ipvsadm rules.
// ADDRESSES is the list that the resource has.
import { App, TerraformResource, TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  TableOwner,
  UnmanagedRealServers,
  VirtualService,
} from "cdktf-lvs";
import type { Construct } from "constructs";
import { host } from "./lab-host";

/** Stands for an instance group: after every change nobody knows its addresses before it is applied. */
class InstanceGroup extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  public get privateIps(): string[] {
    return this.getListAttribute("output");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.addresses };
  }
}

const app = new App();
const stack = new TerraformStack(app, "lists");
const group = new InstanceGroup(stack, "group", JSON.parse(process.env["ADDRESSES"] ?? "[]") as string[]);
const servers = new UnmanagedRealServers(stack, "servers", { addresses: group.privateIps });

const pair = new HaPair(stack, "lb", {
  primary: host("192.0.2.11"),
  secondary: host("192.0.2.12"),
  interface: "eth0",
  virtualRouterId: 51,
  preemptDelaySeconds: 0,
});
const lone = new Director(stack, "lone", { ...host("192.0.2.13"), vipInterface: "eth0" });
const plain = new Director(stack, "plain", {
  ...host("192.0.2.14"),
  vipInterface: "eth0",
  tableOwner: TableOwner.IPVSADM,
});

const healthCheck = HealthCheck.http({ path: "/health" });
const checked = { healthCheck, delayLoopSeconds: 1, inhibitOnFailure: true };
const web = new VirtualService(stack, "web", { director: pair, vip: "192.0.2.100", port: 80, ...checked });
const alone = new VirtualService(stack, "alone", { director: lone, vip: "192.0.2.101", port: 80, ...checked });
const unchecked = new VirtualService(stack, "unchecked", { director: plain, vip: "192.0.2.102", port: 80 });
for (const service of [web, alone, unchecked]) service.addRealServers(servers);

// For the VIPs on their loopbacks.
const prepared = new VirtualService(stack, "prepared", {
  director: pair,
  vip: "192.0.2.100",
  port: 8080,
  healthCheck: HealthCheck.none(),
});
for (const number of [1, 2, 3]) {
  prepared.addRealServer(new DrRealServer(stack, `web${number}`, host(`192.0.2.2${number}`)));
}

app.synth();
