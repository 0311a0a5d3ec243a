import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Director, NatRealServer, Protocol, VirtualService, type VirtualServiceSettings } from "../../src";
import { inside, pairOn, service, webOn } from "../support/nat-stacks";
import { hostText, newStack, ssh } from "../support/stacks";

/** The plan lines of the real server that say how its replies go. */
function returnLines(stack: TerraformStack): string[] {
  const lines = hostText(stack, "web", "plan")?.split("\n") ?? [];
  return lines.filter((line) => /^(object|package|unit|vip) /.test(line)).map((line) => line.split(" | ")[0] ?? "");
}

test("a pair with an inside address: it moves with the VIPs, its interface is tracked, and the directors forward", () => {
  const stack = newStack();
  new VirtualService(stack, "one", { director: pairOn(stack), ...service }).addRealServer(webOn(stack), { port: 8080 });
  const conf = hostText(stack, "lb_primary", "/etc/keepalived/keepalived.conf");
  expect(conf).toContain(`    track_interface {
        eth1
    }
`);
  expect(conf).toContain(`    virtual_ipaddress_excluded {
        10.0.0.100 dev eth0
        10.1.0.254 dev eth1
        2001:db8:1::254 dev eth1
    }
`);
  expect(conf).toContain(`    lvs_method NAT
    real_server 10.1.0.21 8080 {
`);
  const plan = hostText(stack, "lb_primary", "plan");
  expect(plan).toContain("interface eth1\n");
  expect(plan).toContain("sysctl net/ipv4/ip_forward 1\nsysctl net/ipv4/conf/*/send_redirects 0\n");
  expect(plan).not.toContain("ipv6/conf/all/forwarding");
});

test("replies of its services, and they alone, take the way through the director", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const web = webOn(stack);
  new VirtualService(stack, "one", { director, ...service }).addRealServer(web, { port: 8080 });
  new VirtualService(stack, "two", { director, ...service, port: 53, protocol: Protocol.UDP }).addRealServer(web);
  new VirtualService(stack, "six", { director, vip: "2001:db8::100", port: 80 }).addRealServer(web);
  expect(returnLines(stack)).toEqual([
    "package iproute2 ip",
    "object route replace default via 10.1.0.254 table 112",
    "object route add throw 10.0.0.11 table 112",
    "object route add throw 10.0.0.12 table 112",
    "object rule add pref 11200 from 10.1.0.21 ipproto tcp sport 8080 table 112",
    "object rule add pref 11200 from 10.1.0.21 ipproto udp sport 53 table 112",
    "object -6 route replace default via 2001:db8:1::254 table 112",
    "object -6 rule add pref 11200 from 2001:db8:1::21 ipproto tcp sport 80 table 112",
    "unit cdktf-lvs-network.service",
  ]);
  expect(hostText(stack, "lb_primary", "plan")).toContain("sysctl net/ipv6/conf/all/forwarding 1\n");
});

test("services that share a port, and a real server with two ports in one service: each rule once", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const web = webOn(stack);
  const one = new VirtualService(stack, "one", { director, ...service });
  one.addRealServer(web, { port: 8080 }).addRealServer(web, { port: 8081 });
  new VirtualService(stack, "two", { director, ...service, vip: "10.0.0.101" }).addRealServer(web, { port: 8080 });
  expect(returnLines(stack).filter((line) => line.includes("rule add"))).toEqual(
    [8080, 8081].map((port) => `object rule add pref 11200 from 10.1.0.21 ipproto tcp sport ${port} table 112`),
  );
});

test.each<[string, Partial<VirtualServiceSettings>, string[]]>([
  ["all ports but that of the login", { allPorts: true, persistence: { timeoutSeconds: 9 } }, ["1-21", "23-65535"]],
  ["marked ports", { firewallMark: { mark: 1, ports: [80, "443-444"] } }, ["80", "443-444"]],
])("replies of %s", (_title, props, ports) => {
  const stack = newStack();
  const director = pairOn(stack);
  new VirtualService(stack, "one", { director, vip: "10.0.0.100", ...props }).addRealServer(webOn(stack));
  expect(returnLines(stack).filter((line) => line.includes("rule add"))).toEqual(
    ports.map((port) => `object rule add pref 11200 from 10.1.0.21 ipproto tcp sport ${port} table 112`),
  );
});

test("values known only at apply", () => {
  const stack = newStack();
  const text = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
  const director = pairOn(stack, { natGateway: { interface: text("nic"), address: text("gateway") } });
  const web = webOn(stack, { address: text("own") });
  const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
  new VirtualService(stack, "one", { director, ...service }).addRealServer(web, { port });
  expect(returnLines(stack)).toContain("object route replace default via ${var.gateway} table 112");
  expect(returnLines(stack)).toContain(
    "object rule add pref 11200 from ${var.own} ipproto tcp sport ${var.port} table 112",
  );
});

