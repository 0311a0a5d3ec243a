import type { Monitoring } from "./monitoring";
import type { DirectorId } from "./vrrp-directors";

export type MonitoredRole = DirectorId | "director" | "real-server";

/** A host that writes metrics, as the rules and the dashboard know it. */
export interface MonitoredHost {
  /** Path of the construct that configures it. */
  readonly construct: string;
  /** Tells the hosts of one construct apart. */
  readonly role: MonitoredRole;
  readonly monitoring: Monitoring;
}

/** The labels of every metric of the host, by which the two directors of a pair are seen as one. */
export function metricLabels({ construct, role }: Omit<MonitoredHost, "monitoring">): string {
  return `construct="${plainPath(construct)}",role="${role}"`;
}

/** A construct path without the characters that labels, regular expressions and plans would have to escape. */
export function plainPath(path: string): string {
  return path.replace(/[^\w./-]/g, "-");
}
