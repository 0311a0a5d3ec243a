import type { DeepDeferrable } from "../../model/deferred";
import { monitoring, type Monitoring, type MonitoringSettings } from "../../model/monitoring";
import { checkServiceUnit, checkTimerUnit } from "../../render/check-units";
import type { HostRole, PlannedMonitoring } from "../host-plan";
import type { PlanPart } from "../plan-part";

/** What a host calls itself in its metrics. */
export interface MetricsOf {
  readonly role: HostRole;
  /** As Prometheus reads them. */
  readonly labels?: string | undefined;
}

const CHECK = "cdktf-lvs-check";

/** The timer that compares the host with its last deploy, and the exporter that shows what it found. */
export function monitoringPart(settings: DeepDeferrable<MonitoringSettings> | undefined, host: MetricsOf): PlanPart {
  const wanted = monitoring(settings);
  if (wanted === undefined) return {};
  const program = `/etc/cdktf-lvs/${host.role}/current/program`;
  const exporter = wanted.textfileDirectory === undefined ? [] : ["prometheus-node-exporter"];
  return {
    packages: exporter.map((name) => ({ name, command: name })),
    files: [
      { path: `/etc/systemd/system/${CHECK}.service`, mode: "644", text: checkServiceUnit(program) },
      { path: `/etc/systemd/system/${CHECK}.timer`, mode: "644", text: checkTimerUnit(wanted.checkIntervalSeconds) },
    ],
    units: [`${CHECK}.timer`, ...exporter.map((name) => `${name}.service`)],
    monitoring: planned(wanted, host),
  };
}

function planned({ repair, textfileDirectory }: Monitoring, { labels = "" }: MetricsOf): PlannedMonitoring {
  if (textfileDirectory === undefined) return { repair };
  return {
    repair,
    metrics: { directory: textfileDirectory, labels },
  };
}
