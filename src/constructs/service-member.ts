import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { withScriptNames, type HealthChecks } from "../model/health-check/list";
import type { UnpreparedServer } from "../model/own-hosts";
import type { RealServer } from "../model/real-server";
import { withUpDownNames } from "../model/service-notify";
import type { VirtualService } from "../model/virtual-service";
import { plainName } from "./host-label";
import type { IRealServer } from "./real-server";
import { UnmanagedRealServer } from "./unmanaged-real-server";
import { UnmanagedRealServers } from "./unmanaged-real-servers";
import type { RealServerOptions } from "./virtual-service";

/** A real server, or a list of them, as it was added to a service. */
export interface Member {
  readonly server: IRealServer | UnmanagedRealServers;
  readonly options: DeepDeferrable<RealServerOptions>;
}

export function isList(server: Member["server"]): server is UnmanagedRealServers {
  return server instanceof UnmanagedRealServers;
}

/** One, or as many as a list has; one for all of them when that is known only at apply. */
export function realServers(
  { server, options }: Member,
  service: Omit<VirtualService, "realServers">,
  serviceName: string,
  check: (port?: Deferrable<number>) => DeepDeferrable<HealthChecks>,
): RealServer[] {
  const { upperThreshold, lowerThreshold, inhibitOnFailure, notify, extraLines } = options;
  const name = `${serviceName}-${plainName(server.node.id)}`;
  const model = {
    port: options.port ?? service.port,
    weight: options.weight ?? 1,
    forwardingMethod: server.forwardingMethod,
    ...(server.tunnel !== undefined && { tunnel: server.tunnel }),
    ...(upperThreshold !== undefined && { upperThreshold }),
    ...(lowerThreshold !== undefined && { lowerThreshold }),
    ...(inhibitOnFailure !== undefined && { inhibitOnFailure }),
    ...(extraLines !== undefined && { extraLines }),
    healthCheck: options.healthCheck === undefined ? check(options.port) : withScriptNames(options.healthCheck, name),
    ...(notify !== undefined && { notify: withUpDownNames(notify, name) }),
  };
  if (isList(server)) {
    const { items } = server;
    if ("item" in items) return [{ ...model, address: items.item, list: items }];
    return items.map((address) => ({ ...model, address }));
  }
  const { maintenanceSwitch } = server;
  const address = server.addressFor(service.vip);
  return [{ ...model, address, ...(maintenanceSwitch !== undefined && { maintenanceSwitch }) }];
}

/** Those whose hosts are prepared by others, apart from lists of which only apply knows the items. */
export function unpreparedServers(members: readonly Member[], vip: Deferrable<string>): UnpreparedServer[] {
  return members.flatMap(({ server }): UnpreparedServer[] => {
    const { forwardingMethod } = server;
    if (server instanceof UnmanagedRealServer) {
      return [{ path: `real server '${server.node.path}'`, addresses: [server.addressFor(vip)], forwardingMethod }];
    }
    if (!isList(server) || "item" in server.items) return [];
    return [{ path: `real servers '${server.node.path}'`, addresses: server.items, forwardingMethod }];
  });
}
