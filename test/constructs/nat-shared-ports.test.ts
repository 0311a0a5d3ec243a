import type { TerraformStack } from "cdktf";
import { HaPair, NatRealServer, VirtualService, type VirtualServiceSettings } from "../../src";
import { hostText, newStack, ssh, synthError } from "../support/stacks";

const service = { vip: "10.0.0.100", port: 80 };

function pairOn(stack: TerraformStack, natGateway?: string): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...(natGateway !== undefined && { natGateway: { interface: "eth1", address: natGateway } }),
  });
}

function webOn(stack: TerraformStack): NatRealServer {
  return new NatRealServer(stack, "web", { address: "10.1.0.21", connection: ssh });
}

/** A real server that is in one service twice. */
function twice(settings: VirtualServiceSettings, ports: readonly (number | undefined)[], natGateway?: string) {
  const stack = newStack();
  const web = webOn(stack);
  const site = new VirtualService(stack, "one", { director: pairOn(stack, natGateway), ...settings });
  for (const port of ports) site.addRealServer(web, port === undefined ? {} : { port });
  return stack;
}

function rulesFor(...ports: number[]): string[] {
  return ports.map((port) => `rule add pref 11200 from 10.1.0.21 ipproto tcp sport ${port} table 112`);
}

/** The rules of the real server, as its plan has them. */
function plannedRules(stack: TerraformStack): string[] {
  const lines = hostText(stack, "web", "plan")?.match(/^object rule add [^|]*(?= \|)/gm) ?? [];
  return lines.map((line) => line.replace("object ", ""));
}

test("a port that several services reply from has one rule, or the unit would end at the second at boot", () => {
  const stack = newStack();
  const director = pairOn(stack, "10.1.0.254");
  const web = webOn(stack);
  const marked = { vip: "10.0.0.102", firewallMark: { mark: 1, ports: ["80-80", 81] } };
  for (const [id, props] of Object.entries({
    a: service,
    b: { vip: "10.0.0.101", port: 80 },
    c: { vip: "10.0.0.100", port: 443 },
    d: marked,
  })) {
    new VirtualService(stack, id, { director, ...props }).addRealServer(web);
  }
  expect(plannedRules(stack)).toEqual(rulesFor(80, 443, 81));
  const unit = hostText(stack, "web", "/etc/systemd/system/cdktf-lvs-network.service") ?? "";
  expect(unit.match(/^ExecStart=ip rule .*$/gm)).toEqual(rulesFor(80, 443, 81).map((rule) => `ExecStart=ip ${rule}`));
});

describe("a real server that is twice in one service", () => {
  test("has a way back from both of its ports", () => {
    expect(plannedRules(twice(service, [8080, 8081], "10.1.0.254"))).toEqual(rulesFor(8080, 8081));
  });

  test("has each of its problems once", () => {
    expect(synthError(twice(service, [8080, 8081])).match(/needs a natGateway/g)).toHaveLength(1);
  });

  test("needs a port in both parts where a mark alone tells the packets", () => {
    const marked = { vip: "10.0.0.100", firewallMark: { mark: 1 } };
    expect(synthError(twice(marked, [8080, undefined], "10.1.0.254"))).toContain(
      "needs ports that replies can be told by, got a firewall mark alone",
    );
  });
});