test("checks of directors whose addresses only apply knows are answered directly too, within one stack", () => {
  const app = Testing.app();
  const network = new TerraformStack(app, "network");
  const own = (name: string): string => new TerraformVariable(network, name, { type: "string" }).stringValue;
  const director = pairOn(network, {
    primary: { address: own("first"), connection: ssh },
    secondary: { address: own("second"), connection: ssh },
    natGateway: inside,
  });
  const throws = (stack: TerraformStack): string[] => {
    new VirtualService(stack, `one-${stack.node.id}`, { director, ...service }).addRealServer(webOn(stack));
    return returnLines(stack).filter((line) => line.includes("throw"));
  };
  expect(throws(network)).toEqual([
    "object route add throw ${var.first} table 112",
    "object route add throw ${var.second} table 112",
  ]);
  expect(throws(new TerraformStack(app, "shop"))).toEqual([]);
});

test("at the wish of the user everything takes that way but the replies of the login", () => {
  const stack = newStack();
  const web = webOn(stack, { replaceDefaultRoute: true });
  new VirtualService(stack, "one", { director: pairOn(stack), ...service }).addRealServer(web);
  const lines = [
    "route replace default via 10.1.0.254 table 112",
    "route add throw 10.0.0.11 table 112",
    "route add throw 10.0.0.12 table 112",
    "rule add pref 11200 from 10.1.0.21 ipproto tcp sport 80 table 112",
    "rule add pref 11201 ipproto tcp sport 22 lookup main",
    "rule add pref 11202 lookup main suppress_prefixlength 0",
    "rule add pref 11203 lookup 112",
  ];
  expect(returnLines(stack)).toEqual([
    "package iproute2 ip",
    ...lines.map((line) => `object ${line}`),
    "unit cdktf-lvs-network.service",
  ]);
  const unit = hostText(stack, "web", "/etc/systemd/system/cdktf-lvs-network.service");
  expect(unit).toContain(lines.map((line) => `ExecStart=ip ${line}\n`).join(""));
});

test("of both families, and with a login at another port", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const web = webOn(stack, { replaceDefaultRoute: true, connection: { ...ssh, port: 2222 } });
  new VirtualService(stack, "one", { director, ...service }).addRealServer(web);
  new VirtualService(stack, "six", { director, vip: "2001:db8::100", port: 80 }).addRealServer(web);
  expect(returnLines(stack).filter((line) => /pref 1120[1-3]/.test(line))).toEqual(
    ["", "-6 "].flatMap((family) => [
      `object ${family}rule add pref 11201 ipproto tcp sport 22 lookup main`,
      `object ${family}rule add pref 11201 ipproto tcp sport 2222 lookup main`,
      `object ${family}rule add pref 11202 lookup main suppress_prefixlength 0`,
      `object ${family}rule add pref 11203 lookup 112`,
    ]),
  );
});

test("marks that somebody else sets: everything is the only way", () => {
  const stack = newStack();
  const web = webOn(stack, { replaceDefaultRoute: true });
  const marked = { vip: "10.0.0.100", firewallMark: { mark: 1 } };
  new VirtualService(stack, "one", { director: pairOn(stack), ...marked }).addRealServer(web);
  expect(returnLines(stack).filter((line) => line.includes("rule add"))).toEqual([
    "object rule add pref 11201 ipproto tcp sport 22 lookup main",
    "object rule add pref 11202 lookup main suppress_prefixlength 0",
    "object rule add pref 11203 lookup 112",
  ]);
});

test("a real server without a service gets nothing", () => {
  const stack = newStack();
  const web = webOn(stack);
  new VirtualService(stack, "one", { director: pairOn(stack), ...service }).addRealServer(
    new NatRealServer(stack, "other", { address: "10.1.0.22", connection: ssh }),
  );
  expect(web.decommissioned).toBe(false);
  expect(returnLines(stack)).toEqual(["package iproute2 ip"]);
});

test("a lone director's own address is the way back, when it names no other", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.1.0.11", connection: ssh, vipInterface: "eth0" });
  new VirtualService(stack, "one", { director, ...service }).addRealServer(webOn(stack));
  expect(returnLines(stack)).toContain("object route replace default via 10.1.0.11 table 112");
});

test("a lone director holds an inside address of its own", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, natGateway: inside });
  new VirtualService(stack, "one", { director, ...service }).addRealServer(webOn(stack));
  expect(hostText(stack, "lb", "plan")).toContain("vip 10.1.0.254 eth1\nvip 2001:db8:1::254 eth1\n");
});
