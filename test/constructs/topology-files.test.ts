import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  Director,
  DrRealServer,
  HaPair,
  LocalRealServer,
  SyncGroup,
  TableOwner,
  TopologyFiles,
  UnmanagedRealServer,
  UnmanagedRealServers,
  VirtualService,
  VrrpInstance,
} from "../../src";
import { topologyDot } from "../../src/render/topology-dot";
import { topologyMermaid } from "../../src/render/topology-mermaid";
import { topologyOf } from "../../src/constructs/topology-tree";
import { newStack, ssh, synthError } from "../support/stacks";

const host = (address: string) => ({ address, connection: ssh });

function addPair(stack: TerraformStack): HaPair {
  const directors = { primary: host("10.0.0.11"), secondary: host("10.0.0.12") };
  return new HaPair(stack, "lb", { ...directors, interface: "eth0", virtualRouterId: 51 });
}

test("pictures lie beside the stack", () => {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-app-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "web");
  // Before what is in the pictures.
  new TopologyFiles(stack, "topology");
  new VirtualService(stack, "http", { director: addPair(stack), vip: "10.0.0.100", port: 80 }).addRealServer(
    new DrRealServer(stack, "web1", host("10.0.0.21")),
  );
  app.synth();
  const written = (name: string): string => readFileSync(join(outdir, "stacks/web", name), "utf8");
  expect(written("topology.mmd")).toBe(topologyMermaid(topologyOf(stack)));
  expect(written("topology.mmd")).toContain('servers0["Real server<br/>web1, 10.0.0.21, weight 1"]');
  expect(written("topology.dot")).toBe(topologyDot(topologyOf(stack)));
  rmSync(outdir, { recursive: true });
});

test("a pair: instances with who is preferred, and real servers of every care", () => {
  const stack = newStack();
  const lb = addPair(stack);
  const blue = new VrrpInstance(stack, "blue", { pair: lb, virtualRouterId: 52, preferred: "secondary" });
  new SyncGroup(stack, "both", { instances: [lb, blue] });
  const service = new VirtualService(lb, "http", { director: lb, vrrpInstance: blue, vip: "10.0.0.100", port: 80 });
  service
    .addRealServer(new DrRealServer(stack, "old", { ...host("10.0.0.29"), decommission: true }))
    .addRealServer(new DrRealServer(stack, "web1", host("10.0.0.21")), { weight: 3 })
    .addRealServer(new UnmanagedRealServer(stack, "box", { address: "10.0.0.31" }))
    .addRealServer(new LocalRealServer(stack, "own", { director: lb, hostIndex: 1 }));
  new DrRealServer(stack, "spare", { ...host("10.0.0.28"), ipv6Address: "2001:db8::28" });
  const { directors, idle } = topologyOf(stack);
  expect(directors).toHaveLength(1);
  expect(directors[0]?.hosts).toEqual([
    { name: "primary", address: "10.0.0.11" },
    { name: "secondary", address: "10.0.0.12" },
  ]);
  const [first, second] = [{ host: 0 }, { host: 1 }];
  const vrrp = { preempt: true, syncGroup: "both" };
  expect(directors[0]?.vipGroups).toEqual([
    {
      name: "lb",
      vips: [],
      interface: "eth0",
      vrrp: { ...vrrp, virtualRouterId: "51" },
      holders: [
        { ...first, priority: 150 },
        { ...second, priority: 100 },
      ],
    },
    {
      name: "blue",
      vips: ["10.0.0.100"],
      interface: "eth0",
      vrrp: { ...vrrp, virtualRouterId: "52" },
      holders: [
        { ...second, priority: 150 },
        { ...first, priority: 100 },
      ],
    },
  ]);
  const [drawn] = directors[0]?.services ?? [];
  expect([drawn?.name, drawn?.settings.vipGroup]).toEqual(["lb/http", "blue"]);
  expect(
    drawn?.members.map(({ server, address, weight }) => [server.name, server.care, server.leaving, address, weight]),
  ).toEqual([
    ["old", "managed", true, "10.0.0.29", "0"],
    ["web1", "managed", false, "10.0.0.21", "3"],
    ["box", "unmanaged", false, "10.0.0.31", "1"],
    ["own", "local", false, "10.0.0.12", "1"],
  ]);
  expect(idle).toEqual([{ name: "spare", care: "managed", leaving: false, addresses: ["10.0.0.28", "2001:db8::28"] }]);
});

