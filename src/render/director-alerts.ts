import type { MonitoredHost } from "../model/monitored-host";
import { absentAny, ALERTING_HOST, duration, type Alert } from "./alert";

/** The alerts about VIPs, services and connections; `check` is the time between two values of a metric, in seconds. */
export function directorAlerts(selector: string, directors: readonly MonitoredHost[], check: number): Alert[] {
  return [
    ...(directors.some(({ role }) => role === "primary") ? pairAlerts(selector, check) : []),
    {
      name: "LvsDirectorsNotReporting",
      expression: absentAny(directors.map(({ construct }) => ({ construct }))),
      forSeconds: check,
      severity: "critical",
      summary: "No director of {{ $labels.construct }} reports",
      description: "Prometheus gets the metrics of no director of {{ $labels.construct }}.",
      runbook: "Are the directors up, and reachable from Prometheus on the port of the node exporter?",
    },
    {
      name: "LvsKeepalivedDown",
      expression: `cdktf_lvs_keepalived_up${selector} == 0`,
      forSeconds: check,
      severity: "critical",
      summary: `keepalived does not run on ${ALERTING_HOST}`,
      description: "Its real servers are not checked, and it takes no part in VRRP. VIPs that it left behind stay.",
      runbook: "journalctl -u keepalived; systemctl start keepalived",
    },
    ...realServerAlerts(selector, check),
    {
      name: "LvsSyncDaemonMissing",
      expression: `cdktf_lvs_sync_daemon${selector} == 0`,
      forSeconds: 3 * check,
      severity: "warning",
      summary: `No {{ $labels.state }} synchronisation daemon on ${ALERTING_HOST}`,
      description: "It does not run as deployed: connections break at the next failover.",
      runbook: "ipvsadm --list --daemon; journalctl -u keepalived",
    },
    ...connectionAlerts(selector),
    ...(directors.some(({ monitoring }) => monitoring.repair) ? [repairAlert(selector, check)] : []),
  ];
}

/** A move of the VIPs is seen on one director before it is seen on the other: not even two checks prove anything. */
function pairAlerts(selector: string, check: number): Alert[] {
  const holders = `sum by (construct, vrrp_instance) (cdktf_lvs_vrrp_state${selector})`;
  return [
    {
      name: "LvsVipsNotHeld",
      expression: `${holders} == 0`,
      forSeconds: 3 * check,
      severity: "critical",
      summary: "No director of {{ $labels.construct }} holds the VIPs",
      description: "Clients of {{ $labels.construct }} reach nobody.",
      runbook: "On all directors: journalctl -u keepalived; is one in FAULT state, or its interface down?",
    },
    {
      name: "LvsVipsHeldTwice",
      expression: `${holders} > 1`,
      forSeconds: 3 * check,
      severity: "critical",
      summary: "Several directors of {{ $labels.construct }} hold the VIPs",
      description: "They do not hear each other's adverts (split brain). Some clients get answers, others do not.",
      runbook: "Does a firewall drop IP protocol 112 between them? Did the deploy reach only some of them?",
    },
    {
      name: "LvsVipsFlapping",
      expression: `sum by (construct, vrrp_instance) (changes(cdktf_lvs_vrrp_state${selector}[${duration(30 * check)}])) > 4`,
      forSeconds: 0,
      severity: "warning",
      summary: "The VIPs of {{ $labels.construct }} move to and fro",
      description: "The directors took or lost them {{ $value }} times of late. Every move breaks connections.",
      runbook: "journalctl -u keepalived on all; look for lost adverts, a flapping interface, a stalled host",
    },
  ];
}

function realServerAlerts(selector: string, check: number): Alert[] {
  const by = "sum by (construct, role, service)";
  const up = `cdktf_lvs_real_server_up${selector}`;
  const planned = `cdktf_lvs_real_server_planned_weight${selector}`;
  return [
    {
      name: "LvsServiceWithoutRealServers",
      expression: `${by} (${up}) == 0 and ${by} (${planned}) > 0`,
      forSeconds: check,
      severity: "critical",
      summary: "{{ $labels.service }} has no real server left",
      description: `${ALERTING_HOST} sends its clients to nobody, or to the sorry server.`,
      runbook: "ipvsadm --list -n; journalctl -u keepalived says which health checks failed",
    },
    {
      name: "LvsRealServerDown",
      expression: `${up} == 0 and ${planned} > 0`,
      forSeconds: 2 * check,
      severity: "warning",
      summary: "Real server {{ $labels.server }} of {{ $labels.service }} is down",
      description: `${ALERTING_HOST} has it not in its IPVS table, or with weight 0, against the last deploy.`,
      runbook: "Try its health check from the director; journalctl -u keepalived says why it failed",
    },
  ];
}

function connectionAlerts(selector: string): Alert[] {
  const connections = "node_ipvs_backend_connections_active + node_ipvs_backend_connections_inactive";
  const buckets = `cdktf_lvs_connection_table_buckets${selector}`;
  const limit = "node_nf_conntrack_entries / node_nf_conntrack_entries_limit";
  return [
    {
      name: "LvsConnectionTableCrowded",
      expression: `sum by (job, instance) (${connections}) / on (job, instance) group_right () ${buckets} > 10`,
      forSeconds: 600,
      severity: "warning",
      summary: `The IPVS connection table of ${ALERTING_HOST} is crowded`,
      description: "{{ $value }} connections share a bucket of its hash table: every packet costs more time.",
      runbook: "Raise connectionTableBits, which counts when ip_vs is loaded anew, or shorten the timeouts",
    },
    {
      name: "LvsConntrackNearlyFull",
      expression: `${limit} * on (job, instance) group_left (construct, role) cdktf_lvs_info${selector} > 0.8`,
      forSeconds: 300,
      severity: "warning",
      summary: `The conntrack table of ${ALERTING_HOST} is nearly full`,
      description:
        "{{ $value | humanizePercentage }} of it is in use. When it is full the kernel drops new connections.",
      runbook: "Raise net.netfilter.nf_conntrack_max, or keep IPVS traffic out of conntrack",
    },
  ];
}

function repairAlert(selector: string, check: number): Alert {
  return {
    name: "LvsTableRepaired",
    expression: `max_over_time(cdktf_lvs_table_repaired${selector}[${duration(10 * check)}]) > 0`,
    forSeconds: 0,
    severity: "warning",
    summary: `The IPVS table of ${ALERTING_HOST} had to be repaired`,
    description: "Somebody or something changes the table of a director that cdktf-lvs owns.",
    runbook: "journalctl -u cdktf-lvs-check shows what was changed back",
  };
}
