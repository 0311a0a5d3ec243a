import { TerraformVariable, type TerraformStack } from "cdktf";
import { DrRealServer, HaPair, HealthCheck, VirtualService, VrrpInstance, type SshConnectionSettings } from "../../src";
import { newStack, ssh, synthesize } from "../support/stacks";

/** `CONSTRUCT: WARNING` of everything that a stack warns of. */
function warnings(stack: TerraformStack): string[] {
  synthesize(stack);
  return stack.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `${construct.node.path}: ${String(data)}`),
    );
}

function pair(stack: TerraformStack): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
  });
}

function webOf(stack: TerraformStack, healthCheck = HealthCheck.tcp()): VirtualService {
  return new VirtualService(stack, "web", { director: pair(stack), vip: "10.0.0.100", port: 80, healthCheck });
}

function server(stack: TerraformStack, id: string, connection: SshConnectionSettings = ssh): DrRealServer {
  return new DrRealServer(stack, id, { address: `10.0.0.2${id.at(-1) ?? ""}`, connection });
}

test("nothing to warn of", () => {
  const stack = newStack();
  webOf(stack).addRealServer(server(stack, "web1"));
  expect(warnings(stack)).toEqual([]);
});

test("a host whose key is not checked, and a bastion whose key is not", () => {
  const stack = newStack();
  const bastion = { host: "10.9.9.9" };
  webOf(stack).addRealServer(server(stack, "web1", { privateKeyPath: "/key", bastion }));
  expect(warnings(stack)).toEqual([
    "stack/web1/host: connection.hostKey is not set: Terraform does not check whom it talks to; set it to the public key of the host",
    "stack/web1/host: connection.bastion.hostKey is not set: Terraform does not check whom it talks to; set it to the public key of the bastion",
  ]);
});

test("a real server that nobody uses", () => {
  const stack = newStack();
  webOf(stack).addRealServer(server(stack, "web1"));
  server(stack, "web2");
  expect(warnings(stack)).toEqual([
    "stack/web2: serves no virtual service: its host gets no VIP; pass it to addRealServer()",
  ]);
});

test("a real server that drains", () => {
  const stack = newStack();
  webOf(stack).addRealServer(server(stack, "web1")).addRealServer(server(stack, "web2"), { weight: 0 });
  expect(warnings(stack)).toEqual([
    "stack/web: drains: 10.0.0.22:80 gets no new connections; raise its weight to use it again",
  ]);
});

test("a service that nobody checks", () => {
  const stack = newStack();
  webOf(stack, HealthCheck.none()).addRealServer(server(stack, "web1"));
  expect(warnings(stack)).toEqual([
    "stack/web: no real server has a health check: a dead one keeps getting its share of the connections; set healthCheck",
  ]);
});

test.each([
  ["privateKey", "use privateKeyPath or the SSH agent"],
  ["password", "use privateKeyPath or the SSH agent"],
  ["sudoPassword", "let sudo not ask for a password"],
])("%s cannot clean the host", (prop, advice) => {
  const stack = newStack();
  const secret = new TerraformVariable(stack, "secret", { type: "string", sensitive: true }).stringValue;
  const connection = { hostKey: "ssh-ed25519 AAAA", user: "ops", [prop]: secret };
  webOf(stack).addRealServer(server(stack, "web1", connection));
  expect(warnings(stack)).toEqual([
    `stack/web1/host: connection.${prop} cannot reach the host on destroy, which will leave the host as it is; ${advice}`,
  ]);
});

test("a warning is given once, however often the tree is visited", () => {
  const stack = newStack();
  webOf(stack).addRealServer(server(stack, "web1"));
  server(stack, "web2");
  synthesize(stack);
  expect(warnings(stack)).toHaveLength(1);
});

test("an instance that moves nothing", () => {
  const stack = newStack();
  const lb = pair(stack);
  new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52 });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(server(stack, "web1"));
  expect(warnings(stack)).toEqual([
    "stack/api: holds no VIP: no virtual service names it (vrrpInstance), and it has no vips of its own; give it one, or leave the instance out",
  ]);
});

test("a pair whose services are all in other instances", () => {
  const stack = newStack();
  const lb = pair(stack);
  const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52 });
  const web = new VirtualService(stack, "web", { director: lb, vrrpInstance: api, vip: "10.0.0.100", port: 80 });
  web.addRealServer(server(stack, "web1"));
  expect(warnings(stack)).toEqual([
    "stack/lb: holds no VIP: all virtual services name other instances; leave vrrpInstance out of one",
  ]);
});
