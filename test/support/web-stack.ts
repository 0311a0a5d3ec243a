import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  TableOwner,
  VirtualService,
  type Delivery,
  type ExtraFile,
  type VirtualServiceProps,
} from "../../src";
import { newStack, ssh } from "./stacks";

/** A stack `web` in which a test of the testing kit finds something of everything that it looks for. */
export interface WebStack {
  readonly stack: TerraformStack;
  readonly lb: HaPair;
  readonly web: VirtualService;
  readonly web1: DrRealServer;
}

/** A pair with a password, one service, two real servers and one on its way out. */
export function webStack(
  different: Partial<VirtualServiceProps> = {},
  delivery: Delivery = {},
  extraFiles: readonly ExtraFile[] = [],
  device = "eth0",
  stack = newStack("web"),
): WebStack {
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const lb = new HaPair(stack, "lb", {
    primary: { address: "192.0.2.11", connection: ssh },
    secondary: { address: "192.0.2.12", connection: ssh },
    interface: device,
    virtualRouterId: 51,
    authentication: password,
    delivery,
    extraFiles,
  });
  const healthCheck = HealthCheck.http({ path: "/health" });
  const web = new VirtualService(stack, "web", {
    director: lb,
    vip: "192.0.2.100",
    port: 80,
    healthCheck,
    ...different,
  });
  const [web1, web2] = [realServer(stack, "web1", 21, delivery), realServer(stack, "web2", 22, delivery)];
  web.addRealServer(web1, { weight: 2 }).addRealServer(web2);
  const old = { address: "192.0.2.23", connection: ssh, decommission: true, delivery };
  web.addRealServer(new DrRealServer(stack, "web3", old));
  return { stack, lb, web, web1 };
}

/** Adds a director with plain ipvsadm rules, and a service of its own. */
export function addPlainDirector(stack: TerraformStack): Director {
  const tableOwner = TableOwner.IPVSADM;
  const director = new Director(stack, "plain", { address: "192.0.2.13", connection: ssh, tableOwner });
  const dns = new VirtualService(stack, "dns", { director, vip: "2001:db8::100", port: 53 });
  dns.addRealServer(new DrRealServer(stack, "dns1", { address: "2001:db8::21", connection: ssh }));
  return director;
}

function realServer(stack: TerraformStack, id: string, last: number, delivery: Delivery): DrRealServer {
  return new DrRealServer(stack, id, { address: `192.0.2.${last}`, connection: ssh, delivery });
}

/** A value that only apply knows. */
export function unknownText(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: "string" }).stringValue;
}
