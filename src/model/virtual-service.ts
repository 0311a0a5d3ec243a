import { addressFamily, canonicalAddress, endpoint } from "./address";
import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { firstMarkedPort } from "./firewall-mark";
import { ForwardingMethod } from "./forwarding-method";
import { HealthCheck } from "./health-check";
import type { HealthChecks } from "./health-check/list";
import { Protocol } from "./protocol";
import type { RealServer } from "./real-server";
import { Scheduler } from "./scheduler";
import { TableOwner } from "./table-owner";
import { tunnel, type Tunnel } from "./tunnel";
import type { VirtualServiceSettings } from "./virtual-service-settings";

type Settings = DeepDeferrable<VirtualServiceSettings>;

/** A sorry server with its defaults filled in. */
export interface SorryServer extends Omit<NonNullable<Settings["sorryServer"]>, "tunnel"> {
  readonly port: Deferrable<number>;
  /** Absent where it is reached like the first real server, and where there is none. */
  readonly tunnel?: Tunnel;
}

/** A virtual service with its defaults filled in; what has none of its own here is absent until it is set. */
export interface VirtualService extends Omit<Settings, "sorryServer"> {
  /** 0 where no single port makes the service: under a firewall mark, and for all ports. */
  readonly port: Deferrable<number>;
  readonly protocol: Protocol;
  readonly scheduler: Scheduler;
  readonly healthCheck: DeepDeferrable<HealthChecks>;
  readonly delayLoopSeconds: Deferrable<number>;
  /** Who answers when no real server is left. */
  readonly sorryServer?: SorryServer;
  /** Those that serve, without what is on its way out. */
  readonly realServers: readonly RealServer[];
}

/** The service with every default filled in; `settings` must be free of problems. */
export function virtualService(settings: Settings, owner: TableOwner): Omit<VirtualService, "realServers"> {
  const { additionalVips, sorryServer, ...others } = settings;
  const port = settings.port ?? 0;
  return {
    ...others,
    vip: canonicalAddress(settings.vip),
    ...(additionalVips !== undefined && { additionalVips: additionalVips.map(canonicalAddress) }),
    port,
    protocol: settings.protocol ?? Protocol.TCP,
    scheduler: settings.scheduler ?? Scheduler.WLC,
    healthCheck: settings.healthCheck ?? defaultHealthCheck(settings, owner),
    delayLoopSeconds: settings.delayLoopSeconds ?? 5,
    ...(sorryServer !== undefined && { sorryServer: sorryServerOf(sorryServer, port) }),
  };
}

function sorryServerOf(
  { tunnel: settings, ...others }: NonNullable<Settings["sorryServer"]>,
  port: Deferrable<number>,
): SorryServer {
  return {
    ...others,
    address: canonicalAddress(others.address),
    port: others.port ?? port,
    ...(settings !== undefined && { tunnel: tunnel(settings) }),
  };
}

/** How a real server is checked that names no check of its own; `port` is the one that it names. */
export function healthCheckOfServer(
  settings: Settings,
  owner: TableOwner,
  port: Deferrable<number> | undefined,
): DeepDeferrable<HealthChecks> {
  return settings.healthCheck ?? defaultHealthCheck({ ...settings, ...(port !== undefined && { port }) }, owner);
}

/** A TCP connection where it is known to which port; a real server without a port of its own has none to try. */
function defaultHealthCheck({ protocol, port, firewallMark }: Settings, owner: TableOwner): HealthCheck {
  if ((protocol ?? Protocol.TCP) !== Protocol.TCP || owner !== TableOwner.KEEPALIVED) return HealthCheck.none();
  if (port !== undefined) return HealthCheck.tcp();
  const marked = firstMarkedPort(firewallMark);
  return marked === undefined ? HealthCheck.none() : HealthCheck.tcp({ port: marked });
}

/** How the service hands packets to its sorry server, and to real servers that say nothing else. */
export function defaultMethod({ realServers }: Pick<VirtualService, "realServers">): ForwardingMethod {
  return realServers[0]?.forwardingMethod ?? ForwardingMethod.DR;
}

/** How the service hands packets to its sorry server, if it has one. */
export function sorryRoute(
  service: Pick<VirtualService, "sorryServer" | "realServers">,
): Pick<RealServer, "forwardingMethod" | "tunnel"> | undefined {
  const { sorryServer, realServers } = service;
  if (sorryServer === undefined) return undefined;
  const { forwardingMethod } = sorryServer;
  if (forwardingMethod === undefined) return realServers[0] ?? { forwardingMethod: defaultMethod(service) };
  return { forwardingMethod, ...(sorryServer.tunnel !== undefined && { tunnel: sorryServer.tunnel }) };
}

/** Whether it hands packets to anybody by network address translation. */
export function usesNat(service: Pick<VirtualService, "sorryServer" | "realServers">): boolean {
  return [...service.realServers, sorryRoute(service)].some(
    (server) => server?.forwardingMethod === ForwardingMethod.NAT,
  );
}

/** Every VIP of a service, the first one first. */
export function vipsOfService(service: Pick<VirtualService, "vip" | "additionalVips">): Deferrable<string>[] {
  return [service.vip, ...(service.additionalVips ?? [])];
}

type ServiceAddress = Pick<VirtualService, "vip" | "additionalVips" | "port" | "protocol" | "firewallMark">;

/** `192.0.2.100:80/tcp`, `fwmark 1 (IPv6)`: what IPVS tells services apart by, one name per VIP without a mark. */
export function serviceNames(service: ServiceAddress): string[] {
  if (service.firewallMark !== undefined) return [serviceName(service)];
  return vipsOfService(service).map((vip) => serviceName({ ...service, vip }));
}

/** The first of these names. */
export function serviceName({ vip, port, protocol, firewallMark }: Omit<ServiceAddress, "additionalVips">): string {
  if (firewallMark !== undefined) return `fwmark ${printed(firewallMark.mark)} (${addressFamily(vip) ?? "IPv4"})`;
  return `${endpoint(canonicalAddress(vip), port)}/${protocol.toLowerCase()}`;
}
