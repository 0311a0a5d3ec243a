import { writeFileSync } from "node:fs";
import path from "node:path";
import { planOf } from "./plan";
import { plainScript } from "./plain-script";
import { TerraformProject } from "./terraform";
import type { Way, WayContext } from "./way";

/** Plain Terraform: one terraform_data and one inline remote-exec per host. */
export async function plainTerraformWay({ fleet, directory }: WayContext): Promise<Way> {
  const resource = (host: (typeof fleet.hosts)[number]) => ({
    triggers_replace: { run: "${var.run}" },
    provisioner: [
      {
        "remote-exec": {
          connection: {
            type: "ssh",
            host: host.address,
            user: "root",
            host_key: host.hostKey,
            private_key: `\${file("${fleet.keyPath}")}`,
            timeout: "60s",
          },
          inline: [plainScript(planOf(host))],
        },
      },
    ],
  });
  const config = {
    variable: { run: { type: "string" } },
    resource: { terraform_data: Object.fromEntries(fleet.hosts.map((host) => [host.name, resource(host)])) },
  };
  writeFileSync(path.join(directory, "main.tf.json"), JSON.stringify(config, undefined, 2));
  const project = new TerraformProject(directory);
  await project.init();
  return { name: "plain Terraform", first: () => project.applyAnew(), again: () => project.apply() };
}
