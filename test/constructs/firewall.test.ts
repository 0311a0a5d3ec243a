import { Director, HaPair, UnmanagedRealServer, VirtualService, type HaPairProps } from "../../src";
import type { VirtualServiceSettings } from "../../src";
import type { TerraformStack } from "cdktf";
import { TerraformVariable, Token } from "cdktf";
import { hostFiles, newStack, ssh, synthError, synthesize } from "../support/stacks";

type Service = Partial<VirtualServiceSettings>;

function pairStack(props: Partial<HaPairProps>, ...services: readonly Service[]): TerraformStack {
  const stack = newStack();
  const primary = { address: "10.0.0.11", connection: ssh };
  const secondary = { address: "10.0.0.12", connection: ssh };
  const director = new HaPair(stack, "lb", { primary, secondary, interface: "eth0", virtualRouterId: 51, ...props });
  const server = new UnmanagedRealServer(stack, "web1", { address: "10.0.0.21" });
  services.forEach((settings, index) => {
    new VirtualService(stack, `s${index}`, { director, vip: "10.0.0.100", ...settings }).addRealServer(server);
  });
  return stack;
}

function tables(stack: TerraformStack): string[] {
  const files = Object.entries(hostFiles(synthesize(stack)));
  return files.filter(([name]) => name.endsWith(" /etc/cdktf-lvs/nftables.conf")).map(([, text]) => text);
}

test("a pair that marks and drops nothing has no table", () => {
  expect(tables(pairStack({}, { port: 80 }))).toEqual([]);
});

test("each director marks the same packets, and hears from the other one alone", () => {
  const site = { firewallMark: { mark: 1, ports: [80, 443] }, allowedClients: ["10.8.0.0/16"] };
  const [primary = "", secondary = ""] = tables(pairStack({ firewall: { servicesOnly: true } }, site));
  expect(primary).toMatchSnapshot();
  expect(secondary).toBe(primary.replaceAll("saddr 10.0.0.12", "saddr 10.0.0.11"));
});

test("networks of clients that another resource gives", () => {
  const stack = newStack();
  const network = new TerraformVariable(stack, "network", { type: "string" }).stringValue;
  const director = new Director(stack, "lone", { address: "10.0.0.13", connection: ssh });
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.99", port: 80, allowedClients: [network] });
  web.addRealServer(new UnmanagedRealServer(stack, "web1", { address: "10.0.0.21" }));
  expect(tables(stack).join()).toContain("ip daddr 10.0.0.99 tcp dport 80 ip saddr != ${var.network} counter drop");
});

test("every problem of marks, clients and firewall is told", () => {
  const stack = pairStack(
    { firewall: { servicesOnly: true }, connectionSync: { threads: Token.asNumber("${var.ports}") } },
    { port: 80 },
    { firewallMark: { mark: 1, ports: ["70-90"] } },
    { port: 443, vip: "10.0.0.101", allowedClients: ["10.8.0.1/16"] },
  );
  const director = new Director(stack, "lone", {
    address: "10.0.0.13",
    connection: ssh,
    firewall: { servicesOnly: true },
  });
  new VirtualService(stack, "own", { director, vip: "10.0.0.13", port: 80 }).addRealServer(
    new UnmanagedRealServer(stack, "web2", { address: "10.0.0.22" }),
  );
  const error = synthError(stack);
  expect(error).toContain(
    "[stack/lb] virtual service 'stack/s1': must have packets of its own, got 10.0.0.100:80/tcp again; 'stack/s0' has them already",
  );
  expect(error).toContain("[stack/s2] allowedClients[0]: must be the first address of its network, got '10.8.0.1/16'");
  expect(error).toContain("[stack/lb] connectionSync.threads: must be known at synth with a firewall, got a token");
  expect(error).toContain(
    "[stack/lone] firewall.servicesOnly: needs VIPs apart from the director's own addresses, got '10.0.0.13'",
  );
});
