import { TerraformVariable } from "cdktf";
import {
  DrRealServer,
  HealthCheck,
  LocalRealServer,
  NatRealServer,
  TableOwner,
  UnmanagedDirector,
  VirtualService,
  type UnmanagedDirectorProps,
} from "../../src";
import { topologyOf } from "../../src/constructs/topology-tree";
import { hostText, newStack, resources, ssh, synthError, synthesize } from "../support/stacks";

const PAIR = { addresses: ["10.0.0.11", "10.0.0.12"] };
const service = { vip: "10.0.0.100", port: 80 };

test("a service prepares its real servers and leaves the directors alone", () => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", PAIR);
  const vip = new TerraformVariable(stack, "vip", { type: "string" }).stringValue;
  new VirtualService(stack, "web", { director, vip, port: 80 }).addRealServer(
    new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }),
  );
  expect(Object.keys(resources(synthesize(stack)))).toEqual([
    expect.stringContaining("web1_host_config"),
    expect.stringContaining("web1_host_teardown"),
  ]);
  expect(hostText(stack, "web1", "plan")).toContain("vip ${var.vip} lo\n");
});

test("pictures show it as one of another app, and its real servers as busy", () => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", PAIR);
  new VirtualService(stack, "web", { director, ...service }).addRealServer(
    new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }),
  );
  const { directors, idle } = topologyOf(stack);
  expect(directors).toMatchObject([
    {
      name: "lb",
      hosts: [
        { name: "in another app", address: "10.0.0.11" },
        { name: "in another app", address: "10.0.0.12" },
      ],
      vipGroups: [{ vips: ["10.0.0.100"] }],
      services: [{ name: "web" }],
    },
  ]);
  expect(idle).toEqual([]);
});

test.each<[string, UnmanagedDirectorProps, string]>([
  ["a pair with an inside address", { ...PAIR, natGateway: { address: "10.1.0.254" } }, "10.1.0.254"],
  ["a director that stands alone", { addresses: ["10.1.0.11"] }, "10.1.0.11"],
])("replies under NAT go to %s", (_title, props, gateway) => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", props);
  new VirtualService(stack, "web", { director, ...service }).addRealServer(
    new NatRealServer(stack, "web1", { address: "10.1.0.21", connection: ssh }),
    { port: 8080 },
  );
  expect(hostText(stack, "web1", "plan")).toContain(`object route replace default via ${gateway} table 112 | `);
});

test.each<[string, UnmanagedDirectorProps, string]>([
  [
    "no address",
    { addresses: [] },
    "addresses: must hold at least one address, got none; name the hosts of the directors",
  ],
  [
    "what is no address",
    { addresses: ["10.0.0.11", "lb2"] },
    "addresses[1]: must be an IPv4 or IPv6 address, got 'lb2'",
  ],
  [
    "a gateway without an address",
    { ...PAIR, natGateway: {} },
    "natGateway: must have an address, got none; set address or ipv6Address",
  ],
  [
    "an unknown owner of the table",
    { ...PAIR, tableOwner: "ldirectord" as TableOwner },
    "tableOwner: must be a known value, got 'ldirectord'; use one of keepalived, ipvsadm",
  ],
])("refuses %s", (_title, props, message) => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", props);
  new VirtualService(stack, "web", { director, ...service }).addRealServer(
    new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }),
  );
  expect(synthError(stack)).toContain(`[stack/lb] ${message}\n`);
});

test("refuses what only the app of its hosts can make", () => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", PAIR);
  new VirtualService(stack, "web", { director, ...service })
    .addRealServer(new LocalRealServer(stack, "lb1", { director }))
    .addRealServer(new NatRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const message = synthError(stack);
  expect(message).toContain(
    "[stack/lb1] director: must be a director of this app, got 'stack/lb'; make it in the app of its hosts",
  );
  expect(message).toContain(
    "[stack/web1] virtual service 'stack/web': needs a natGateway on its director, got none; replies must come back through it",
  );
});

test("what its keepalived is, and has, is for the other app to say", () => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", PAIR);
  const settings = { ...service, smtpAlert: true, healthCheck: HealthCheck.bfd({ name: "web1" }) };
  new VirtualService(stack, "web", { director, ...settings }).addRealServer(
    new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }),
  );
  expect(() => synthesize(stack)).not.toThrow();
});

test("the same VIP and port twice are told as on other directors", () => {
  const stack = newStack();
  const director = new UnmanagedDirector(stack, "lb", PAIR);
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  for (const id of ["one", "two"]) new VirtualService(stack, id, { director, ...service }).addRealServer(web1);
  expect(synthError(stack)).toContain(
    "[stack/lb] virtual service 'stack/two': must have an address of its own, got 10.0.0.100:80/tcp again; 'stack/one' has it already",
  );
});
