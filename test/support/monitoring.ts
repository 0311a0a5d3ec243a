import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MonitoredHost, MonitoredRole } from "../../src/model/monitored-host";
import type { Monitoring } from "../../src/model/monitoring";
import { alerts } from "../../src/render/alerts";
import { PANELS } from "../../src/render/grafana-panels";

/** A host of the stack `web`. */
export function monitoredHost(name: string, role: MonitoredRole, different: Partial<Monitoring> = {}): MonitoredHost {
  return { construct: `web/${name}`, role, monitoring: { checkIntervalSeconds: 60, repair: false, ...different } };
}

/** A pair, a director of its own whose table is repaired, and a real server. */
export const HOSTS: readonly MonitoredHost[] = [
  monitoredHost("lb", "primary"),
  monitoredHost("lb", "secondary"),
  monitoredHost("alone", "director", { repair: true }),
  monitoredHost("web1", "real-server"),
];

/** Every metric that the program on the hosts writes. */
export function writtenMetrics(): string[] {
  const program = readFileSync(join(__dirname, "../../src/provisioners/host/metrics.sh"), "utf8");
  const names = [...program.matchAll(/\b(?:metric|single) ([a-z_]+) /g)].map((match) => `cdktf_lvs_${match[1] ?? ""}`);
  return [...new Set(names)].sort();
}

/** Those of the node exporter that alerts and panels may use: its collectors ipvs and conntrack, on by default. */
export const EXPORTER_METRICS: readonly string[] = [
  "node_ipvs_backend_connections_active",
  "node_ipvs_backend_connections_inactive",
  "node_ipvs_connections_total",
  "node_ipvs_incoming_bytes_total",
  "node_ipvs_outgoing_bytes_total",
  "node_nf_conntrack_entries",
  "node_nf_conntrack_entries_limit",
];

/** The metrics in an expression. */
export function metricsIn(expression: string): string[] {
  return [...new Set(expression.match(/\b(cdktf_lvs|node)_\w+/g))];
}

/** Every expression of the alerts and the dashboard. */
export function allExpressions(): string[] {
  return [
    ...alerts("web", HOSTS).map(({ expression }) => expression),
    ...PANELS.flatMap(({ queries }) => queries.map(({ expression }) => expression)),
  ];
}
