import type { DirectorConfig } from "../model/director";
import { printed } from "../model/deferred";
import { block, blocksText, quoted, type Block } from "./block-writer";
import { virtualServerBlocks } from "./virtual-server-block";
import { vrrpInstanceBlock } from "./vrrp-instance-block";

/** The whole of keepalived.conf for one director. */
export function keepalivedConf(config: DirectorConfig): string {
  return blocksText([
    globalDefs(config),
    ...(config.vrrp ? [vrrpInstanceBlock(config.vrrp)] : []),
    ...config.services.flatMap(virtualServerBlocks),
  ]);
}

function globalDefs(config: DirectorConfig): Block {
  return block("global_defs", [`router_id ${quoted(printed(config.routerId))}`]);
}
