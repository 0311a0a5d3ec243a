import { printed, type DeepDeferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import { programsOf, scriptsOf } from "../model/director-resources";
import type { Mail } from "../model/mail";
import type { PairOptions } from "../model/pair-settings";
import { PROCESSES, type Processes, type ProcessSettings } from "../model/process-settings";
import type { Snmp } from "../model/snmp";
import { block, extraLines, flag, lines, option, quoted, toggle, words, type Block, type Body } from "./block-writer";
import { timeoutsLine } from "./ipvs-timeouts";
import { commandLine, scriptFile } from "./script-file";
import { syncDaemonLine } from "./sync-daemon";

/** `global_defs`: what holds for the whole daemon. */
export function globalDefsBlock(config: DirectorConfig): Block {
  const { mail, snmp, processes, dbus } = config.settings;
  return block("global_defs", [
    `router_id ${quoted(printed(config.routerId))}`,
    ...scriptLines(config),
    ...ipvsLines(config),
    ...(mail === undefined ? [] : mailLines(mail)),
    ...(snmp === undefined ? [] : snmpLines(snmp)),
    ...(processes === undefined ? [] : processesLines(processes)),
    flag("enable_dbus", dbus),
    ...(config.vrrp === undefined ? [] : pairLines(config.vrrp.settings)),
    ...extraLines(config.settings.extraGlobalDefs),
  ]);
}

function ipvsLines({ vrrp, syncDaemon, settings: { timeouts } }: DirectorConfig): Body {
  return [vrrp && syncDaemon && syncDaemonLine(syncDaemon), timeouts && timeoutsLine(timeouts)];
}

/** Without them keepalived would run scripts that others than root can change, or none at all. */
function scriptLines(config: DirectorConfig): Body {
  const runsScripts = scriptsOf(config).length > 0 || programsOf(config).length > 0;
  return runsScripts ? ["enable_script_security", "script_user root"] : [];
}

function mailLines(mail: Mail): Body {
  return [
    lines("notification_email", mail.to.map(printed)),
    mail.from === undefined ? undefined : `notification_email_from ${quoted(printed(mail.from))}`,
    words("smtp_server", mail.server, mail.port),
    mail.heloName === undefined ? undefined : `smtp_helo_name ${quoted(printed(mail.heloName))}`,
    option("smtp_connect_timeout", mail.connectTimeoutSeconds),
    toggle("smtp_alert_vrrp", mail.vrrpAlerts),
    toggle("smtp_alert_checker", mail.checkerAlerts),
    flag("no_email_faults", mail.faults === false),
  ];
}

function snmpLines(snmp: Snmp): Body {
  return [
    option("snmp_socket", snmp.socket),
    flag("enable_snmp_vrrp", snmp.vrrp),
    flag("enable_snmp_checker", snmp.checker),
    flag("enable_snmp_rfc", snmp.rfc),
    flag("enable_traps", snmp.traps),
  ];
}

function processesLines(processes: Processes): Body {
  return [
    ...PROCESSES.flatMap((name) => processLines(name, processes[name] ?? {})),
    option("max_auto_priority", processes.maxAutoPriority),
    option("min_auto_priority_delay", processes.minAutoPriorityDelayMicroseconds),
  ];
}

function processLines(name: string, settings: DeepDeferrable<ProcessSettings>): Body {
  const { cpus } = settings;
  return [
    option(`${name}_priority`, settings.nice),
    option(`${name}_rt_priority`, settings.realtimePriority),
    option(`${name}_rlimit_rttime`, settings.realtimeLimitMicroseconds),
    flag(`${name}_no_swap`, settings.noSwap),
    cpus && words(`${name}_cpu_affinity`, ...cpus),
  ];
}

function pairLines(settings: PairOptions): Body {
  const { notifyFifo } = settings;
  return [
    option("vrrp_startup_delay", settings.startupDelaySeconds),
    option("vrrp_garp_interval", settings.gratuitousArpIntervalSeconds),
    option("vrrp_gna_interval", settings.neighborAdvertIntervalSeconds),
    notifyFifo && `vrrp_notify_fifo ${quoted(printed(notifyFifo.path))}`,
    notifyFifo?.script && `vrrp_notify_fifo_script ${commandLine(scriptFile(notifyFifo.script), [])}`,
    flag("log_unknown_vrids", settings.logUnknownRouterIds),
  ];
}
