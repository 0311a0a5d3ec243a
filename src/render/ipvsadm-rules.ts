import { canonicalAddress, endpoint } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { neededText, repeatedText } from "../model/deferred-list";
import { isIpv6Mark } from "../model/firewall-mark";
import { ForwardingMethod } from "../model/forwarding-method";
import { persistenceMask } from "../model/persistence";
import { Protocol } from "../model/protocol";
import type { RealServer } from "../model/real-server";
import { listsOnly } from "../model/real-server-list";
import { schedulerFlags } from "../model/scheduler";
import { TableOwner } from "../model/table-owner";
import { vipsOfService, type VirtualService } from "../model/virtual-service";

/** The IPVS table as `ipvsadm-save -n` prints it, and the thresholds that it leaves out, for `ipvsadm --restore`. */
export function ipvsadmRules(services: readonly VirtualService[], owner: TableOwner = TableOwner.IPVSADM): string {
  return services
    .flatMap((service) => {
      // keepalived has no services without real servers.
      const lists = owner === TableOwner.KEEPALIVED ? listsOnly(service) : [];
      return serviceSwitches(service).map((name) => neededText(lists, serviceRules(service, name)));
    })
    .join("");
}

/** `SERVICE -r SERVER` of every sorry server: keepalived adds it when no real server is left. */
export function sorryServerNames(services: readonly VirtualService[]): string[] {
  return services.flatMap((service) => {
    const { sorryServer } = service;
    if (sorryServer === undefined) return [];
    return serviceSwitches(service).map((name) => `${name} -r ${address(sorryServer.address, sorryServer.port)}`);
  });
}

/** A real server with its rule up to the forwarding method, which is what tells rules apart. */
export interface ServerRuleKey {
  readonly server: RealServer;
  readonly key: string;
}

/** Those of every real server of every service. */
export function serverRuleKeys(services: readonly VirtualService[]): ServerRuleKey[] {
  return services.flatMap((service) =>
    serviceSwitches(service).flatMap((name) =>
      service.realServers.map((server) => ({ server, key: serverRuleKey(name, server) })),
    ),
  );
}

function serverRuleKey(name: string, server: RealServer): string {
  return `-a ${name} -r ${address(server.address, server.port)}`;
}

function serviceRules(service: VirtualService, name: string): string {
  const rule = ["-A", name, "-s", service.scheduler, ...persistenceSwitches(service), ...flagSwitches(service)];
  const servers = service.realServers.map((server) => repeatedText(server.list, `${serverRule(name, server)}\n`));
  return `${rule.join(" ")}\n${servers.join("")}`;
}

function serverRule(name: string, server: RealServer): string {
  return [
    serverRuleKey(name, server),
    methodSwitch(server.forwardingMethod),
    `-w ${printed(server.weight)}`,
    ...tunnelSwitches(server),
    ...thresholdSwitches(server),
  ].join(" ");
}

function persistenceSwitches({ persistence, vip }: VirtualService): string[] {
  if (persistence === undefined) return [];
  const { timeoutSeconds, prefixLength, engine } = persistence;
  return [
    `-p ${printed(timeoutSeconds)}`,
    ...(typeof prefixLength === "number" ? [`-M ${persistenceMask(prefixLength, vip)}`] : []),
    ...(engine === undefined ? [] : [`--pe ${engine}`]),
  ];
}

function flagSwitches({ onePacketScheduling, scheduler, hashing }: VirtualService): string[] {
  const flags = schedulerFlags(scheduler, hashing);
  return [...(onePacketScheduling === true ? ["-o"] : []), ...(flags.length > 0 ? [`-b ${flags.join(",")}`] : [])];
}

function methodSwitch(method: ForwardingMethod): string {
  switch (method) {
    case ForwardingMethod.DR:
      return "-g";
    case ForwardingMethod.NAT:
      return "-m";
    case ForwardingMethod.TUN:
      return "-i";
  }
}

function tunnelSwitches({ tunnel }: RealServer): string[] {
  if (tunnel === undefined) return [];
  return [
    `--tun-type ${tunnel.type}`,
    ...(tunnel.port === undefined ? [] : [`--tun-port ${printed(tunnel.port)}`]),
    ...(tunnel.checksum === undefined ? [] : [`--tun-${tunnel.checksum}`]),
  ];
}

function thresholdSwitches({ upperThreshold, lowerThreshold }: RealServer): string[] {
  return [
    ...(upperThreshold === undefined ? [] : [`-x ${printed(upperThreshold)}`]),
    ...(lowerThreshold === undefined ? [] : [`-y ${printed(lowerThreshold)}`]),
  ];
}

/** How ipvsadm names the service, once for each VIP that is not told apart by a mark. */
function serviceSwitches(service: VirtualService): string[] {
  const { firewallMark, protocol, port } = service;
  if (firewallMark !== undefined) return [`-f ${printed(firewallMark.mark)}${isIpv6Mark(service.vip) ? " -6" : ""}`];
  return vipsOfService(service).map((vip) => `${protocolSwitch(protocol)} ${address(vip, port)}`);
}

function protocolSwitch(protocol: Protocol): string {
  switch (protocol) {
    case Protocol.TCP:
      return "-t";
    case Protocol.UDP:
      return "-u";
    case Protocol.SCTP:
      return "--sctp-service";
  }
}

function address(host: Deferrable<string>, port: Deferrable<number>): string {
  return endpoint(canonicalAddress(host), port);
}
