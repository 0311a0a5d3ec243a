import { Testing } from "cdktf";
import { DrRealServer, HaPair, VirtualService } from "../../src";
import { newStack } from "../support/stacks";

test("a text of very many lines is stored as one line, which Terraform reads in a fraction of the time", () => {
  const stack = newStack();
  const host = (address: string) => ({ address, connection: {} });
  const lb = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    interface: "eth0",
    virtualRouterId: 51,
  });
  const server = new DrRealServer(stack, "web1", host("10.0.0.21"));
  for (let port = 1; port <= 60; port++) {
    new VirtualService(stack, `service${port}`, { director: lb, vip: "10.0.0.100", port }).addRealServer(server);
  }
  const synthesized = JSON.parse(Testing.synth(stack, true)) as {
    locals: Record<string, Record<string, string>>;
    resource: { terraform_data: Record<string, { triggers_replace: Record<string, string> }> };
  };
  const [name, files] = Object.entries(synthesized.locals).find(([id]) => id.startsWith("lb_primary_files"))!;
  const [, config] = Object.entries(synthesized.resource.terraform_data).find(([id]) =>
    id.startsWith("lb_primary_config"),
  )!;
  const path = "/etc/keepalived/keepalived.conf";
  expect(files[path]).not.toContain("\n");
  expect(files[path]!.split("\u001f").length).toBeGreaterThan(500);
  expect(config.triggers_replace[path]).toBe(`\${replace(local.${name}["${path}"], "\\u001f", "\\n")}`);
  expect(files["plan"]).toContain("\n");
});
