import type { DirectorConfig } from "../model/director";
import { printed } from "../model/deferred";
import { block, blocksText, extraLines, quoted, type Block } from "./block-writer";
import { timeoutsLine } from "./ipvs-timeouts";
import { syncDaemonLine } from "./sync-daemon";
import { virtualServerBlocks } from "./virtual-server-block";
import { vrrpInstanceBlock } from "./vrrp-instance-block";

/** The whole of keepalived.conf for one director. */
export function keepalivedConf(config: DirectorConfig): string {
  const text = blocksText([
    globalDefs(config),
    ...(config.vrrp ? [vrrpInstanceBlock(config.vrrp)] : []),
    ...config.services.flatMap(virtualServerBlocks),
  ]);
  const extra = extraLines(config.settings.extraBlocks);
  return extra.length === 0 ? text : `${text}\n${extra.join("\n")}\n`;
}

function globalDefs({ routerId, vrrp, syncDaemon, settings }: DirectorConfig): Block {
  return block("global_defs", [
    `router_id ${quoted(printed(routerId))}`,
    vrrp && syncDaemon && syncDaemonLine(syncDaemon, vrrp.name),
    settings.timeouts && timeoutsLine(settings.timeouts),
    ...extraLines(settings.extraGlobalDefs),
  ]);
}
