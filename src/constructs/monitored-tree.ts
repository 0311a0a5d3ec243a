import type { IConstruct } from "constructs";
import { TerraformStack } from "../framework";
import type { DeepDeferrable } from "../model/deferred";
import type { MonitoredHost, MonitoredRole } from "../model/monitored-host";
import { monitoring, type MonitoringSettings } from "../model/monitoring";

/** A construct whose hosts may write metrics. */
export interface MonitoredConstruct extends IConstruct {
  readonly monitoredHosts: readonly MonitoredHost[];
}

const constructs = new WeakMap<TerraformStack, MonitoredConstruct[]>();

export function registerMonitored(construct: MonitoredConstruct): void {
  const stack = TerraformStack.of(construct);
  constructs.set(stack, [...(constructs.get(stack) ?? []), construct]);
}

/** Every host of the stack that writes metrics. */
export function monitoredHostsOf(stack: TerraformStack): MonitoredHost[] {
  return (constructs.get(stack) ?? []).flatMap(({ monitoredHosts }) => monitoredHosts);
}

/** The hosts of a construct, if it is told to write metrics. */
export function hostsWithMetrics(
  construct: IConstruct,
  settings: DeepDeferrable<MonitoringSettings> | undefined,
  roles: readonly MonitoredRole[],
): MonitoredHost[] {
  const watched = monitoring(settings);
  if (watched?.textfileDirectory === undefined) return [];
  return roles.map((role) => ({ construct: construct.node.path, role, monitoring: watched }));
}
