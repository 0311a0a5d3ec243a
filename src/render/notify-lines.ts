import { canonicalAddress, endpoint } from "../model/address";
import type { Program } from "../model/program";
import type { RealServer } from "../model/real-server";
import { upDownPrograms, type UpDown, type UpDownEvent } from "../model/service-notify";
import { serviceName, type VirtualService } from "../model/virtual-service";
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

function notifyLine(kind: string, name: string, event: NotifyEvent, program: Program): string {
  const [keyword, state] = EVENTS[event];
  const args = state === undefined ? [] : [kind, name, state];
  return `${keyword} ${commandLine(scriptFile(program), args)}`;
}

const STATES: Readonly<Record<UpDownEvent, string>> = { up: "UP", down: "DOWN" };

/** What a service runs when its quorum is met and lost. */
export function quorumNotifyLines(service: VirtualService): string[] {
  return upDownLines("quorum", ["VS", serviceName(service)], service.notifyQuorum);
}

/** What is run when a real server comes and goes. */
export function realServerNotifyLines(server: RealServer, service: VirtualService): string[] {
  const name = endpoint(canonicalAddress(server.address), server.port);
  return upDownLines("notify", ["RS", name, serviceName(service)], server.notify ?? service.notifyRealServers);
}

/** keepalived itself tells such programs nothing. */
function upDownLines(keyword: string, about: readonly string[], programs: UpDown | undefined): string[] {
  return upDownPrograms(programs).map(
    ({ event, program }) => `${keyword}_${event} ${commandLine(scriptFile(program), [...about, STATES[event]])}`,
  );
}

/** What tells the network of a cloud where the VIPs are. */
export function cloudLines(instance: VrrpInstance): Body {
  if (instance.settings.cloud === undefined) return [];
  const command = commandLine(scriptFile({ name: moveAddressesName(instance), text: "" }), []);
  return [`notify_master ${command}`, `notify_master_rx_lower_pri ${command}`];
}
