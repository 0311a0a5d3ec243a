import { TerraformVariable } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  NatRealServer,
  SyncGroup,
  SyncState,
  TableOwner,
  TunnelRealServer,
  VirtualService,
  VrrpInstance,
} from "../../src";
import { newStack, ssh, synthesize, type Synthesized } from "./stacks";

/** One of everything that has a name in Terraform or on a host. */
export function namedSample(): Synthesized {
  const stack = newStack("web");
  const host = (address: string) => ({ address, connection: ssh, monitoring: { metrics: true } });
  const lb = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    furtherBackups: [host("10.0.0.13")],
    interface: "eth0",
    virtualRouterId: 51,
    authentication: new TerraformVariable(stack, "password", { type: "string", sensitive: true }),
    natGateway: { interface: "eth0", address: "10.0.0.1" },
    keepalivedVersion: "2.2.7",
    connectionTableBits: 16,
    firewall: {},
    logging: true,
    monitoring: { metrics: true },
  });
  const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, interface: "eth0" });
  new SyncGroup(stack, "both", { instances: [lb, api] });
  const script = { name: "fit", text: "#!/bin/sh\nexit 0\n" };
  const healthCheck = HealthCheck.misc({ script });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80, healthCheck });
  web.addRealServer(new DrRealServer(stack, "direct", { ...host("10.0.0.21"), maintenanceSwitch: true }));
  web.addRealServer(new TunnelRealServer(stack, "tunneled", host("10.0.0.22")));
  web.addRealServer(new NatRealServer(stack, "translated", host("10.0.0.23")));
  web.addRealServer(new DrRealServer(stack, "leaving", { ...host("10.0.0.24"), decommission: true }));
  const plain = new Director(stack, "plain", {
    ...host("10.0.0.14"),
    tableOwner: TableOwner.IPVSADM,
    vipInterface: "eth0",
    connectionSync: { state: SyncState.MASTER },
  });
  const dns = new VirtualService(stack, "dns", { director: plain, vip: "10.0.0.153", port: 53 });
  dns.addRealServer(new DrRealServer(stack, "dns1", host("10.0.0.25")));
  return synthesize(stack);
}
