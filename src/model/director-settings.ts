import type { DeepDeferrable } from "./deferred";
import { natGatewayProblems, type NatGatewaySettings } from "./nat-gateway";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";

/** What every director can be told, alone or in a pair. */
export interface DirectorSettings {
  /**
   * How long the active connections of a real server that leaves may last before it is cut off, 0 to 86400 seconds.
   * @default 60
   */
  readonly drainTimeoutSeconds?: number;
  /**
   * Inside addresses, which real servers under NAT send their replies to. On a pair they move together with the VIPs.
   * @default - a lone director's own address; a pair has none
   */
  readonly natGateway?: NatGatewaySettings;
}

export function directorSettingsProblems(settings: DeepDeferrable<DirectorSettings>): Problem[] {
  return [
    ...integerProblems("drainTimeoutSeconds", settings.drainTimeoutSeconds, 0, 86400),
    ...natGatewayProblems("natGateway", settings.natGateway),
  ];
}
