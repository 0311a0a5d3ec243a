import { spawnSync } from "node:child_process";
import { missingRequirements as missingForLab } from "../lab/requirements";

/** Everything that keeps the demo from running here, one sentence each. */
export function missingRequirements(): string[] {
  return [...missingForLab(), ...(hasTerraform() ? [] : [NO_TERRAFORM])];
}

const NO_TERRAFORM =
  "neither terraform nor tofu is on the PATH; install one of them (https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install)";

function hasTerraform(): boolean {
  if (isCommand("terraform")) return true;
  if (!isCommand("tofu")) return false;
  // What cdktf calls instead of terraform.
  process.env["TERRAFORM_BINARY_NAME"] = "tofu";
  return true;
}

function isCommand(name: string): boolean {
  return spawnSync(name, ["version"], { stdio: "ignore" }).status === 0;
}
