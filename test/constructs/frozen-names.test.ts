import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  CarrierType,
  Director,
  DrRealServer,
  MonitoringFiles,
  TopologyFiles,
  UnmanagedRealServers,
  VirtualService,
} from "../../src";
import { run } from "../../src/commands/command-line";
import { namedSample } from "../support/named-sample";
import { resources, ssh, synthesize } from "../support/stacks";

const synthesized = namedSample();

// These lists are promises, see docs/upgrades.md: a line that is here must stay, and only new ones may come.

test("addresses of resources in Terraform", () => {
  expect(Object.keys(resources(synthesized)).sort()).toEqual([
    "terraform_data.direct_host_config_8F31A2B7",
    "terraform_data.direct_host_teardown_298E175B",
    "terraform_data.dns1_host_config_F80F73B3",
    "terraform_data.dns1_host_teardown_175D1873",
    "terraform_data.lb_further-backup-0_config_7584AFDD",
    "terraform_data.lb_further-backup-0_teardown_42355967",
    "terraform_data.lb_primary_config_16F6EF64",
    "terraform_data.lb_primary_teardown_0D825A31",
    "terraform_data.lb_secondary_config_96D17A5E",
    "terraform_data.lb_secondary_teardown_1DACCC30",
    "terraform_data.leaving_host_decommission_D5B2C76A",
    "terraform_data.leaving_host_teardown_87E6761E",
    "terraform_data.plain_host_config_DEB054B4",
    "terraform_data.plain_host_teardown_5FFFF271",
    "terraform_data.translated_host_config_A445EA68",
    "terraform_data.translated_host_teardown_62FF542E",
    "terraform_data.tunneled_host_config_1BF4E8A9",
    "terraform_data.tunneled_host_teardown_FB37D94C",
  ]);
});

/** A director with a service, in a stack of that app. */
function directorIn(app: App, carrier?: CarrierType): VirtualService {
  const stack = new TerraformStack(app, "web");
  const director = new Director(stack, "lb", {
    address: "10.0.0.11",
    connection: ssh,
    vipInterface: "eth0",
    delivery: { ...(carrier && { carrier }) },
  });
  return new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
}

test("addresses of resources in Terraform, with the null provider", () => {
  const web = directorIn(new App(), CarrierType.NULL_RESOURCE);
  const stack = TerraformStack.of(web);
  const delivery = { carrier: CarrierType.NULL_RESOURCE };
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, delivery }));
  expect(Object.keys(resources(synthesize(stack))).sort()).toEqual([
    "null_resource.lb_host_config_9332BF5A",
    "null_resource.lb_host_teardown_01C77B5E",
    "null_resource.web1_host_config_6D723BCB",
    "null_resource.web1_host_teardown_D539AFB1",
  ]);
});

test("locals that hold a list, for which tests of users give values", () => {
  const web = directorIn(new App());
  const stack = TerraformStack.of(web);
  const addresses = new TerraformVariable(stack, "addresses", { type: "list(string)" }).listValue;
  web.addRealServers(new UnmanagedRealServers(stack, "group", { addresses }));
  const names = Object.keys(synthesize(stack).locals ?? {});
  expect(names.filter((name) => name.startsWith("group"))).toEqual(["group_addresses_9C024475"]);
});

test("files beside a stack", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-frozen-"));
  try {
    const app = new App({ outdir });
    const web = directorIn(app);
    const stack = TerraformStack.of(web);
    const monitoring = { metrics: true };
    web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, monitoring }));
    new MonitoringFiles(stack, "monitoring");
    new TopologyFiles(stack, "topology");
    app.synth();
    const folder = join(outdir, "stacks/web");
    expect((await run(["picture", folder])).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([
      "cdk.tf.json",
      "lvs-alerts.rules.yml",
      "lvs-dashboard.json",
      "topology.dot",
      "topology.mmd",
      "topology.svg",
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
