import type { VrrpSyncGroup } from "../model/vrrp-sync-group";
import { block, flag, quoted, type Block } from "./block-writer";
import { notifyLines } from "./notify-lines";
import { trackBlocks } from "./vrrp-track-blocks";

/** `vrrp_sync_group`, in the words of keepalived.conf(5). */
export function vrrpSyncGroupBlock({ name, instances, settings }: VrrpSyncGroup): Block {
  return block(`vrrp_sync_group ${quoted(name)}`, [
    block("group", instances.map(quoted)),
    ...trackBlocks(settings),
    flag("sync_group_tracking_weight", settings.trackingWeight),
    ...notifyLines("GROUP", name, settings),
  ]);
}
