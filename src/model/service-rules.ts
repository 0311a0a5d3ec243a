import { canonicalAddress, endpoint, isLoopback } from "./address";
import type { DeepDeferrable, Deferrable } from "./deferred";
import { ForwardingMethod, methodName } from "./forwarding-method";
import { checkPaths, missingPortProblems, type HealthChecks } from "./health-check/list";
import type { Problem } from "./problem";
import { reachableQuorumProblems } from "./quorum";
import {
  duplicateProblems,
  familyProblems,
  notVipProblems,
  persistentPortProblems,
  portOfMethodProblems,
  realServerProblems,
  type RealServer,
} from "./real-server";
import { escaped, shown } from "./rules";
import { isScript } from "./script";
import { upDownPrograms, type UpDown } from "./service-notify";
import { TableOwner } from "./table-owner";
import { defaultMethod, sorryRoute, vipsOfService, type VirtualService } from "./virtual-service";
import type { VirtualServiceSettings } from "./virtual-service-settings";

const NOTHING_CHECKED = "ipvsadm checks nothing, leave it out or let keepalived own the table";

/** Settings that only a health checker can carry out. */
const KEEPALIVED_ONLY = [
  "delayLoopSeconds",
  "inhibitOnFailure",
  "alpha",
  "omega",
  "suspendChecksOnBackup",
  "smtpAlert",
  "quorum",
  "hysteresis",
] as const;

/** Problems of a virtual service with the one who writes the IPVS table. */
export function tableOwnerProblems(settings: DeepDeferrable<VirtualServiceSettings>, owner: TableOwner): Problem[] {
  if (owner === TableOwner.KEEPALIVED) return groupMaskProblems(settings);
  return [
    ...uncheckedProblems("healthCheck", settings.healthCheck),
    ...KEEPALIVED_ONLY.flatMap((name) => unusedProblems(name, settings[name])),
    ...unusedProblems("extraLines", settings.extraLines?.[0]),
    ...unusedProblems("sorryServer", settings.sorryServer?.address),
    ...unusedProgramsProblems("notifyQuorum", settings.notifyQuorum),
    ...unusedProgramsProblems("notifyRealServers", settings.notifyRealServers),
  ];
}

/** Of a group keepalived takes the persistence, but no mask. */
function groupMaskProblems({
  additionalVips,
  firewallMark,
  persistence,
}: DeepDeferrable<VirtualServiceSettings>): Problem[] {
  if (additionalVips === undefined || firewallMark !== undefined || persistence?.prefixLength === undefined) return [];
  const got = shown(persistence.prefixLength);
  const message = `must not be set with additionalVips under keepalived, got ${got}; make a service for each VIP instead`;
  return [{ path: "persistence.prefixLength", message }];
}

function uncheckedProblems(path: string, checks: DeepDeferrable<HealthChecks> | undefined): Problem[] {
  if (checks === undefined) return [];
  return checkPaths(path, checks).map(({ path: place, check }) => ({
    path: place,
    message: `must be none under ipvsadm, got ${shown(check.type)}; ${NOTHING_CHECKED}`,
  }));
}

function unusedProblems(path: string, value: Deferrable<string | number> | boolean | undefined): Problem[] {
  return value === undefined || value === false ? [] : [unusedProblem(path, shown(value))];
}

function unusedProgramsProblems(path: string, programs: UpDown | undefined): Problem[] {
  return upDownPrograms(programs).map(({ event, program }) =>
    unusedProblem(`${path}.${event}`, isScript(program) ? "a script" : shown(program)),
  );
}

function unusedProblem(path: string, got: string): Problem {
  return { path, message: `must not be set under ipvsadm, got ${got}; ${NOTHING_CHECKED}` };
}

/** Problems of the real servers of a service, by themselves, among each other and with the owner of the table. */
export function realServersProblems(service: VirtualService, tableOwner: TableOwner): Problem[] {
  if (service.realServers.length === 0) {
    return [
      {
        path: "realServers",
        message:
          "must hold at least one real server, got none; call addRealServer(), or do not decommission the last one",
      },
    ];
  }
  return [
    ...service.realServers.flatMap((server, index) => realServerProblems(`realServers[${index}]`, server, service)),
    ...duplicateProblems("realServers", service.realServers),
    ...sorryServerProblems(service),
    ...(tableOwner === TableOwner.KEEPALIVED ? keepalivedServersProblems(service) : checkedServersProblems(service)),
  ];
}

