import { addressFamily, portProblems } from "./address";
import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, quotableProblems, shown } from "./rules";

/** Mails that keepalived sends when something changes. */
export interface MailSettings {
  /** Who gets them, at least one (keepalived: `notification_email`). */
  readonly to: readonly string[];
  /** Mail server, an address or a name that the directors can look up (keepalived: `smtp_server`). */
  readonly server: string;
  /**
   * Port of the mail server, 1 to 65535.
   * @default - keepalived's own default (25)
   */
  readonly port?: number;
  /**
   * Sender in the mails, `lb@example.org` or `LB <lb@example.org>` (keepalived: `notification_email_from`).
   * @default - keepalived's own default (keepalived@ and the name of the host)
   */
  readonly from?: string;
  /**
   * Name to greet the server with (keepalived: `smtp_helo_name`).
   * @default - keepalived's own default (the name of the host)
   */
  readonly heloName?: string;
  /**
   * How long to try to connect, 1 to 3600 whole seconds (keepalived: `smtp_connect_timeout`).
   * @default - keepalived's own default (30 seconds)
   */
  readonly connectTimeoutSeconds?: number;
  /**
   * Whether changes of VRRP instances and sync groups are told (keepalived: `smtp_alert_vrrp`).
   * @default - keepalived's own default (only those with smtpAlert)
   */
  readonly vrrpAlerts?: boolean;
  /**
   * Whether changes of real servers and virtual services are told (keepalived: `smtp_alert_checker`).
   * @default - keepalived's own default (false)
   */
  readonly checkerAlerts?: boolean;
  /**
   * Whether a director that fails is told of (keepalived: `no_email_faults`).
   * @default true
   */
  readonly faults?: boolean;
}

export type Mail = DeepDeferrable<MailSettings>;

export function mailProblems(path: string, mail: Mail | undefined): Problem[] {
  if (mail === undefined) return [];
  return [
    ...(mail.to.length === 0 ? [{ path: `${path}.to`, message: "must hold at least one address, got none" }] : []),
    ...mail.to.flatMap((address, index) => mailAddressProblems(`${path}.to[${index}]`, address)),
    ...serverProblems(`${path}.server`, mail.server),
    ...portProblems(`${path}.port`, mail.port),
    ...quotableProblems(`${path}.from`, mail.from),
    ...quotableProblems(`${path}.heloName`, mail.heloName),
    ...integerProblems(`${path}.connectTimeoutSeconds`, mail.connectTimeoutSeconds, 1, 3600),
  ];
}

function mailAddressProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred || /^[\w.+%=-]+@[A-Za-z0-9.-]+$/.test(value)) return [];
  return [{ path, message: `must be a mail address such as lb@example.org, got ${shown(value)}` }];
}

function serverProblems(path: string, value: Deferrable<string>): Problem[] {
  if (value instanceof Deferred || addressFamily(value) !== undefined) return [];
  const isName = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
  if (isName.test(value) && !/^[\d.]+$/.test(value)) return [];
  return [{ path, message: `must be an address or a host name, got ${shown(value)}` }];
}
