import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { eventPrograms, eventProgramsProblems, withEventNames, type Program } from "./program";
import type { ScriptSettings } from "./script";

/**
 * What a director runs when its state changes, as root: scripts, whose texts become files, or absolute paths of programs
 * of the directors. Each is called with `INSTANCE` or `GROUP`, the name, and the new state: `MASTER`, `BACKUP`, `FAULT`,
 * `STOP` or `DELETED`; `any` gets the priority as a fourth argument (0 for a group). A reload changes no state.
 */
export interface NotifySettings {
  /**
   * On becoming master (keepalived: `notify_master`).
   * @default - nothing
   */
  readonly master?: ScriptSettings | string;
  /**
   * On becoming backup (keepalived: `notify_backup`).
   * @default - nothing
   */
  readonly backup?: ScriptSettings | string;
  /**
   * On failing, such as by a tracked interface (keepalived: `notify_fault`).
   * @default - nothing
   */
  readonly fault?: ScriptSettings | string;
  /**
   * When keepalived stops, which waits for it one second (keepalived: `notify_stop`).
   * @default - nothing
   */
  readonly stop?: ScriptSettings | string;
  /**
   * On any of these, after their own (keepalived: `notify`).
   * @default - nothing
   */
  readonly any?: ScriptSettings | string;
}

/** What else may happen to an instance. */
export interface InstanceNotifySettings extends NotifySettings {
  /**
   * When a reload takes the instance away (keepalived: `notify_deleted`).
   * @default - `fault` is run then
   */
  readonly deleted?: ScriptSettings | string;
  /**
   * When a master hears another one of lower priority, which may have changed something outside: called with `INSTANCE`,
   * the name and `MASTER_RX_LOWER_PRI` (keepalived: `notify_master_rx_lower_pri`).
   * @default - nothing
   */
  readonly masterReceivesLowerPriority?: ScriptSettings | string;
}

/** Who else is told of changes. */
export interface MailAlertSettings {
  /**
   * Whether mails are sent of the changes; needs `mail` on the pair (keepalived: `smtp_alert`).
   * @default - what `mail` says of vrrpAlerts
   */
  readonly smtpAlert?: boolean;
  /**
   * Whether the pair's `notifyFifo` is told of changes of the priority too (keepalived: `notify_priority_changes`).
   * @default false
   */
  readonly notifyPriorityChanges?: boolean;
}

export type Notify = DeepDeferrable<InstanceNotifySettings>;

const EVENTS = ["master", "backup", "fault", "stop", "deleted", "masterReceivesLowerPriority", "any"] as const;

export type NotifyEvent = (typeof EVENTS)[number];

/** Each event that something is run on, and what. */
export function notifyPrograms(notify?: Notify): { event: NotifyEvent; program: Program }[] {
  return eventPrograms(EVENTS, notify);
}

export function notifyProblems(path: string, notify: Notify | undefined): Problem[] {
  return eventProgramsProblems(path, EVENTS, notify);
}

export function withNotifyNames(notify: Notify, prefix: string): Notify {
  return withEventNames(EVENTS, notify, prefix);
}
