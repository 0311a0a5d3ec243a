import { printed } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { programsOf, scriptsOf, trackFilesOf } from "../model/director-resources";
import { bfdInstanceBlock } from "./bfd-instance-block";
import { block, blocksText, extraLines, quoted, type Block, type Body } from "./block-writer";
import { trackFileBlock } from "./track-file-block";
import { virtualServerBlocks } from "./virtual-server-block";
import { vrrpInstanceBlock } from "./vrrp-instance-block";

/** The whole of keepalived.conf for one director. */
export function keepalivedConf(config: DirectorConfig): string {
  const text = blocksText([
    globalDefs(config),
    ...trackFilesOf(config).map(trackFileBlock),
    ...(config.bfdInstances ?? []).map(bfdInstanceBlock),
    ...(config.vrrp ? [vrrpInstanceBlock(config.vrrp)] : []),
    ...config.services.flatMap(virtualServerBlocks),
  ]);
  const extra = extraLines(config.settings.extraBlocks);
  return extra.length === 0 ? text : `${text}\n${extra.join("\n")}\n`;
}

function globalDefs(config: DirectorConfig): Block {
  return block("global_defs", [
    `router_id ${quoted(printed(config.routerId))}`,
    ...scriptLines(config),
    ...extraLines(config.settings.extraGlobalDefs),
  ]);
}

/** Without them keepalived would run scripts that others than root can change, or none at all. */
function scriptLines(config: DirectorConfig): Body {
  const runsScripts = scriptsOf(config).length > 0 || programsOf(config).length > 0;
  return runsScripts ? ["enable_script_security", "script_user root"] : [];
}
