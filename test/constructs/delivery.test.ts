import { NullProvider } from "@cdktf/provider-null/lib/provider";
import type { TerraformStack } from "cdktf";
import { CarrierType, Director, DrRealServer, PlanDetail, VirtualService, type Delivery } from "../../src";
import { hostProgramDigest } from "../../src/provisioners/host-program";
import { newStack, outline, resourceAt, scripts, ssh, synthesize } from "../support/stacks";

function directorOn(stack: TerraformStack, delivery: Delivery): TerraformStack {
  const lb = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, delivery });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 });
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, delivery }));
  return stack;
}

test("null_resource: other triggers, other self, and the provider", () => {
  const synthesized = synthesize(directorOn(newStack(), { carrier: CarrierType.NULL_RESOURCE }));
  expect(outline(synthesized)).toMatchSnapshot("resources");
  expect(synthesized.provider).toEqual({ null: [{}] });
  expect(synthesized.terraform).toEqual({
    required_version: ">= 1.4",
    required_providers: { null: { source: "null", version: "~> 3.2" } },
  });
  const teardown = resourceAt(synthesized, "null_resource.lb_host_teardown");
  expect(teardown.provisioner?.[0]?.["remote-exec"].connection).toEqual({
    type: "ssh",
    host: "${self.triggers.host}",
    host_key: "${self.triggers.host_key}",
    port: "${self.triggers.port}",
    private_key: "${file(pathexpand(self.triggers.private_key))}",
    script_path: "./.cdktf-lvs-%RAND%.sh",
    timeout: "${self.triggers.timeout}",
    user: "${self.triggers.user}",
  });
});

test("null_resource: a provider that the stack has is not added again", () => {
  const stack = newStack();
  new NullProvider(stack, "mine", { alias: "mine" });
  const synthesized = synthesize(directorOn(stack, { carrier: CarrierType.NULL_RESOURCE }));
  expect(synthesized.provider).toEqual({ null: [{ alias: "mine" }] });
});

test("terraform_data needs no provider", () => {
  expect(synthesize(directorOn(newStack(), {})).provider).toBeUndefined();
});

test.each(Object.values(CarrierType))("%s: a Terraform that is too old is refused by Terraform itself", (carrier) => {
  const { terraform } = synthesize(directorOn(newStack(), { carrier }));
  expect(terraform).toMatchObject({ required_version: ">= 1.4" });
});

test("a program may ask for a newer Terraform", () => {
  const stack = newStack();
  stack.addOverride("terraform.required_version", "~> 1.11");
  expect(synthesize(directorOn(stack, {})).terraform).toEqual({ required_version: "~> 1.11" });
});

test("digests in place of lines: the plan and the state stay small", () => {
  const synthesized = synthesize(directorOn(newStack(), { planDetail: PlanDetail.DIGESTS }));
  const { triggers_replace } = resourceAt(synthesized, "terraform_data.lb_host_config");
  const local = "local.lb_host_files_A3D0F64C";
  expect(triggers_replace).toEqual({
    "/etc/keepalived/keepalived.conf": `\${sha256(${local}["/etc/keepalived/keepalived.conf"])}`,
    "/etc/modules-load.d/cdktf-lvs.conf": `\${sha256(${local}["/etc/modules-load.d/cdktf-lvs.conf"])}`,
    "/etc/sysctl.d/99-cdktf-lvs.conf": `\${sha256(${local}["/etc/sysctl.d/99-cdktf-lvs.conf"])}`,
    "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf": `\${sha256(${local}["/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf"])}`,
    host: "10.0.0.11",
    plan: `\${sha256(${local}["plan"])}`,
    program: hostProgramDigest(),
  });
});

test("every text is in the configuration once: scripts refer to it", () => {
  const synthesized = synthesize(directorOn(newStack(), {}));
  const [, script = ""] = scripts(synthesized).find(([title]) => title.includes("lb_host_config")) ?? [];
  const local = "local.lb_host_files_A3D0F64C";
  expect(script.split("\n").filter((line) => line.includes("local."))).toEqual([
    "${local.cdktf-lvs-program}",
    `\${base64encode(${local}["plan"])}`,
    `\${base64encode(${local}["rules"])}`,
    `\${base64encode(${local}["/etc/modules-load.d/cdktf-lvs.conf"])}`,
    `\${base64encode(${local}["/etc/sysctl.d/99-cdktf-lvs.conf"])}`,
    `\${base64encode(${local}["/etc/keepalived/keepalived.conf"])}`,
    `\${base64encode(${local}["/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf"])}`,
    `0 644 \${sha256(${local}["/etc/modules-load.d/cdktf-lvs.conf"])} /etc/modules-load.d/cdktf-lvs.conf`,
    `1 644 \${sha256(${local}["/etc/sysctl.d/99-cdktf-lvs.conf"])} /etc/sysctl.d/99-cdktf-lvs.conf`,
    `2 600 \${sha256(${local}["/etc/keepalived/keepalived.conf"])} /etc/keepalived/keepalived.conf`,
    `3 644 \${sha256(${local}["/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf"])} /etc/systemd/system/keepalived.service.d/cdktf-lvs.conf`,
  ]);
});
