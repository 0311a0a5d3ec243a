import { filePathProblems } from "./absolute-path";
import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, literalProblems } from "./rules";
import { TableOwner } from "./table-owner";

/** What every host can be told about the check that a timer runs on it. */
export interface HostMonitoringSettings {
  /**
   * Time between two checks, 10 to 86400 seconds (systemd: `OnUnitInactiveSec`).
   * @default 60
   */
  readonly checkIntervalSeconds?: number;
  /**
   * Whether each check also writes metrics for Prometheus. Installs the node exporter, which serves them on port 9100.
   * @default false
   */
  readonly metrics?: boolean | MetricsSettings;
}

/** The same for a director. */
export interface MonitoringSettings extends HostMonitoringSettings {
  /**
   * Whether the check brings the IPVS table back to the rules of the last deploy, by single steps. Only for a director
   * whose table ipvsadm owns: keepalived writes its table itself.
   * @default false
   */
  readonly repair?: boolean;
}

/** Where the metrics go. */
export interface MetricsSettings {
  /**
   * The directory that the exporter reads (node exporter: `--collector.textfile.directory`).
   * @default "/var/lib/prometheus/node-exporter"
   */
  readonly textfileDirectory?: string;
}

/** The same with its defaults filled in. */
export interface Monitoring {
  readonly checkIntervalSeconds: number;
  readonly repair: boolean;
  /** Absent when no metrics are written. */
  readonly textfileDirectory?: string;
}

type Given = DeepDeferrable<MonitoringSettings> | undefined;

/** What the timer is to do; undefined when there is none. */
export function monitoring(given: Given): Monitoring | undefined {
  if (given === undefined) return undefined;
  const { checkIntervalSeconds = 60, repair = false, metrics = false } = given;
  const { textfileDirectory = "/var/lib/prometheus/node-exporter" } = typeof metrics === "object" ? metrics : {};
  return {
    checkIntervalSeconds: checkIntervalSeconds as number,
    repair,
    ...(metrics !== false && { textfileDirectory: textfileDirectory as string }),
  };
}

export function monitoringProblems(path: string, given: Given): Problem[] {
  if (given === undefined) return [];
  const { checkIntervalSeconds, metrics } = given;
  return [
    ...literalProblems(`${path}.checkIntervalSeconds`, checkIntervalSeconds),
    ...integerProblems(`${path}.checkIntervalSeconds`, checkIntervalSeconds, 10, 86400),
    ...(typeof metrics === "object"
      ? filePathProblems(`${path}.metrics.textfileDirectory`, metrics.textfileDirectory)
      : []),
  ];
}

/** keepalived puts back what it misses when it is told to; two who write one table would undo each other's work. */
export function repairProblems(path: string, given: Given, owner: TableOwner): Problem[] {
  if (given?.repair !== true || owner === TableOwner.IPVSADM) return [];
  const message = "must not be set where keepalived owns the table, got true; leave it out, check reports all the same";
  return [{ path: `${path}.repair`, message }];
}
