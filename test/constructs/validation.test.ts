import { TerraformVariable, type TerraformStack } from "cdktf";
import { Director, DrRealServer, HaPair, VirtualService, type HaPairProps } from "../../src";
import { newStack, ssh, synthError } from "../support/stacks";

/** The error of a stack: everything that is wrong with it, one line each, in the words of cdktf. */
function refused(build: (stack: TerraformStack) => void): string[] {
  const stack = newStack();
  build(stack);
  const [head, ...lines] = synthError(stack).split("\n");
  expect(head).toBe("Validation failed with the following errors:");
  // cdktf goes on with advice of its own, after a blank line.
  const end = lines.findIndex((line) => line.trim() === "");
  return (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim());
}

function pair(stack: TerraformStack, id: string, network: string, props: Partial<HaPairProps> = {}): HaPair {
  return new HaPair(stack, id, {
    primary: { address: `${network}.11`, connection: ssh },
    secondary: { address: `${network}.12`, connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
}

function server(stack: TerraformStack, id: string, address: string): DrRealServer {
  return new DrRealServer(stack, id, { address, connection: ssh });
}

/** A pair that works, with one service and one real server. */
function working(stack: TerraformStack, id: string, network: string, props: Partial<HaPairProps> = {}): void {
  const director = pair(stack, id, network, props);
  const service = new VirtualService(stack, `${id}-web`, { director, vip: `${network}.100`, port: 80 });
  service.addRealServer(server(stack, `${id}-web1`, `${network}.21`));
}

test("a director and a pair without services", () => {
  const lines = refused((stack) => {
    new Director(stack, "single", { address: "10.0.0.13", connection: ssh });
    pair(stack, "lb", "10.0.0");
  });
  expect(lines).toEqual([
    "[stack/single] services: must hold at least one virtual service, got none; make a VirtualService",
    "[stack/lb] services: must hold at least one virtual service, got none; make a VirtualService",
  ]);
});

test("a service without real servers", () => {
  const lines = refused((stack) => {
    new VirtualService(stack, "web", { director: pair(stack, "lb", "10.0.0"), vip: "10.0.0.100", port: 80 });
  });
  expect(lines).toEqual([
    "[stack/web] realServers: must hold at least one real server, got none; call addRealServer(), or do not decommission the last one",
  ]);
});

test("one address and port for two services", () => {
  const lines = refused((stack) => {
    const director = pair(stack, "lb", "10.0.0");
    const web1 = server(stack, "web1", "10.0.0.21");
    new VirtualService(stack, "one", { director, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
    new VirtualService(stack, "two", { director, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  });
  expect(lines).toEqual([
    "[stack/lb] virtual service 'stack/two': must have an address of its own, got 10.0.0.100:80/tcp again; 'stack/one' has it already",
  ]);
});

test("one VRID for two pairs of a segment", () => {
  const lines = refused((stack) => {
    working(stack, "one", "10.0.0");
    working(stack, "two", "10.0.0", {
      primary: { address: "10.0.0.13", connection: ssh },
      secondary: { address: "10.0.0.14", connection: ssh },
    });
  });
  expect(lines).toContain(
    "[stack/two] virtualRouterId: must be unique on the network segment, got 51 again; 'stack/one' uses it already",
  );
});

test("one VRID for two pairs of an IPv6 segment, however it is written", () => {
  const sides = (one: string, two: string): Partial<HaPairProps> => ({
    primary: { address: one, connection: ssh },
    secondary: { address: two, connection: ssh },
  });
  const lines = refused((stack) => {
    pair(stack, "one", "", sides("2001:db8::11", "2001:db8::12"));
    pair(stack, "two", "", sides("2001:0db8:0:0:0:0:0:13", "2001:0db8:0:0:0:0:0:14"));
    pair(stack, "three", "", sides("2001:db8:0:1::11", "2001:db8:0:1::12"));
  });
  expect(lines.filter((line) => line.includes("virtualRouterId"))).toEqual([
    "[stack/two] virtualRouterId: must be unique on the network segment, got 51 again; 'stack/one' uses it already",
  ]);
});

test("one host for two real servers, and a real server on the host of a director", () => {
  const lines = refused((stack) => {
    working(stack, "lb", "10.0.0");
    server(stack, "web2", "10.0.0.21");
    server(stack, "web3", "10.0.0.11");
  });
  expect(lines).toEqual([
    "[stack/web2] address: must be a host of its own, got 10.0.0.21 again; 'stack/lb-web1' configures it already",
    "[stack/web3] address: must be a host of its own, got 10.0.0.11 again; 'stack/lb' configures it already",
  ]);
});

test("one host in two pairs, however its address is written", () => {
  const lines = refused((stack) => {
    const primary = { address: "2001:db8::11", connection: ssh };
    pair(stack, "one", "", { primary, secondary: { address: "2001:db8::12", connection: ssh } });
    pair(stack, "two", "", { primary: { address: "2001:db8:0::12", connection: ssh }, secondary: primary });
  });
  expect(lines.filter((line) => line.includes(".address"))).toEqual([
    "[stack/two] primary.address: must be a host of its own, got 2001:db8:0::12 again; 'stack/one' configures it already",
    "[stack/two] secondary.address: must be a host of its own, got 2001:db8::11 again; 'stack/one' configures it already",
  ]);
});

test("a relative path of a key: it would mean another file elsewhere", () => {
  const lines = refused((stack) => {
    const bastion = { host: "10.9.9.9", privateKeyPath: "keys/jump" };
    new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: { privateKeyPath: "id_ed25519", bastion } });
  });
  expect(lines).toEqual([
    "[stack/web1] connection.privateKeyPath: must be absolute or begin with '~/', got 'id_ed25519'",
    "[stack/web1] connection.bastion.privateKeyPath: must be absolute or begin with '~/', got 'keys/jump'",
  ]);
});

test("a password that Terraform would show", () => {
  const lines = refused((stack) => {
    working(stack, "lb", "10.0.0", { authentication: new TerraformVariable(stack, "password", { type: "string" }) });
  });
  expect(lines).toEqual([
    "[stack/lb] authentication: must be a sensitive variable, got one that Terraform shows; set sensitive: true",
  ]);
});

test("all problems of all constructs in one error", () => {
  const lines = refused((stack) => {
    const director = pair(stack, "lb", "10.0.0", { virtualRouterId: 0, interface: "lo", drainTimeoutSeconds: -1 });
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100/24", port: 0 });
    web.addRealServer(server(stack, "web1", "web1.example.org"), { weight: -1 });
  });
  expect(lines).toEqual([
    "[stack/lb] interface: must be an interface that reaches the other director, got 'lo'",
    "[stack/lb] virtualRouterId: must be an integer from 1 to 255, got 0",
    "[stack/lb] drainTimeoutSeconds: must be an integer from 0 to 86400, got -1",
    "[stack/web] vip: must be an IPv4 or IPv6 address, got '10.0.0.100/24'; leave out the prefix length",
    "[stack/web] port: must be an integer from 1 to 65535, got 0; for all ports set allPorts",
    "[stack/web] realServers[0].address: must be an IPv4 or IPv6 address, got 'web1.example.org'",
    "[stack/web] realServers[0].weight: must be an integer from 0 to 65535, got -1",
    "[stack/web1] address: must be an IPv4 or IPv6 address, got 'web1.example.org'",
  ]);
});
