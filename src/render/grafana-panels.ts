/** One curve, number or row of a panel. */
export interface GrafanaQuery {
  readonly expression: string;
  /** How it is named there. */
  readonly legend: string;
}

/** What the panels have in common. */
export interface GrafanaPanel {
  readonly type: "stat" | "state-timeline" | "timeseries";
  readonly title: string;
  readonly description: string;
  /** Grafana's word for the unit. */
  readonly unit: string;
  /** In columns; a dashboard has 24. */
  readonly width: number;
  readonly queries: readonly GrafanaQuery[];
  /** From which value on, and in which colour; the first is for all below. */
  readonly thresholds?: readonly (readonly [from: number | null, color: string])[];
}

const SELECTED = '{construct=~"$construct"}';
const HOST = "{{construct}} ({{role}})";
/** Gives a metric of the node exporter the labels of the host that it comes from, and leaves other hosts out. */
const OF_SELECTED = `* on (job, instance) group_left (construct, role) cdktf_lvs_info${SELECTED}`;
const RED_UNLESS_ONE = [
  [null, "red"],
  [1, "green"],
  [2, "red"],
] as const;
const RED_UNLESS_ZERO = [
  [null, "green"],
  [1, "red"],
] as const;

/** The panels of the dashboard: what is wrong at the top, then the history, then the traffic. */
export const PANELS: readonly GrafanaPanel[] = [
  {
    type: "stat",
    title: "Directors that hold the VIPs",
    description: "One of each pair; none: nobody answers, two: they do not hear each other.",
    unit: "none",
    width: 4,
    queries: [
      {
        expression: `sum by (construct, vrrp_instance) (cdktf_lvs_vrrp_state${SELECTED})`,
        legend: "{{construct}}",
      },
    ],
    thresholds: RED_UNLESS_ONE,
  },
  {
    type: "stat",
    title: "Real servers down",
    description: "Against the last deploy, as each director sees it.",
    unit: "none",
    width: 5,
    queries: [
      {
        expression: `sum by (construct, role) ((cdktf_lvs_real_server_planned_weight${SELECTED} > bool 0) * (cdktf_lvs_real_server_up${SELECTED} == bool 0))`,
        legend: HOST,
      },
    ],
    thresholds: RED_UNLESS_ZERO,
  },
  {
    type: "stat",
    title: "Differences from the last deploy",
    description: "`program check` on the host tells which.",
    unit: "none",
    width: 5,
    queries: [{ expression: `cdktf_lvs_drift${SELECTED}`, legend: HOST }],
    thresholds: RED_UNLESS_ZERO,
  },
  {
    type: "stat",
    title: "Since the last check",
    description: "What the other panels show is as old as this.",
    unit: "s",
    width: 5,
    queries: [{ expression: `time() - cdktf_lvs_last_check_timestamp_seconds${SELECTED}`, legend: HOST }],
  },
  {
    type: "stat",
    title: "Since the last deploy",
    description: "One that changed nothing counts.",
    unit: "s",
    width: 5,
    queries: [{ expression: `time() - cdktf_lvs_last_deploy_timestamp_seconds${SELECTED}`, legend: HOST }],
  },
  {
    type: "state-timeline",
    title: "Who held the VIPs",
    description: "1: this director.",
    unit: "none",
    width: 12,
    queries: [{ expression: `cdktf_lvs_vrrp_state${SELECTED}`, legend: HOST }],
  },
  {
    type: "state-timeline",
    title: "Real servers",
    description: "1: gets new connections.",
    unit: "none",
    width: 12,
    queries: [{ expression: `cdktf_lvs_real_server_up${SELECTED}`, legend: `{{service}} {{server}} ${HOST}` }],
    thresholds: [
      [null, "red"],
      [1, "green"],
    ],
  },
  {
    type: "timeseries",
    title: "New connections",
    description: "Per second, over all services of a director.",
    unit: "cps",
    width: 12,
    queries: [{ expression: `rate(node_ipvs_connections_total[$__rate_interval]) ${OF_SELECTED}`, legend: HOST }],
  },
  {
    type: "timeseries",
    title: "Traffic",
    description: "Under direct routing and tunneling a director sees only what comes in.",
    unit: "Bps",
    width: 12,
    queries: [
      {
        expression: `rate(node_ipvs_incoming_bytes_total[$__rate_interval]) ${OF_SELECTED}`,
        legend: `in ${HOST}`,
      },
      {
        expression: `rate(node_ipvs_outgoing_bytes_total[$__rate_interval]) ${OF_SELECTED}`,
        legend: `out ${HOST}`,
      },
    ],
  },
  {
    type: "timeseries",
    title: "Active connections by real server",
    description: "TCP: established. UDP has none.",
    unit: "none",
    width: 12,
    queries: [
      {
        expression: `sum by (construct, role, remote_address, remote_port) (node_ipvs_backend_connections_active ${OF_SELECTED})`,
        legend: `{{remote_address}} {{remote_port}} ${HOST}`,
      },
    ],
  },
  {
    type: "timeseries",
    title: "Inactive connections by real server",
    description: "Being opened, or on their way out; under direct routing those that ended lately.",
    unit: "none",
    width: 12,
    queries: [
      {
        expression: `sum by (construct, role, remote_address, remote_port) (node_ipvs_backend_connections_inactive ${OF_SELECTED})`,
        legend: `{{remote_address}} {{remote_port}} ${HOST}`,
      },
    ],
  },
  {
    type: "timeseries",
    title: "Connections per bucket of the IPVS table",
    description: "Above about 10 the table is too small: raise connectionTableBits.",
    unit: "none",
    width: 12,
    queries: [
      {
        expression: `sum by (job, instance) (node_ipvs_backend_connections_active + node_ipvs_backend_connections_inactive) / on (job, instance) group_right () cdktf_lvs_connection_table_buckets${SELECTED}`,
        legend: HOST,
      },
    ],
  },
  {
    type: "timeseries",
    title: "Conntrack table in use",
    description: "Only where netfilter tracks connections.",
    unit: "percentunit",
    width: 12,
    queries: [
      {
        expression: `node_nf_conntrack_entries / node_nf_conntrack_entries_limit ${OF_SELECTED}`,
        legend: HOST,
      },
    ],
  },
];
