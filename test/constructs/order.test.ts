import { App, TerraformStack } from "cdktf";
import { Director, DrRealServer, HaPair, VirtualService } from "../../src";
import { newStack, resources, ssh, synthesize } from "../support/stacks";

/** `CARRIER: what it waits for`, without the digests in the names. */
function waits(stack: TerraformStack): Record<string, string[]> {
  const plain = (address: string): string => address.replace(/^terraform_data\.|_[0-9A-F]{8}$/g, "");
  return Object.fromEntries(
    Object.entries(resources(synthesize(stack))).map(([address, { depends_on = [] }]) => [
      plain(address),
      depends_on.map(plain).sort(),
    ]),
  );
}

function pair(stack: TerraformStack, id = "lb", network = "10.0.0"): HaPair {
  return new HaPair(stack, id, {
    primary: { address: `${network}.11`, connection: ssh },
    secondary: { address: `${network}.12`, connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
  });
}

test("real servers, then the secondary, then the primary; cleaned the other way round", () => {
  const stack = newStack();
  const web = new VirtualService(stack, "web", { director: pair(stack), vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  web.addRealServer(new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh }));
  expect(waits(stack)).toEqual({
    web1_host_config: ["web1_host_teardown"],
    web2_host_config: ["web2_host_teardown"],
    lb_secondary_config: ["lb_secondary_teardown", "web1_host_config", "web2_host_config"],
    lb_primary_config: ["lb_primary_teardown", "lb_secondary_config", "web1_host_config", "web2_host_config"],
    // Terraform destroys what waits before what it waits for.
    web1_host_teardown: [],
    web2_host_teardown: [],
    lb_secondary_teardown: ["web1_host_teardown", "web2_host_teardown"],
    lb_primary_teardown: ["lb_secondary_teardown", "web1_host_teardown", "web2_host_teardown"],
  });
});

test("a real server of two services is waited for once", () => {
  const stack = newStack();
  const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh });
  const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "http", { director, vip: "10.0.0.100", port: 80 }).addRealServer(server);
  new VirtualService(stack, "https", { director, vip: "10.0.0.100", port: 443 }).addRealServer(server);
  expect(waits(stack)["lb_host_config"]).toEqual(["lb_host_teardown", "web1_host_config"]);
});

test("a real server that leaves: the directors first, then its host", () => {
  const stack = newStack();
  const web = new VirtualService(stack, "web", { director: pair(stack), vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
  const decommission = true;
  web.addRealServer(new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh, decommission }));
  expect(waits(stack)).toMatchObject({
    web2_host_decommission: ["lb_primary_config", "lb_secondary_config", "web2_host_teardown"],
    web2_host_teardown: [],
    lb_secondary_config: ["lb_secondary_teardown", "web1_host_config"],
    lb_secondary_teardown: ["web1_host_teardown"],
  });
});

test("across stacks it is the stacks that wait: real servers first", () => {
  const app = new App({ outdir: "/nonexistent" });
  const servers = new TerraformStack(app, "servers");
  const directors = new TerraformStack(app, "directors");
  const server = new DrRealServer(servers, "web1", { address: "10.0.0.21", connection: ssh });
  const web = new VirtualService(directors, "web", { director: pair(directors), vip: "10.0.0.100", port: 80 });
  web.addRealServer(server);
  expect(directors.dependencies.map((stack) => stack.node.path)).toEqual(["servers"]);
  expect(servers.dependencies).toEqual([]);
  expect(waits(directors)).toEqual({
    lb_secondary_config: ["lb_secondary_teardown"],
    lb_primary_config: ["lb_primary_teardown", "lb_secondary_config"],
    lb_secondary_teardown: [],
    lb_primary_teardown: ["lb_secondary_teardown"],
  });
  expect(waits(servers)).toEqual({ web1_host_config: ["web1_host_teardown"], web1_host_teardown: [] });
});
