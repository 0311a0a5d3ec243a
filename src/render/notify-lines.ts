import type { Deferrable } from "../model/deferred";
import type { Script } from "../model/script";
import { notifyPrograms, type MailAlertSettings, type Notify, type NotifyEvent } from "../model/vrrp-notify";
import type { VrrpInstance } from "../model/vrrp-instance";
import { toggle, type Body } from "./block-writer";
import { moveAddressesName } from "./move-addresses-script";
import { commandLine, scriptFile } from "./script-file";

/** The keyword of each event, and the state that its program is told; keepalived itself tells that of any. */
const EVENTS: Readonly<Record<NotifyEvent, readonly [keyword: string, state: string | undefined]>> = {
  master: ["notify_master", "MASTER"],
  backup: ["notify_backup", "BACKUP"],
  fault: ["notify_fault", "FAULT"],
  stop: ["notify_stop", "STOP"],
  deleted: ["notify_deleted", "DELETED"],
  masterReceivesLowerPriority: ["notify_master_rx_lower_pri", "MASTER_RX_LOWER_PRI"],
  any: ["notify", undefined],
};

/** What an instance or a sync group runs and tells when its state changes. */
export function notifyLines(
  kind: "INSTANCE" | "GROUP",
  name: string,
  settings: { readonly notify?: Notify } & MailAlertSettings,
): Body {
  return [
    ...notifyPrograms(settings.notify).map(({ event, program }) => notifyLine(kind, name, event, program)),
    toggle("notify_priority_changes", settings.notifyPriorityChanges),
    toggle("smtp_alert", settings.smtpAlert),
  ];
}

function notifyLine(kind: string, name: string, event: NotifyEvent, program: Script | Deferrable<string>): string {
  const [keyword, state] = EVENTS[event];
  const args = state === undefined ? [] : [kind, name, state];
  return `${keyword} ${commandLine(scriptFile(program), args)}`;
}

/** What tells the network of a cloud where the VIPs are. */
export function cloudLines(instance: VrrpInstance): Body {
  if (instance.settings.cloud === undefined) return [];
  const command = commandLine(scriptFile({ name: moveAddressesName(instance), text: "" }), []);
  return [`notify_master ${command}`, `notify_master_rx_lower_pri ${command}`];
}
