// A pair, a lone director with plain ipvsadm rules and their real server, with the props that DEFINITION (JSON) gives them.
import { App, TerraformStack } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  Protocol,
  TableOwner,
  VirtualService,
  type IDirector,
} from "cdktf-lvs";
import { hostKeys } from "../../../examples/known-hosts";
import type { TunedDefinition } from "./tuned-definition";

const definition = JSON.parse(process.env["DEFINITION"] ?? "{}") as TunedDefinition;
const app = new App();
const stack = new TerraformStack(app, "tuned");

const host = (address: string) => ({
  address,
  connection: { privateKeyPath: process.env["SSH_KEY"] ?? "", hostKey: hostKeys(address), timeoutSeconds: 20 },
  ...(definition.again !== undefined && { instanceId: definition.again }),
});

const directors: Record<string, IDirector> = {
  "192.0.2.100": new HaPair(stack, "lb", {
    primary: host("192.0.2.11"),
    secondary: host("192.0.2.12"),
    interface: "eth0",
    virtualRouterId: 51,
    advertIntervalSeconds: 0.1,
    ...definition.pair,
  }),
};
if (definition.lone !== undefined) {
  directors["192.0.2.101"] = new Director(stack, "lone", {
    ...host("192.0.2.13"),
    tableOwner: TableOwner.IPVSADM,
    vipInterface: "eth0",
    ...definition.lone,
  });
}
const echo = new DrRealServer(stack, "echo", { ...host("192.0.2.21"), ...definition.server });
for (const [vip, director] of Object.entries(directors)) {
  for (const [name, protocol, port] of [
    ["tcp", Protocol.TCP, 7],
    ["udp", Protocol.UDP, 5000],
  ] as const) {
    const healthCheck = HealthCheck.none();
    const id = `${name}-${vip.slice(vip.lastIndexOf(".") + 1)}`;
    new VirtualService(stack, id, { director, vip, port, protocol, healthCheck }).addRealServer(echo);
  }
}

app.synth();
