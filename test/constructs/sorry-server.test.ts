import { TerraformVariable, type TerraformStack } from "cdktf";
import {
  DrRealServer,
  ForwardingMethod,
  HaPair,
  LocalRealServer,
  NatRealServer,
  TableOwner,
  TunnelRealServer,
  TunnelType,
  UnmanagedRealServer,
  Director,
  VirtualService,
  type IRealServer,
  type SorryRealServer,
  type VirtualServiceProps,
} from "../../src";
import { topologyOf } from "../../src/constructs/topology-tree";
import { topologyGraph } from "../../src/render/topology-graph";
import { confLines, hostText, newStack, resourceAt, ssh, synthError, synthesize } from "../support/stacks";

const host = (address: string) => ({ address, connection: ssh });

function pairOn(stack: TerraformStack): HaPair {
  return new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    interface: "eth0",
    virtualRouterId: 51,
    natGateway: { interface: "eth1", address: "10.1.0.254" },
  });
}

type Different = Partial<Omit<VirtualServiceProps, "director" | "sorryServer">>;

/** A pair with one service whose sorry server is a real server. */
function serviceOn(stack: TerraformStack, sorryServer: SorryRealServer, different: Different = {}): VirtualService {
  const director = pairOn(stack);
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80, sorryServer, ...different });
  return web.addRealServer(new DrRealServer(stack, "web1", { ...host("10.0.0.21"), ipv6Address: "2001:db8::21" }));
}

function sorryLines(stack: TerraformStack): string[] | undefined {
  return confLines(stack, "sorry_server", "sorry_server_lvs_method", "sorry_server_inhibit")["lb_primary"];
}

/** The plan lines of the sorry server's host that begin with a word. */
function planLines(stack: TerraformStack, word: string): string[] {
  const lines = hostText(stack, "sorry", "plan")?.split("\n") ?? [];
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(" | ")[0] ?? "");
}

test("direct routing: its host gets the VIPs, hidden from ARP, before the directors know of it", () => {
  const stack = newStack();
  const server = new DrRealServer(stack, "sorry", host("10.0.0.29"));
  serviceOn(stack, { server, inhibit: true }, { additionalVips: ["10.0.0.101"] });
  expect(sorryLines(stack)).toEqual([
    "sorry_server 10.0.0.29 80",
    "sorry_server_lvs_method DR",
    "sorry_server_inhibit",
  ]);
  expect(planLines(stack, "vip")).toEqual(["vip 10.0.0.100 lo", "vip 10.0.0.101 lo"]);
  expect(hostText(stack, "sorry", "plan")).toContain("sysctl net/ipv4/conf/*/arp_ignore 1\n");
  expect(hostText(stack, "lb_primary", "plan")).toContain("sorry -t 10.0.0.100:80 -r 10.0.0.29:80\n");
  const synthesized = synthesize(stack);
  for (const director of ["primary", "secondary"]) {
    const { depends_on: after } = resourceAt(synthesized, `terraform_data.lb_${director}_config`);
    expect(after).toContainEqual(expect.stringMatching(/^terraform_data\.sorry_host_config/));
  }
});

test("a VIP known only at apply, and an address of its family", () => {
  const stack = newStack();
  const vip = new TerraformVariable(stack, "vip", { type: "string" }).stringValue;
  serviceOn(stack, { server: new DrRealServer(stack, "sorry", host("10.0.0.29")) }, { vip });
  expect(planLines(stack, "vip")).toEqual(["vip ${var.vip} lo"]);
  const six = newStack();
  const server = new DrRealServer(six, "sorry", { ...host("10.0.0.29"), ipv6Address: "2001:db8::29" });
  serviceOn(six, { server }, { vip: "2001:db8::100" });
  expect(sorryLines(six)).toEqual(["sorry_server 2001:db8::29 80", "sorry_server_lvs_method DR"]);
});

test("a tunnel: its device is on the host, and keepalived knows the type", () => {
  const stack = newStack();
  const tunnel = { type: TunnelType.GUE, port: 5555 };
  serviceOn(stack, { server: new TunnelRealServer(stack, "sorry", { ...host("203.0.113.9"), tunnel }) });
  expect(sorryLines(stack)).toEqual([
    "sorry_server 203.0.113.9 80",
    "sorry_server_lvs_method TUN type gue port 5555 nocsum",
  ]);
  expect(planLines(stack, "vip")).toEqual(["vip 10.0.0.100 lvs-ipip"]);
});

test("a tunnel of the other family: the kernel would take no synchronisation of connections", () => {
  const stack = newStack();
  const server = new TunnelRealServer(stack, "sorry", host("10.0.0.29"));
  serviceOn(stack, { server }, { vip: "2001:db8::100" });
  expect(sorryLines(stack)).toEqual(["sorry_server 10.0.0.29 80", "sorry_server_lvs_method TUN type ipip"]);
  expect(confLines(stack, "lvs_sync_daemon")["lb_primary"]).toEqual([]);
});

test("NAT: another port, whose replies go through the directors, which forward", () => {
  const stack = newStack();
  const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
  serviceOn(stack, { server: new NatRealServer(stack, "sorry", host("10.1.0.29")), port });
  expect(sorryLines(stack)).toEqual(["sorry_server 10.1.0.29 ${var.port}", "sorry_server_lvs_method NAT"]);
  expect(planLines(stack, "object")).toContain(
    "object rule add pref 11200 from 10.1.0.29 ipproto tcp sport ${var.port} table 112",
  );
  expect(hostText(stack, "lb_primary", "plan")).toContain("sysctl net/ipv4/ip_forward 1\n");
});

