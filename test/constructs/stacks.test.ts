import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Director, DrRealServer, HaPair, UnmanagedRealServers, VirtualService, VrrpInstance } from "../../src";
import { synthesizedApp } from "../support/apps";
import { hostFiles, hostText, ssh, synthError, synthesize, type Synthesized } from "../support/stacks";

/** The network team's stack with a pair, and the stack of an application. */
function twoStacks(app = new App({ outdir: "/nonexistent" })): {
  network: TerraformStack;
  shop: TerraformStack;
  lb: HaPair;
} {
  const network = new TerraformStack(app, "network");
  const shop = new TerraformStack(app, "shop");
  const lb = new HaPair(network, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    keepalivedVersion: "2.2.7",
  });
  return { network, shop, lb };
}

function server(stack: TerraformStack, id: string, address: string, more = {}): DrRealServer {
  return new DrRealServer(stack, id, { address, connection: ssh, ...more });
}

function text(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: "string" }).stringValue;
}

test("a service in another stack than its pair: its values come from there, and its stack is deployed first", () => {
  const { network = "", shop = "" } = synthesizedApp((app) => {
    const all = twoStacks(app);
    const web = new VirtualService(all.shop, "web", { director: all.lb, vip: "10.0.0.100", port: 80 });
    web.addRealServer(server(all.shop, "web1", text(all.shop, "web1_address")));
    const addresses = new TerraformVariable(all.shop, "ips", { type: "list(string)" }).listValue;
    web.addRealServers(new UnmanagedRealServers(all.shop, "servers", { addresses }));
  });
  const outputs = "data.terraform_remote_state.cross-stack-reference-input-shop.outputs";
  const one = `replace(${outputs}.cross-stack-output-varweb1_address, "/^(.*:.*)$/", "[$1]")`;
  const [list] = /cross-stack-output-localservers_addresses_\w+/.exec(shop) ?? [];
  const texts = Object.entries(hostFiles(JSON.parse(network) as Synthesized));
  expect(texts.find(([name]) => name.startsWith("lb_primary") && name.endsWith(" rules"))?.[1])
    .toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r \${${one}}:80 -g -w 1
%{ for address in ${outputs}.${list} }-a -t 10.0.0.100:80 -r \${replace(address, "/^(.*:.*)$/", "[$1]")}:80 -g -w 1
%{ endfor }`);
});

test("stacks are deployed in the order that hosts need", () => {
  const { network, shop, lb } = twoStacks();
  const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(server(shop, "web1", "10.0.0.21"));
  expect(hostText(shop, "web1", "plan")).toContain("vip 10.0.0.100 lo\n");
  expect(network.dependencies).toEqual([shop]);
  expect(shop.dependencies).toEqual([]);
});

test("a value of the pair's stack that a real server's stack needs would make each wait for the other", () => {
  const synth = (): unknown =>
    synthesizedApp((app) => {
      const { network, shop, lb } = twoStacks(app);
      const web = new VirtualService(network, "web", { director: lb, vip: text(network, "vip"), port: 80 });
      web.addRealServer(server(shop, "web1", "10.0.0.21"));
    });
  expect(synth).toThrow(`invalid stacks, 1 problem:
  shop/web1/host: must not need a value of stack 'network' in stack 'shop', which has to be deployed before it; give the value as a literal, or put both constructs into one stack`);
});

test("an order that Terraform cannot keep is warned of", () => {
  const { network, shop, lb } = twoStacks();
  const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(server(shop, "web1", "10.0.0.21"));
  web.addRealServer(server(shop, "web2", "10.0.0.22", { decommission: true }));
  synthesize(shop);
  synthesize(network);
  const warnings = [network, shop]
    .flatMap((stack) => stack.node.findAll())
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/warn"));
  expect([...new Set(warnings.map(({ data }) => String(data)))]).toEqual([
    "must come after stack 'network', which depends on this one: Terraform cannot keep that order; deploy 'network' first",
  ]);
});

test("a list of a stack from which a real server leaves cannot come to the directors in that deploy", () => {
  const synth = (): unknown =>
    synthesizedApp((app) => {
      const { shop, lb } = twoStacks(app);
      const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(server(shop, "web1", "10.0.0.21", { decommission: true }));
      const addresses = new TerraformVariable(shop, "ips", { type: "list(string)" }).listValue;
      web.addRealServers(new UnmanagedRealServers(shop, "servers", { addresses }));
    });
  expect(synth).toThrow("must not need a value of stack 'shop' in stack 'network', which has to be deployed before it");
});

test.each<[string, (all: ReturnType<typeof twoStacks>) => void, string]>([
  [
    "one VIP and port in two stacks",
    ({ network, shop, lb }) => {
      for (const stack of [network, shop]) {
        const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
        web.addRealServer(server(stack, "web1", stack === shop ? "10.0.0.21" : "10.0.0.22"));
      }
    },
    "[network/lb] virtual service 'shop/web': must have an address of its own, got 10.0.0.100:80/tcp again; 'network/web' has it already",
  ],
  [
    "one host in two stacks",
    ({ network, shop, lb }) => {
      const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(server(shop, "web1", "10.0.0.21"));
      const api = new VirtualService(network, "api", { director: lb, vip: "10.0.0.101", port: 80 });
      api.addRealServer(server(network, "web1", "10.0.0.21"));
    },
    "[network/lb] 'shop/web1' and 'network/web1': must each configure a host of their own, got 10.0.0.21 for both",
  ],
  [
    "a director's host as a real server of another stack",
    ({ shop, lb }) => {
      const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(server(shop, "web1", "10.0.0.12"));
    },
    "[network/lb] 'network/lb' and 'shop/web1': must each configure a host of their own, got 10.0.0.12 for both",
  ],
  [
    "one maintenance switch for two",
    ({ network, shop, lb }) => {
      const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80 });
      web.addRealServer(server(shop, "web1", "10.0.0.21", { maintenanceSwitch: true }));
      web.addRealServer(server(network, "web1", "10.0.0.22", { maintenanceSwitch: true }));
    },
    "[network/lb] 'shop/web1' and 'network/web1': must have maintenance switches of different names, got 'web1' for both; rename one",
  ],
])("refuses %s", (_title, build, message) => {
  const all = twoStacks();
  build(all);
  expect(synthError(all.network)).toContain(message);
});

test("an instance in another stack has a VRID of its own too", () => {
  const { shop, lb } = twoStacks();
  const api = new VrrpInstance(shop, "api", { pair: lb, virtualRouterId: 51 });
  const web = new VirtualService(shop, "web", { director: lb, vip: "10.0.0.100", port: 80, vrrpInstance: api });
  web.addRealServer(server(shop, "web1", "10.0.0.21"));
  expect(synthError(shop)).toContain(
    "[shop/api] virtualRouterId: must be unique on the network segment, got 51 again; 'network/lb' uses it already",
  );
});

test("stacks without a common director may be copies of each other", () => {
  const app = new App({ outdir: "/nonexistent" });
  for (const name of ["staging", "production"]) {
    const stack = new TerraformStack(app, name);
    const director = new Director(stack, "lb", {
      address: "10.0.0.11",
      connection: ssh,
      vipInterface: "eth0",
      keepalivedVersion: "2.2.7",
    });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(server(stack, "web1", "10.0.0.21", { maintenanceSwitch: true }));
    expect(synthesize(stack).resource).toBeDefined();
  }
});