test("VIPs on another interface than the adverts, and an inside address on that of the adverts", () => {
  const stack = newStack();
  const lb = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    interface: "eth1",
    vipInterface: "eth0",
    natGateway: { interface: "eth1", address: "192.168.0.1" },
    virtualRouterId: 51,
  });
  const box = new UnmanagedRealServer(stack, "box", { address: "10.0.0.31" });
  new VirtualService(stack, "http", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(box);
  expect(topologyOf(stack).directors[0]?.vipGroups).toMatchObject([
    { vips: ["10.0.0.100", "192.168.0.1 on eth1"], interface: "eth0", vrrp: { advertInterface: "eth1" } },
  ]);
});

test("values that another resource gives are shown as Terraform names them", () => {
  const stack = newStack();
  const text = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
  const number = (name: string): number => new TerraformVariable(stack, name, { type: "number" }).numberValue;
  const director = new Director(stack, "lb", { ...host(text("own")), tableOwner: TableOwner.IPVSADM });
  new VirtualService(stack, "http", { director, vip: text("vip"), port: number("port") }).addRealServer(
    new DrRealServer(stack, "web1", host(text("web"))),
    { weight: number("weight") },
  );
  const topology = topologyOf(stack);
  const [lone] = topology.directors;
  expect(lone?.hosts).toEqual([{ name: "lb", address: "${var.own}" }]);
  expect(lone?.vipGroups).toEqual([{ name: "lb", vips: ["${var.vip}"], holders: [{ host: 0 }] }]);
  expect(lone?.services[0]?.endpoints).toEqual(["${var.vip}:${var.port}/tcp"]);
  expect(lone?.services[0]?.members[0]).toMatchObject({ address: "${var.web}", weight: "${var.weight}" });
  expect(topologyMermaid(topology) + topologyDot(topology)).not.toMatch(/TOKEN|e\+30|-1\.8/);
});

test("the items of a list are shown one by one, or as one where only apply knows them", () => {
  const stack = newStack();
  const web = new VirtualService(stack, "http", { director: addPair(stack), vip: "10.0.0.100", port: 80 });
  const list = new TerraformVariable(stack, "addresses", { type: "list(string)" }).listValue;
  web
    .addRealServers(new UnmanagedRealServers(stack, "boxes", { addresses: ["10.0.0.32", "10.0.0.31"] }), { weight: 2 })
    .addRealServers(new UnmanagedRealServers(stack, "group", { addresses: list }))
    .addRealServer(new UnmanagedRealServer(stack, "last", { address: "10.0.0.41" }));
  const members = topologyOf(stack).directors[0]?.services[0]?.members ?? [];
  expect(members.map(({ server, address, weight }) => [server.name, address, weight])).toEqual([
    ["boxes[0]", "10.0.0.31", "2"],
    ["boxes[1]", "10.0.0.32", "2"],
    ["group", "each address of the list", "1"],
    ["last", "10.0.0.41", "1"],
  ]);
});

test("refuses a stack without directors, and a second one of the same files", () => {
  const stack = newStack();
  new TopologyFiles(stack, "first");
  new TopologyFiles(stack, "second");
  const error = synthError(stack);
  expect(error).toContain("[stack/first] id: must find a director in the stack, got none; make a Director or a HaPair");
  expect(error).toContain(
    "[stack/second] id: must be the only one of its stack, got a second; 'stack/first' writes the same files",
  );
});