function keepalivedServersProblems(service: VirtualService): Problem[] {
  return [
    ...totalWeightProblems(service),
    ...reachableQuorumProblems(service, totalWeight(service)),
    ...checkPortsProblems(service),
  ];
}

/** Where the client's port decides, real servers have none of their own that a check could try. */
function checkPortsProblems({ allPorts, firewallMark, realServers }: VirtualService): Problem[] {
  if (allPorts !== true && firewallMark === undefined) return [];
  return realServers.flatMap(({ port, healthCheck }, index) =>
    port === 0 ? missingPortProblems(`realServers[${index}].healthCheck`, healthCheck) : [],
  );
}

/** Undefined as long as one of the weights, or the number of real servers, is known only at apply. */
function totalWeight({ realServers }: VirtualService): number | undefined {
  const weights = realServers.flatMap(({ weight, list }) => (typeof weight === "number" && !list ? [weight] : []));
  return weights.length < realServers.length ? undefined : weights.reduce((sum, weight) => sum + weight, 0);
}

/** With a total weight of 0 keepalived lowers its quorum, complains, and `keepalived -t` fails. */
function totalWeightProblems(service: VirtualService): Problem[] {
  if (service.realServers.some(({ weight }) => weight !== 0)) return [];
  const advice = "keepalived cannot drain the last real server, give another one a weight";
  return [{ path: "realServers", message: `must have a total weight of at least 1, got 0; ${advice}` }];
}

function checkedServersProblems({ realServers }: VirtualService): Problem[] {
  return realServers.flatMap(({ healthCheck, inhibitOnFailure, maintenanceSwitch, notify }, index) => [
    ...uncheckedProblems(`realServers[${index}].healthCheck`, healthCheck),
    ...unusedProblems(`realServers[${index}].inhibitOnFailure`, inhibitOnFailure),
    ...unusedProblems(`realServers[${index}].maintenanceSwitch`, maintenanceSwitch),
    ...unusedProgramsProblems(`realServers[${index}].notify`, notify),
  ]);
}

function sorryServerProblems(service: VirtualService): Problem[] {
  const { sorryServer } = service;
  if (sorryServer === undefined) return [];
  const method = sorryRoute(service)?.forwardingMethod ?? defaultMethod(service);
  return [
    ...familyProblems("sorryServer.address", sorryServer.address, service.vip, method),
    ...loopbackProblems("sorryServer", sorryServer.address, method),
    ...vipsOfService(service).flatMap((vip) => notVipProblems("sorryServer.address", sorryServer.address, vip)),
    ...portOfMethodProblems("sorryServer.port", sorryServer.port, service.port, method),
    ...persistentPortProblems("sorryServer.port", sorryServer.port, method, service),
    ...sorryServerAmongProblems(sorryServer, service.realServers),
  ];
}

/** The kernel translates no packet to a loopback address, and no tunnel ends there. */
function loopbackProblems(path: string, address: Deferrable<string>, method: ForwardingMethod): Problem[] {
  if (!isLoopback(address) || method === ForwardingMethod.DR) return [];
  const message = `must not be a loopback address under ${methodName(method)}, got ${shown(address)}`;
  const advice = `set ${path}.forwardingMethod to DR for the director itself`;
  return [{ path: `${path}.address`, message: `${message}; ${advice}` }];
}

/**
 * keepalived accepts one endpoint as both, but checks only the real server: the same host would be removed as failed,
 * and then put back, unchecked, as sorry server.
 */
function sorryServerAmongProblems(
  sorryServer: NonNullable<VirtualService["sorryServer"]>,
  realServers: readonly RealServer[],
): Problem[] {
  const key = endpoint(canonicalAddress(sorryServer.address), sorryServer.port);
  const index = realServers.findIndex((s) => endpoint(canonicalAddress(s.address), s.port) === key);
  if (index < 0) return [];
  return [
    { path: "sorryServer", message: `must not be a real server too, got ${escaped(key)}; it is realServers[${index}]` },
  ];
}
