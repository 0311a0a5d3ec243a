import type { DirectorConfig } from "../model/director";
import { trackFilesOf } from "../model/director-resources";
import type { VrrpConfig } from "../model/vrrp-group";
import { trackedProcesses, trackedScripts } from "../model/vrrp-resources";
import { bfdInstanceBlock } from "./bfd-instance-block";
import { blocksText, extraLines, type Block } from "./block-writer";
import { globalDefsBlock } from "./global-defs-block";
import { pairBlocks } from "./pair-blocks";
import { trackFileBlock } from "./track-file-block";
import { trackProcessBlock, vrrpScriptBlock } from "./tracked-blocks";
import { virtualServerBlocks } from "./virtual-server-block";
import { vrrpInstanceBlock } from "./vrrp-instance-block";
import { vrrpSyncGroupBlock } from "./vrrp-sync-group-block";

/** The whole of keepalived.conf for one director. */
export function keepalivedConf(config: DirectorConfig): string {
  const text = blocksText([
    globalDefsBlock(config),
    ...trackFilesOf(config).map(trackFileBlock),
    ...(config.bfdInstances ?? []).map(bfdInstanceBlock),
    ...(config.vrrp === undefined ? [] : vrrpBlocks(config.vrrp)),
    ...config.services.flatMap(virtualServerBlocks),
  ]);
  const extra = extraLines(config.settings.extraBlocks);
  return extra.length === 0 ? text : `${text}\n${extra.join("\n")}\n`;
}

function vrrpBlocks(vrrp: VrrpConfig): Block[] {
  return [
    ...pairBlocks(vrrp.settings),
    ...trackedScripts(vrrp).map(vrrpScriptBlock),
    ...trackedProcesses(vrrp).map(trackProcessBlock),
    ...vrrp.syncGroups.map(vrrpSyncGroupBlock),
    ...vrrp.instances.map(vrrpInstanceBlock),
  ];
}
