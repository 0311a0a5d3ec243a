import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Aspects,
  dependable,
  Fn,
  TerraformElement,
  TerraformIterator,
  TerraformOutput,
  TerraformResource,
  Testing,
  TerraformVariable,
  Token,
  type TerraformStack,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { Director, DrRealServer, HealthCheck, UnmanagedRealServers, VirtualService } from "../../src";
import { stackWithState, synthesizedApp } from "../support/apps";
import { describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";
import { AppliedStack, InstanceGroup } from "../support/terraform";

jest.setTimeout(60_000);

const CONF = "/etc/keepalived/keepalived.conf";

function directorOn(scope: Construct, id = "lb"): Director {
  return new Director(scope, id, { address: "10.0.0.11", connection: { user: "root" }, vipInterface: "eth0" });
}

function webOn(scope: Construct, director: Director): VirtualService {
  return new VirtualService(scope, "web", { director, vip: "10.0.0.100", port: 80 });
}

function list(scope: Construct, name: string): string[] {
  return new TerraformVariable(scope, name, { type: "list(string)" }).listValue;
}

/** The real servers that the director is told of. */
function realServers(applied: AppliedStack): readonly string[] {
  return applied.triggers("lb_host_config").texts[CONF]?.match(/(?<=real_server )\S+/g) ?? [];
}

function carriers(scope: IConstruct): TerraformResource[] {
  return scope.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
}

describeWithOracles("composition, as Terraform applies it", ["terraform"], () => {
  const made: AppliedStack[] = [];

  function applied(stack: TerraformStack | string): AppliedStack {
    const one = new AppliedStack(typeof stack === "string" ? stack : Testing.synth(stack, true));
    made.push(one);
    return one;
  }

  afterAll(() => {
    for (const one of made) one.remove();
  });

  function expectApplied(one: AppliedStack, variables: Readonly<Record<string, unknown>> = {}): string {
    const { status, output } = one.apply(variables);
    expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
    return output;
  }

  test("tokens alone and inside of text, through functions", () => {
    const stack = newStack();
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    const host = Fn.upper(Fn.join(".", [name, "test"]));
    const healthCheck = HealthCheck.http({ path: `/${name}/\${x}`, host });
    const director = directorOn(stack);
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80, healthCheck });
    const addresses = Token.asList(Fn.concat([list(stack, "blue"), list(stack, "green")]));
    web.addRealServers(new UnmanagedRealServers(stack, "servers", { addresses }));
    const one = applied(stack);
    expectApplied(one, { name: "shop", blue: ["10.0.0.22"], green: ["10.0.0.21"] });
    expect(realServers(one)).toEqual(["10.0.0.21", "10.0.0.22"]);
    const conf = one.triggers("lb_host_config").texts[CONF];
    expect(conf).toContain('path "/shop/${x}"');
    expect(conf).toContain('virtualhost "SHOP.TEST"');
  });

  test("a list that an iterator makes of other resources", () => {
    const stack = newStack();
    const machines = TerraformIterator.fromList(
      new TerraformVariable(stack, "machines", { type: "list(object({ ip = string }))" }).listValue,
    );
    const addresses = Token.asList(machines.pluckProperty("ip"));
    webOn(stack, directorOn(stack)).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses }));
    const one = applied(stack);
    expectApplied(one, { machines: [{ ip: "10.0.0.22" }, { ip: "10.0.0.21" }] });
    expect(realServers(one)).toEqual(["10.0.0.21", "10.0.0.22"]);
  });

  test("a record and outputs that are made of what the constructs have", () => {
    const stack = newStack();
    const text = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const director = new Director(stack, "lb", { address: text("own"), connection: ssh, vipInterface: "eth0" });
    const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
    const web = new VirtualService(stack, "web", { director, vip: text("vip"), port });
    const server = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
    web.addRealServer(server);
    const record = new InstanceGroup(stack, "record", [web.vip, ...director.addresses, server.address]);
    new TerraformOutput(stack, "url", { value: `http://${web.vip}:${web.port}/` });
    new TerraformOutput(stack, "record_output", { value: record.privateIps });
    const one = applied(stack);
    expectApplied(one, { own: "10.0.0.11", vip: "10.0.0.100", port: 8080 });
    expect(one.output("url")).toBe("http://10.0.0.100:8080/");
    expect(one.output("record_output")).toEqual(["10.0.0.100", "10.0.0.11", "10.0.0.21"]);
  });

  test("an item of an iterator is no value of a construct: Terraform refuses it", () => {
    const stack = newStack();
    const machines = TerraformIterator.fromList(list(stack, "machines"));
    webOn(stack, directorOn(stack)).addRealServer(
      new DrRealServer(stack, "web1", { address: Token.asString(machines.value), connection: ssh }),
    );
    const { status, output } = applied(stack).apply({ machines: ["10.0.0.21"] });
    expect(status).toBe(1);
    expect(output).toContain("each.value");
  });

  test("dependsOn, both ways: hosts after a resource, and a resource after the hosts", () => {
    const stack = newStack();
    const gate = new InstanceGroup(stack, "gate", ["10.0.0.21"]);
    const director = directorOn(stack);
    webOn(stack, director).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: ["10.0.0.21"] }));
    for (const carrier of carriers(director)) carrier.dependsOn = [...(carrier.dependsOn ?? []), dependable(gate)];
    new InstanceGroup(stack, "record", [], carriers(director));
    const output = expectApplied(applied(stack));
    const created = [...output.matchAll(/terraform_data\.([a-z_]+?)(?:_[0-9A-F]{8})?: Creation complete/g)];
    expect(created.map(([, name]) => name)).toEqual(["gate", "lb_host_teardown", "lb_host_config", "record"]);
  });

  test("aspects see the resources of a construct, and may change them", () => {
    const stack = newStack();
    const director = directorOn(stack);
    webOn(stack, director).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: ["10.0.0.21"] }));
    Aspects.of(director).add({
      visit(node) {
        if (!TerraformResource.isTerraformResource(node) || node.node.id !== "teardown") return;
        node.lifecycle = { ...node.lifecycle, preventDestroy: true };
      },
    });
    const one = applied(stack);
    expectApplied(one);
    const { status, output } = one.destroy();
    expect(status).toBe(1);
    expect(output).toContain("lifecycle.prevent_destroy");
  });

  test("names of one's own, with what refers to them", () => {
    const stack = newStack();
    const director = directorOn(stack);
    webOn(stack, director).addRealServers(
      new UnmanagedRealServers(stack, "servers", { addresses: list(stack, "addresses") }),
    );
    for (const node of stack.node.findAll()) {
      if (node instanceof TerraformElement && !(node instanceof TerraformVariable)) {
        node.overrideLogicalId(`my_${node.node.path.replaceAll(/\W/g, "_")}`);
      }
    }
    const one = applied(stack);
    expectApplied(one, { addresses: ["10.0.0.21"] });
    expect(one.triggers("my_stack_lb_host_config").texts[CONF]).toContain("real_server 10.0.0.21 80");
  });

  test("a construct that moves into another keeps its host, when its resources are told so", () => {
    const folder = mkdtempSync(join(tmpdir(), "moved-"));
    const build = (moved: boolean): string => {
      const texts = synthesizedApp((app) => {
        const stack = stackWithState(app, "web", folder);
        const director = directorOn(moved ? new Construct(stack, "site") : stack);
        webOn(stack, director).addRealServers(new UnmanagedRealServers(stack, "servers", { addresses: ["10.0.0.21"] }));
        if (!moved) return;
        for (const carrier of carriers(director)) {
          const before = `${carrier.terraformResourceType}.${names.get(carrier.node.id)}`;
          carrier.moveFromId(before);
        }
      });
      return texts["web"] ?? "";
    };
    const first = build(false);
    const { resource } = JSON.parse(first) as { resource: { terraform_data: Record<string, unknown> } };
    const names = new Map(
      Object.keys(resource.terraform_data).map((name) => [/_([a-z]+)_[0-9A-F]{8}$/.exec(name)?.[1] ?? "", name]),
    );
    const before = applied(first);
    expectApplied(before);
    const { id } = before.triggers("lb_host_teardown");
    const after = applied(build(true));
    const output = expectApplied(after);
    expect(output).toContain("has moved to");
    expect(after.triggers("site_lb_host_teardown").id).toBe(id);
    rmSync(folder, { recursive: true });
  });

  test("a service and its list in another stack than the director", () => {
    const folder = mkdtempSync(join(tmpdir(), "stacks-"));
    const { shop = "", network = "" } = synthesizedApp((app) => {
      const director = directorOn(stackWithState(app, "network", folder));
      const scope = stackWithState(app, "shop", folder);
      const group = new InstanceGroup(scope, "group", list(scope, "ips"));
      webOn(scope, director).addRealServers(
        new UnmanagedRealServers(scope, "servers", { addresses: group.privateIps }),
      );
    });
    const [group, lb] = [applied(shop), applied(network)];
    for (const ips of [["10.0.0.22", "10.0.0.21"], [], ["10.0.0.23"]]) {
      expectApplied(group, { ips });
      expectApplied(lb);
      expect(realServers(lb)).toEqual([...ips].sort());
    }
    rmSync(folder, { recursive: true });
  });
});
