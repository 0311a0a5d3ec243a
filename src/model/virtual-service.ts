import { canonicalAddress, endpoint, portProblems, unicastProblems } from "./address";
import { type DeepDeferrable, type Deferrable } from "./deferred";
import { healthCheckProblems, HealthCheck } from "./health-check";
import { persistenceProblems, type Persistence, type PersistenceSettings } from "./persistence";
import type { Problem } from "./problem";
import { Protocol } from "./protocol";
import {
  duplicateProblems,
  familyProblems,
  notVipProblems,
  realServerProblems,
  samePortProblems,
  type RealServer,
} from "./real-server";
import { escaped, numberProblems, oneOfProblems, shown } from "./rules";
import { Scheduler } from "./scheduler";
import { TableOwner } from "./table-owner";

/** The host that answers when no real server is left. Never health checked. */
export interface SorryServerSettings {
  /** Its address, in the same network segment as the director, with the VIP on its loopback. */
  readonly address: string;
  /**
   * Its port; must equal the service's under direct routing.
   * @default - the port of the virtual service
   */
  readonly port?: number;
}

/** A virtual service in the user's words: address, port, and how its connections are spread. */
export interface VirtualServiceSettings {
  /** The virtual IP address (VIP) that clients connect to. */
  readonly vip: string;
  /** The port that clients connect to, 1 to 65535. */
  readonly port: number;
  /**
   * Transport protocol.
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * How a real server is picked for a new connection.
   * @default Scheduler.WLC
   */
  readonly scheduler?: Scheduler;
  /**
   * Keeps one client on one real server.
   * @default - every connection is scheduled by itself
   */
  readonly persistence?: PersistenceSettings;
  /**
   * How the director finds out whether a real server is up. Not available on a director whose table ipvsadm owns.
   * @default - a TCP connection to the real server's port for TCP services, no check (and a warning) for others
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Time between two checks of a real server, 1 to 3600 seconds (keepalived: `delay_loop`).
   * @default 5
   */
  readonly delayLoopSeconds?: number;
  /**
   * Who answers when no real server is left (keepalived: `sorry_server`).
   * @default - connections are refused then
   */
  readonly sorryServer?: SorryServerSettings;
}

/** A virtual service with its defaults filled in. */
export interface VirtualService {
  readonly vip: Deferrable<string>;
  readonly port: Deferrable<number>;
  readonly protocol: Protocol;
  readonly scheduler: Scheduler;
  readonly persistence?: Persistence;
  readonly healthCheck: DeepDeferrable<HealthCheck>;
  readonly delayLoopSeconds: Deferrable<number>;
  readonly sorryServer?: { readonly address: Deferrable<string>; readonly port: Deferrable<number> };
  readonly realServers: readonly RealServer[];
}

type Settings = DeepDeferrable<VirtualServiceSettings>;

/** Problems of a virtual service by itself, before its real servers are known. */
export function virtualServiceProblems(settings: Settings): Problem[] {
  return [
    ...unicastProblems("vip", settings.vip),
    ...portProblems("port", settings.port),
    ...oneOfProblems("protocol", settings.protocol, Object.values(Protocol)),
    ...oneOfProblems("scheduler", settings.scheduler, Object.values(Scheduler)),
    ...persistenceProblems("persistence", settings.persistence),
    ...healthCheckProblems("healthCheck", settings.healthCheck),
    ...numberProblems("delayLoopSeconds", settings.delayLoopSeconds, 1, 3600, "seconds"),
    ...sorryServerProblems(settings),
  ];
}

function sorryServerProblems(settings: Settings): Problem[] {
  const { sorryServer } = settings;
  if (sorryServer === undefined) return [];
  return [
    ...unicastProblems("sorryServer.address", sorryServer.address),
    ...familyProblems("sorryServer.address", sorryServer.address, settings.vip),
    ...notVipProblems("sorryServer.address", sorryServer.address, settings.vip),
    ...portProblems("sorryServer.port", sorryServer.port),
    ...samePortProblems("sorryServer.port", sorryServer.port ?? settings.port, settings.port),
  ];
}

const NOTHING_CHECKED = "ipvsadm checks nothing, leave it out or let keepalived own the table";

