import { Director, DrRealServer, Protocol, TableOwner, VirtualService, type DirectorProps } from "../../src";
import { hostFiles, newStack, outline, ssh, synthesize, type Synthesized } from "../support/stacks";

function directorStack(props: Partial<DirectorProps>): Synthesized {
  const stack = newStack();
  const lb = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, ...props });
  const dns = new VirtualService(stack, "dns", { director: lb, vip: "10.0.0.100", port: 53, protocol: Protocol.UDP });
  dns.addRealServer(new DrRealServer(stack, "dns1", { address: "10.0.0.21", connection: ssh }));
  return synthesize(stack);
}

/** What the director's host gets, without the digests and the files that every host gets. */
function directorFiles(synthesized: Synthesized): Record<string, string> {
  const files = Object.entries(hostFiles(synthesized)).filter(([name]) => name.startsWith("lb_"));
  return Object.fromEntries(files.map(([name, text]) => [name.slice(name.indexOf(" ") + 1), text]));
}

test("keepalived, with VIPs that the host has already", () => {
  const synthesized = directorStack({});
  expect(outline(synthesized)).toMatchSnapshot("resources");
  expect(directorFiles(synthesized)).toMatchSnapshot("files");
});

test("plain ipvsadm rules, with VIPs on an interface", () => {
  const synthesized = directorStack({ tableOwner: TableOwner.IPVSADM, vipInterface: "eth0" });
  expect(outline(synthesized)).toMatchSnapshot("resources");
  expect(directorFiles(synthesized)).toMatchSnapshot("files");
});

test.each([
  ["the id of the construct", {}, 'router_id "lb"'],
  ["a name of one's own", { routerId: "edge 1" }, 'router_id "edge 1"'],
])("the router id is %s", (_title, props, line) => {
  const conf = directorFiles(directorStack(props))["/etc/keepalived/keepalived.conf"] ?? "";
  expect(conf.split("\n")[1]).toBe(`    ${line}`);
});

test("refuses an unknown owner of the table", () => {
  expect(() => directorStack({ tableOwner: "ldirectord" as TableOwner })).toThrow(
    "[stack/lb] tableOwner: must be a known value, got 'ldirectord'; use one of keepalived, ipvsadm",
  );
});

test.each([
  ["60 seconds by default", {}, "drain 60"],
  ["not at all", { drainTimeoutSeconds: 0 }, "drain 0"],
  ["as long as it is told", { drainTimeoutSeconds: 3600 }, "drain 3600"],
])("active connections get their time: %s", (_title, props, line) => {
  expect(directorFiles(directorStack(props))["plan"]?.split("\n")).toContain(line);
});
