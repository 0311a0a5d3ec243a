import type { MonitoredHost } from "../model/monitored-host";
import { absentAny, ALERTING_HOST, stackSelector, type Alert } from "./alert";
import { directorAlerts } from "./director-alerts";

/** The alerts for all hosts of a stack, those of the directors first. */
export function alerts(stack: string, hosts: readonly MonitoredHost[]): Alert[] {
  const selector = stackSelector(stack);
  const check = Math.max(...hosts.map(({ monitoring }) => monitoring.checkIntervalSeconds));
  const directors = hosts.filter(({ role }) => role !== "real-server");
  return [
    ...(directors.length === 0 ? [] : directorAlerts(selector, directors, check)),
    ...hostAlerts(selector, hosts, check),
  ];
}

function hostAlerts(selector: string, hosts: readonly MonitoredHost[], check: number): Alert[] {
  return [
    {
      name: "LvsHostNotReporting",
      expression: absentAny(hosts),
      forSeconds: 3 * check,
      severity: "warning",
      summary: `${ALERTING_HOST} does not report`,
      description: "Prometheus does not get its metrics.",
      runbook: "Is the host up? systemctl status prometheus-node-exporter cdktf-lvs-check.timer",
    },
    {
      name: "LvsCheckStale",
      expression: `time() - cdktf_lvs_last_check_timestamp_seconds${selector} > ${5 * check}`,
      forSeconds: check,
      severity: "warning",
      summary: `${ALERTING_HOST} was not compared with its last deploy`,
      description: "The last check was {{ $value | humanizeDuration }} ago: what its metrics tell is old.",
      runbook: "journalctl -u cdktf-lvs-check; systemctl list-timers cdktf-lvs-check; does a deploy still drain there?",
    },
    {
      name: "LvsDrift",
      expression: `cdktf_lvs_drift${selector} > 0`,
      forSeconds: 2 * check,
      severity: "warning",
      summary: `${ALERTING_HOST} differs from its last deploy`,
      description: "Files, units, addresses, kernel settings or the IPVS table differ: {{ $value }} differences.",
      runbook: `sh /etc/cdktf-lvs/director/current/program check (on real servers: real-server) tells what; a deploy with another instanceId puts it back`,
    },
  ];
}