test("NAT: a real server of the service too, at another port", () => {
  const stack = newStack();
  const server = new NatRealServer(stack, "sorry", host("10.1.0.29"));
  serviceOn(stack, { server, port: 8081 }).addRealServer(server, { port: 8080 });
  expect(planLines(stack, "object").filter((line) => line.includes("rule add"))).toEqual(
    [8080, 8081].map((port) => `object rule add pref 11200 from 10.1.0.29 ipproto tcp sport ${port} table 112`),
  );
});

test("a director of the pair, and a host that somebody else manages", () => {
  const stack = newStack();
  const director = pairOn(stack);
  const web = new DrRealServer(stack, "web", host("10.0.0.21"));
  const own = new LocalRealServer(stack, "own", { director });
  const box = new UnmanagedRealServer(stack, "box", { address: "10.0.0.31", forwardingMethod: ForwardingMethod.TUN });
  for (const [id, server, vip] of [
    ["one", own, "10.0.0.100"],
    ["two", box, "10.0.0.101"],
  ] as const) {
    const service = new VirtualService(stack, id, { director, vip, port: 80, sorryServer: { server } });
    service.addRealServer(web);
  }
  expect(sorryLines(stack)).toEqual([
    ...["sorry_server 10.0.0.11 80", "sorry_server_lvs_method DR"],
    ...["sorry_server 10.0.0.31 80", "sorry_server_lvs_method TUN type ipip"],
  ]);
  expect(hostText(stack, "lb_secondary", "plan")).toContain("vip 10.0.0.100 lo\n");
});

test("one that is decommissioned: no longer in the service, then cleaned", () => {
  const stack = newStack();
  const server = new DrRealServer(stack, "sorry", { ...host("10.0.0.29"), decommission: true });
  serviceOn(stack, { server });
  expect(sorryLines(stack)).toEqual([]);
  const { depends_on: after } = resourceAt(synthesize(stack), "terraform_data.sorry_host_decommission");
  expect(after).toContainEqual(expect.stringMatching(/^terraform_data\.lb_primary_config/));
});

test("pictures show it by its name, once for all services, and not as idle", () => {
  const stack = newStack();
  const server = new DrRealServer(stack, "sorry", host("10.0.0.29"));
  const { director, servers } = serviceOn(stack, { server });
  const tls = new VirtualService(stack, "tls", { director, vip: "10.0.0.100", port: 443, sorryServer: { server } });
  tls.addRealServer(servers[0] as IRealServer);
  const topology = topologyOf(stack);
  expect(topology.idle).toEqual([]);
  const nodes = topologyGraph(topology).clusters.flatMap((cluster) => cluster.nodes);
  expect(nodes.filter(({ kind }) => kind === "sorry")).toEqual([
    { id: "sorry0", kind: "sorry", title: "Sorry server", rows: [["sorry", "10.0.0.29"]], notes: [] },
  ]);
});

const refused: [string, (stack: TerraformStack) => SorryRealServer, Different, string][] = [
  [
    "an address beside it",
    (stack) => ({ server: new DrRealServer(stack, "sorry", host("10.0.0.29")), ...{ address: "10.0.0.9" } }),
    {},
    "[stack/web] sorryServer.address: must not be set with server, got both; leave it out, 'stack/sorry' has its own",
  ],
  [
    "another port under direct routing",
    (stack) => ({ server: new DrRealServer(stack, "sorry", host("10.0.0.29")), port: 8080 }),
    {},
    "[stack/web] sorryServer.port: must equal the service port 80 under direct routing, got 8080; DR cannot rewrite ports",
  ],
  [
    "port 0",
    (stack) => ({ server: new NatRealServer(stack, "sorry", host("10.1.0.29")), port: 0 }),
    {},
    "[stack/web] sorryServer.port: must be an integer from 1 to 65535, got 0",
  ],
  [
    "an address of the other family",
    (stack) => ({ server: new DrRealServer(stack, "sorry", host("10.0.0.29")) }),
    { vip: "2001:db8::100" },
    "[stack/web] sorryServer.address: must be IPv6 like the VIP 2001:db8::100, got '10.0.0.29'; only tunneling can mix address families",
  ],
  [
    "NAT without an inside address of the family",
    (stack) => ({ server: new NatRealServer(stack, "sorry", host("2001:db8:1::29")) }),
    { vip: "2001:db8::100" },
    "[stack/sorry] virtual service 'stack/web': needs an IPv6 natGateway on its director, got none; replies must come back through it",
  ],
];

test.each(refused)("refuses %s", (_title, sorryServer, different, message) => {
  const stack = newStack();
  serviceOn(stack, sorryServer(stack), different);
  expect(
    synthError(stack)
      .split("\n")
      .map((line) => line.trim()),
  ).toContain(message);
});

test("plain ipvsadm has no sorry server of this kind either", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { ...host("10.0.0.11"), tableOwner: TableOwner.IPVSADM });
  const sorryServer = { server: new DrRealServer(stack, "sorry", host("10.0.0.29")) };
  const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80, sorryServer });
  web.addRealServer(new DrRealServer(stack, "web1", host("10.0.0.21")));
  expect(synthError(stack)).toContain("[stack/web] sorryServer: must not be set under ipvsadm, got '10.0.0.29'");
});
