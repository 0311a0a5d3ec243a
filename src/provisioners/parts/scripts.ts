import { printed } from "../../model/deferred";
import type { DirectorConfig } from "../../model/director";
import { scriptsOf } from "../../model/director-resources";
import { moveAddressesScript } from "../../render/move-addresses-script";
import { scriptFile } from "../../render/script-file";
import type { PlanPart } from "../plan-part";

/** The scripts that keepalived runs, for root alone: it runs none that others can change. */
export function scriptsPart(config: DirectorConfig): PlanPart {
  const made = (config.vrrp?.instances ?? []).flatMap((instance) => moveAddressesScript(instance) ?? []);
  return {
    files: [...scriptsOf(config), ...made].map((script) => ({
      path: scriptFile(script),
      mode: "700",
      text: printed(script.text),
    })),
  };
}
