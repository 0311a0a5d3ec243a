import { plainPath, type MonitoredHost } from "../model/monitored-host";

/** One alert as Prometheus evaluates it. */
export interface Alert {
  readonly name: string;
  readonly expression: string;
  /** How long the expression must hold before the alert fires. */
  readonly forSeconds: number;
  readonly severity: "critical" | "warning";
  readonly summary: string;
  readonly description: string;
  /** What to look at first. */
  readonly runbook: string;
}

/** Selects the metrics of every host below a stack. */
export function stackSelector(stack: string): string {
  return `{construct=~"${plainPath(stack).replaceAll(".", "[.]")}/.+"}`;
}

/** How alerts name the host that they are about. */
export const ALERTING_HOST = "{{ $labels.construct }} ({{ $labels.role }})";

/** A series for each host, or group of hosts, that no metric comes from. */
export function absentAny(hosts: readonly Partial<Pick<MonitoredHost, "construct" | "role">>[]): string {
  const labels = hosts.map(({ construct, role }) => [
    ...(construct === undefined ? [] : [`construct="${plainPath(construct)}"`]),
    ...(role === undefined ? [] : [`role="${role}"`]),
  ]);
  return [...new Set(labels.map((one) => `absent(cdktf_lvs_info{${one.join(",")}})`))].join(" or ");
}

/** As Prometheus writes it: `90s`, `3m`. */
export function duration(seconds: number): string {
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
