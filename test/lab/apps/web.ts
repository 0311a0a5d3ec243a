// A web service on a pair or a lone director, as DEFINITION (JSON) says.
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { DrRealServer, Director, HaPair, HealthCheck, TableOwner, VirtualService, type IDirector } from "cdktf-lvs";
import { hostKeys } from "../../../examples/known-hosts";
import type { Definition } from "./definition";

const definition = JSON.parse(process.env["DEFINITION"] ?? "{}") as Definition;
const app = new App();
const stack = new TerraformStack(app, "web");

const sudoPassword = definition.sudoPassword
  ? new TerraformVariable(stack, "sudo_password", { type: "string", sensitive: true }).stringValue
  : undefined;

const host = (address: string) => ({
  address,
  connection: {
    privateKeyPath: process.env["SSH_KEY"] ?? "",
    hostKey: hostKeys(address),
    timeoutSeconds: 20,
    ...(definition.port !== undefined && { port: definition.port }),
    ...(definition.user !== undefined && { user: definition.user }),
    ...(sudoPassword !== undefined && { sudoPassword }),
  },
  ...(definition.carrier !== undefined && { delivery: { carrier: definition.carrier } }),
});

function director(): IDirector {
  if (definition.director === "pair") {
    return new HaPair(stack, "lb", {
      primary: host("192.0.2.11"),
      secondary: host("192.0.2.12"),
      interface: definition.interface ?? "eth0",
      virtualRouterId: 51,
      authentication: new TerraformVariable(stack, "vrrp_password", { type: "string", sensitive: true }),
      drainTimeoutSeconds: definition.drainTimeoutSeconds ?? 20,
    });
  }
  return new Director(stack, "lb", {
    ...host("192.0.2.11"),
    tableOwner: definition.director === "ipvsadm" ? TableOwner.IPVSADM : TableOwner.KEEPALIVED,
    vipInterface: definition.interface ?? "eth0",
    drainTimeoutSeconds: definition.drainTimeoutSeconds ?? 20,
  });
}

const lb = director();
const servers = Object.entries(definition.servers).map(([name, server]) => ({
  ...server,
  construct: new DrRealServer(stack, name, {
    ...host(server.address),
    ipv6Address: server.address.replace("192.0.2.", "2001:db8:2::"),
    ...(server.decommission !== undefined && { decommission: server.decommission }),
  }),
}));

for (const vip of definition.vips ?? ["192.0.2.100"]) {
  const service = new VirtualService(stack, `web-${vip.replace(/[.:]/g, "-")}`, {
    director: lb,
    vip,
    port: 80,
    ...(definition.director !== "ipvsadm" && {
      healthCheck: HealthCheck.http({ path: "/health" }),
      delayLoopSeconds: 2,
    }),
  });
  for (const { construct, weight } of servers) {
    const options = weight === undefined ? {} : { weight };
    service.addRealServer(construct, options);
  }
}

app.synth();
