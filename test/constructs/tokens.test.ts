import { TerraformVariable, type TerraformStack } from "cdktf";
import { Director, DrRealServer, HaPair, HealthCheck, VirtualService } from "../../src";
import { hostFiles, newStack, resourceAt, ssh, synthError, synthesize } from "../support/stacks";

function text(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: "string" }).stringValue;
}

function number(stack: TerraformStack, name: string): number {
  return new TerraformVariable(stack, name, { type: "number" }).numberValue;
}

/** The files of the constructs whose id starts so, without the digests in the names. */
function filesOf(stack: TerraformStack, id: string): Record<string, string> {
  const files = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => name.startsWith(`${id}_`));
  return Object.fromEntries(files.map(([name, file]) => [name.slice(name.indexOf(" ") + 1), file]));
}

test("addresses, ports, interfaces and numbers that another resource gives", () => {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: text(stack, "primary"), connection: ssh },
    secondary: { address: text(stack, "secondary"), connection: ssh },
    interface: text(stack, "device"),
    virtualRouterId: 51,
    trackInterfaces: [text(stack, "tracked")],
    gratuitousArp: { masterRepeat: number(stack, "repeat") },
    drainTimeoutSeconds: number(stack, "drain"),
  });
  const web = new VirtualService(stack, "web", {
    director: lb,
    vip: text(stack, "vip"),
    port: number(stack, "port"),
    persistence: { timeoutSeconds: number(stack, "persistence") },
    healthCheck: HealthCheck.http({ path: text(stack, "page"), port: number(stack, "check_port") }),
    sorryServer: { address: text(stack, "sorry") },
  });
  const server = new DrRealServer(stack, "web1", { address: text(stack, "server"), connection: ssh });
  web.addRealServer(server, { weight: number(stack, "weight") });
  expect(filesOf(stack, "lb_primary")).toMatchSnapshot("primary");
  expect(filesOf(stack, "web1")).toMatchSnapshot("real server");
  expect(resourceAt(synthesize(stack), "terraform_data.web1_host_teardown").triggers_replace).toMatchObject({
    host: "${var.server}",
  });
});

test("text that only looks like Terraform's is literal, beside live tokens", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, routerId: "${var.x} %{if}" });
  const healthCheck = HealthCheck.http({ path: `/$${text(stack, "page")}`, host: "%{x}" });
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80, healthCheck });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const conf = filesOf(stack, "lb")
    ["/etc/keepalived/keepalived.conf"]?.split("\n")
    .map((line) => line.trim());
  expect(conf).toContain('router_id "${"$"}{var.x} ${"%"}{if}"');
  expect(conf).toContain('path "/${"$"}${var.page}"');
  expect(conf).toContain('virtualhost "${"%"}{x}"');
});

test("a token for what shapes the configuration is refused", () => {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: number(stack, "vrid"),
    advertIntervalSeconds: number(stack, "interval"),
  });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const error = synthError(stack);
  expect(error).toContain(
    "[stack/lb] virtualRouterId: must be known at synth, got a token; what else is written depends on it, pass a literal",
  );
  expect(error).toContain(
    "[stack/lb] advertIntervalSeconds: must be known at synth, got a token; what else is written depends on it, pass a literal",
  );
});
