import { Deferred, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** What keepalived tells an SNMP agent of the host, which must speak AgentX. */
export interface SnmpSettings {
  /**
   * State of VRRP (keepalived: `enable_snmp_vrrp`).
   * @default false
   */
  readonly vrrp?: boolean;
  /**
   * State of virtual services and real servers (keepalived: `enable_snmp_checker`).
   * @default false
   */
  readonly checker?: boolean;
  /**
   * State of VRRP in the words of RFC 2787 and RFC 6527 (keepalived: `enable_snmp_rfc`).
   * @default false
   */
  readonly rfc?: boolean;
  /**
   * Whether changes are sent as traps (keepalived: `enable_traps`).
   * @default false
   */
  readonly traps?: boolean;
  /**
   * Where the agent listens: `unix:/var/agentx/master`, `udp:192.0.2.1:705`, `tcp:localhost:705` (keepalived:
   * `snmp_socket`).
   * @default - keepalived's own default (unix:/var/agentx/master)
   */
  readonly socket?: string;
}

export type Snmp = DeepDeferrable<SnmpSettings>;

export function snmpProblems(path: string, snmp: Snmp | undefined): Problem[] {
  if (snmp === undefined) return [];
  const { vrrp = false, checker = false, rfc = false } = snmp;
  return [
    ...(vrrp || checker || rfc
      ? []
      : [{ path, message: "must have vrrp, checker or rfc set, got none; leave it out instead" }]),
    ...socketProblems(`${path}.socket`, snmp.socket),
  ];
}

function socketProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred || /^(unix|udp6?|tcp6?):[\w./:[\]-]{1,200}$/.test(value))
    return [];
  return [{ path, message: `must be such as unix:/var/agentx/master or udp:192.0.2.1:705, got ${shown(value)}` }];
}
