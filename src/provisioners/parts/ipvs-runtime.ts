import type { DirectorConfig } from "../../model/director";
import { syncSysctls } from "../../model/sync-daemon";
import { TableOwner } from "../../model/table-owner";
import { timeoutWords } from "../../render/ipvs-timeouts";
import { ipvsUnit } from "../../render/ipvs-unit";
import type { PlanPart } from "../plan-part";

const IPVS_UNIT = "cdktf-lvs-ipvs.service";

/** The synchronisation daemon's interface and settings. */
export function syncDaemonPart({ syncDaemon }: DirectorConfig): PlanPart {
  if (syncDaemon === undefined) return {};
  return { interfaces: [syncDaemon.interface], sysctls: syncSysctls(syncDaemon) };
}

/** What IPVS forgets at a reboot and keepalived does not bring back. */
export function ipvsRuntimePart({ syncDaemon, tableOwner, settings }: DirectorConfig): PlanPart {
  const ownDaemon = syncDaemon?.state === undefined ? undefined : syncDaemon;
  const timeouts = tableOwner === TableOwner.IPVSADM && settings.timeouts ? timeoutWords(settings.timeouts) : undefined;
  if (ownDaemon === undefined && timeouts === undefined) return {};
  const text = ipvsUnit({
    ...(timeouts !== undefined && { timeouts }),
    ...(ownDaemon !== undefined && { syncDaemon: ownDaemon }),
  });
  return { files: [{ path: `/etc/systemd/system/${IPVS_UNIT}`, mode: "644", text }], units: [IPVS_UNIT] };
}
