import { addressFamily, canonicalAddress } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import { persistenceMask } from "../model/persistence";
import type { RealServer } from "../model/real-server";
import { listsOnly } from "../model/real-server-list";
import { schedulerFlags } from "../model/scheduler";
import type { Tunnel } from "../model/tunnel";
import {
  defaultMethod,
  serviceName,
  vipsOfService,
  type SorryServer,
  type VirtualService,
} from "../model/virtual-service";
import { block, extraLines, flag, option, quoted, toggle, type Block, type Body } from "./block-writer";
import { healthCheckBlocks } from "./health-check-block";
import { quorumNotifyLines, realServerNotifyLines } from "./notify-lines";

/** `virtual_server` with its real servers, after its `virtual_server_group` if it may have several VIPs. */
export function virtualServerBlocks(service: VirtualService): Block[] {
  const server = block(`virtual_server ${frontend(service)}`, [
    ...protocolLines(service),
    `delay_loop ${printed(service.delayLoopSeconds)}`,
    // keepalived takes the flags of a scheduler only after its name.
    `lvs_sched ${service.scheduler}`,
    ...schedulerFlags(service.scheduler, service.hashing),
    `lvs_method ${serviceMethod(service)}`,
    flag("ops", service.onePacketScheduling),
    ...persistenceLines(service),
    flag("inhibit_on_failure", service.inhibitOnFailure),
    flag("alpha", service.alpha),
    flag("omega", service.omega),
    flag("ha_suspend", service.suspendChecksOnBackup),
    smtpAlertLine(service),
    option("quorum", service.quorum),
    option("hysteresis", service.hysteresis),
    ...quorumNotifyLines(service),
    ...sorryServerLines(service.sorryServer),
    ...extraLines(service.extraLines),
    ...service.realServers.map((realServer) => realServerBlock(realServer, service)),
  ]);
  // keepalived refuses a service without real servers.
  const neededFor = listsOnly(service);
  return (hasGroup(service) ? [groupBlock(service), server] : [server]).map((item) => ({ ...item, neededFor }));
}

/** Also with one VIP only: to make a group of a lone service, keepalived would take it out of the table and back. */
function hasGroup({ additionalVips, firewallMark }: VirtualService): boolean {
  // The same mark on the packets of all VIPs makes them one service already.
  return additionalVips !== undefined && firewallMark === undefined;
}

function groupBlock(service: VirtualService): Block {
  return block(
    `virtual_server_group ${groupName(service)}`,
    vipsOfService(service).map((vip) => addressAndPort(vip, service.port)),
  );
}

function groupName(service: VirtualService): string {
  return quoted(serviceName(service));
}

function frontend(service: VirtualService): string {
  if (service.firewallMark !== undefined) return `fwmark ${printed(service.firewallMark.mark)}`;
  return hasGroup(service) ? `group ${groupName(service)}` : addressAndPort(service.vip, service.port);
}

/** Without its protocol keepalived would take a service for UDP; with one, complain about a mark. */
function protocolLines({ firewallMark, protocol, vip }: VirtualService): Body {
  if (firewallMark === undefined) return [`protocol ${protocol}`];
  return [`ip_family ${addressFamily(vip) === "IPv6" ? "inet6" : "inet"}`];
}

function persistenceLines({ persistence, vip }: VirtualService): Body {
  if (persistence === undefined) return [];
  const { timeoutSeconds, prefixLength, engine } = persistence;
  return [
    option("persistence_engine", engine),
    option("persistence_timeout", timeoutSeconds),
    typeof prefixLength === "number" ? `persistence_granularity ${persistenceMask(prefixLength, vip)}` : undefined,
  ];
}

function sorryServerLines(sorryServer: SorryServer | undefined): Body {
  if (sorryServer === undefined) return [];
  return [
    `sorry_server ${addressAndPort(sorryServer.address, sorryServer.port)}`,
    sorryServer.forwardingMethod &&
      `sorry_server_lvs_method ${methodWords(sorryServer.forwardingMethod, sorryServer.tunnel)}`,
    flag("sorry_server_inhibit", sorryServer.inhibit),
  ];
}

function realServerBlock(server: RealServer, service: VirtualService): Block {
  const { header, body } = block(`real_server ${addressAndPort(server.address, server.port)}`, [
    `weight ${printed(server.weight)}`,
    methodLine(server, service),
    option("uthreshold", server.upperThreshold),
    option("lthreshold", server.lowerThreshold),
    toggle("inhibit_on_failure", server.inhibitOnFailure),
    ...realServerNotifyLines(server, service),
    smtpAlertLine(service),
    ...healthCheckBlocks(server, service.vip),
    ...extraLines(server.extraLines),
  ]);
  return { header, body, ...(server.list && { repeatedFor: server.list }) };
}

/** That of the first real server, which the sorry server has too when it names none. */
function serviceMethod(service: VirtualService): string {
  const [first] = service.realServers;
  return first === undefined ? defaultMethod(service) : methodWords(first.forwardingMethod, first.tunnel);
}

/** Nothing where the service says it already. */
function methodLine(server: RealServer, service: VirtualService): string | undefined {
  const words = methodWords(server.forwardingMethod, server.tunnel);
  return words === serviceMethod(service) ? undefined : `lvs_method ${words}`;
}

function methodWords(method: ForwardingMethod, tunnel: Tunnel | undefined): string {
  if (method !== ForwardingMethod.TUN || tunnel === undefined) return method;
  return [
    method,
    `type ${tunnel.type}`,
    ...(tunnel.port === undefined ? [] : [`port ${printed(tunnel.port)}`]),
    ...(tunnel.checksum === undefined ? [] : [tunnel.checksum]),
  ].join(" ");
}

/** keepalived takes the line of a service for its quorum alone. */
function smtpAlertLine({ smtpAlert }: VirtualService): string | undefined {
  return smtpAlert === undefined ? undefined : `smtp_alert ${smtpAlert}`;
}

function addressAndPort(address: Deferrable<string>, port: Deferrable<number>): string {
  return `${printed(canonicalAddress(address))} ${printed(port)}`;
}
