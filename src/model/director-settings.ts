import type { DeepDeferrable } from "./deferred";
import { extraFilesProblems, extraLinesProblems, type ExtraFile } from "./escape-hatch";
import { natGatewayProblems, type NatGatewaySettings } from "./nat-gateway";
import type { Problem } from "./problem";
import { integerProblems } from "./rules";
import { TableOwner } from "./table-owner";

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
  /**
   * Lines for `global_defs` of keepalived.conf that the library has no words for, one each.
   * @default - none
   */
  readonly extraGlobalDefs?: readonly string[];
  /**
   * Lines for the end of keepalived.conf: blocks that the library has no words for.
   * @default - none
   */
  readonly extraBlocks?: readonly string[];
  /**
   * Files of your own on every host.
   * @default - none
   */
  readonly extraFiles?: readonly ExtraFile[];
}

export function directorSettingsProblems(settings: DeepDeferrable<DirectorSettings>): Problem[] {
  return [
    ...integerProblems("drainTimeoutSeconds", settings.drainTimeoutSeconds, 0, 86400),
    ...natGatewayProblems("natGateway", settings.natGateway),
    ...extraLinesProblems("extraGlobalDefs", settings.extraGlobalDefs),
    ...extraLinesProblems("extraBlocks", settings.extraBlocks),
    ...extraFilesProblems("extraFiles", settings.extraFiles),
  ];
}

/** What only keepalived can carry out. */
export function keepalivedOnlyProblems(settings: DeepDeferrable<DirectorSettings>, owner: TableOwner): Problem[] {
  if (owner === TableOwner.KEEPALIVED) return [];
  return (["extraGlobalDefs", "extraBlocks"] as const)
    .filter((path) => settings[path] !== undefined)
    .map((path) => ({ path, message: "must not be set under ipvsadm, got lines for keepalived.conf; leave it out" }));
}
