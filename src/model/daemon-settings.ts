import type { DeepDeferrable } from "./deferred";
import { mailProblems, type MailSettings } from "./mail";
import type { Problem } from "./problem";
import { processesProblems, type ProcessesSettings } from "./process-settings";
import { snmpProblems, type SnmpSettings } from "./snmp";

/** How keepalived runs on its directors, and whom it tells. */
export interface DaemonSettings {
  /**
   * Mails of what changes.
   * @default - none are sent
   */
  readonly mail?: MailSettings;
  /**
   * What an SNMP agent is told.
   * @default - nothing
   */
  readonly snmp?: SnmpSettings;
  /**
   * How the kernel treats keepalived's processes.
   * @default - like any others
   */
  readonly processes?: ProcessesSettings;
  /**
   * Whether VRRP is shown on D-Bus, as org.keepalived.Vrrp1 (keepalived: `enable_dbus`).
   * @default false
   */
  readonly dbus?: boolean;
}

export type Daemon = DeepDeferrable<DaemonSettings>;

export function daemonSettingsProblems(settings: Daemon): Problem[] {
  return [
    ...mailProblems("mail", settings.mail),
    ...snmpProblems("snmp", settings.snmp),
    ...processesProblems("processes", settings.processes),
  ];
}