/** Problems of a virtual service with the one who writes the IPVS table. */
export function tableOwnerProblems(settings: Settings, owner: TableOwner): Problem[] {
  if (owner === TableOwner.KEEPALIVED) return [];
  const { healthCheck, delayLoopSeconds, sorryServer } = settings;
  return [
    ...uncheckedProblems("healthCheck", healthCheck),
    ...unusedProblems("delayLoopSeconds", delayLoopSeconds),
    ...unusedProblems("sorryServer", sorryServer?.address),
  ];
}

function uncheckedProblems(path: string, check: DeepDeferrable<HealthCheck> | undefined): Problem[] {
  if (check === undefined || check.type === "none") return [];
  return [{ path, message: `must be none under ipvsadm, got ${shown(check.type)}; ${NOTHING_CHECKED}` }];
}

function unusedProblems(path: string, value: Deferrable<string | number> | undefined): Problem[] {
  return value === undefined
    ? []
    : [{ path, message: `must not be set under ipvsadm, got ${shown(value)}; ${NOTHING_CHECKED}` }];
}

/** The service with every default filled in; `settings` must be free of problems. */
export function virtualService(settings: Settings, owner: TableOwner): Omit<VirtualService, "realServers"> {
  const protocol = settings.protocol ?? Protocol.TCP;
  return {
    vip: canonicalAddress(settings.vip),
    port: settings.port,
    protocol,
    scheduler: settings.scheduler ?? Scheduler.WLC,
    ...(settings.persistence && { persistence: settings.persistence }),
    healthCheck: settings.healthCheck ?? defaultHealthCheck(protocol, owner),
    delayLoopSeconds: settings.delayLoopSeconds ?? 5,
    ...(settings.sorryServer && {
      sorryServer: {
        address: canonicalAddress(settings.sorryServer.address),
        port: settings.sorryServer.port ?? settings.port,
      },
    }),
  };
}

function defaultHealthCheck(protocol: Protocol, owner: TableOwner): HealthCheck {
  return protocol === Protocol.TCP && owner === TableOwner.KEEPALIVED ? HealthCheck.tcp() : HealthCheck.none();
}

/** Problems of the real servers of a service, by themselves, among each other and with the owner of the table. */
export function realServersProblems(service: VirtualService, tableOwner: TableOwner): Problem[] {
  if (service.realServers.length === 0) {
    return [{ path: "realServers", message: "must hold at least one real server, got none; call addRealServer()" }];
  }
  return [
    ...service.realServers.flatMap((server, index) => realServerProblems(`realServers[${index}]`, server, service)),
    ...duplicateProblems("realServers", service.realServers),
    ...sorryServerAmongProblems(service),
    ...(tableOwner === TableOwner.KEEPALIVED ? totalWeightProblems(service) : checkedServersProblems(service)),
  ];
}

/** With a total weight of 0 keepalived lowers its quorum, complains, and `keepalived -t` fails. */
function totalWeightProblems({ realServers }: VirtualService): Problem[] {
  if (realServers.some(({ weight }) => weight !== 0)) return [];
  const advice = "keepalived cannot drain the last real server, give another one a weight";
  return [{ path: "realServers", message: `must have a total weight of at least 1, got 0; ${advice}` }];
}

function checkedServersProblems({ realServers }: VirtualService): Problem[] {
  return realServers.flatMap((server, index) =>
    uncheckedProblems(`realServers[${index}].healthCheck`, server.healthCheck),
  );
}

/**
 * keepalived accepts one endpoint as both, but checks only the real server: the same host would be removed as failed,
 * and then put back, unchecked, as sorry server.
 */
function sorryServerAmongProblems(service: VirtualService): Problem[] {
  const { sorryServer } = service;
  if (sorryServer === undefined) return [];
  const key = endpoint(canonicalAddress(sorryServer.address), sorryServer.port);
  const index = service.realServers.findIndex((s) => endpoint(canonicalAddress(s.address), s.port) === key);
  if (index < 0) return [];
  return [
    { path: "sorryServer", message: `must not be a real server too, got ${escaped(key)}; it is realServers[${index}]` },
  ];
}

/** `192.0.2.100:80/tcp`: how keys, logs and errors name a service. */
export function serviceName(service: Pick<VirtualService, "vip" | "port" | "protocol">): string {
  return `${endpoint(canonicalAddress(service.vip), service.port)}/${service.protocol.toLowerCase()}`;
}
