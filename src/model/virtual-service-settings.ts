import { addressFamily, canonicalAddress, portProblems, unicastProblems } from "./address";
import { allowedClientsProblems } from "./client-networks";
import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { extraLinesProblems } from "./escape-hatch";
import { firewallMarkProblems, type FirewallMarkSettings } from "./firewall-mark";
import { healthChecksProblems, type HealthChecks } from "./health-check/list";
import { SHORTEST_DELAY_LOOP } from "./health-check/timing";
import { persistenceProblems, type PersistenceSettings } from "./persistence";
import type { Problem } from "./problem";
import { Protocol } from "./protocol";
import { quorumProblems, type QuorumSettings } from "./quorum";
import { numberProblems, oneOfProblems, shown } from "./rules";
import { hashingProblems, Scheduler, type HashingSettings } from "./scheduler";
import { serviceNotifyProblems, type ServiceNotifySettings } from "./service-notify";
import { sorryServerProblems, type SorryServerSettings } from "./sorry-server";

/** A virtual service in the user's words: address, ports, and how its connections are spread. */
export interface VirtualServiceSettings extends QuorumSettings, ServiceNotifySettings {
  /** The virtual IP address (VIP) that clients connect to. */
  readonly vip: string;
  /**
   * Further VIPs of the same family for the same real servers, each of which is then checked once for all of them
   * (keepalived: `virtual_server_group`).
   * @default - none
   */
  readonly additionalVips?: readonly string[];
  /**
   * The port that clients connect to, 1 to 65535. Every service has a port, `allPorts` or `firewallMark`.
   * @default - none
   */
  readonly port?: number;
  /**
   * Every port of the VIP is this service; needs `persistence`, because a client's connections to different ports must
   * land on one real server (port 0 in keepalived and ipvsadm).
   * @default false
   */
  readonly allPorts?: boolean;
  /**
   * Packets with a firewall mark are this service: several ports of one site as one, with one persistence.
   * @default - the port decides
   */
  readonly firewallMark?: FirewallMarkSettings;
  /**
   * Addresses and networks (`10.0.0.0/8`) of the family of the VIP that may reach the service. The directors drop what
   * comes from elsewhere.
   * @default - everybody may
   */
  readonly allowedClients?: readonly string[];
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
   * Flags of the schedulers sh and mh.
   * @default - none
   */
  readonly hashing?: HashingSettings;
  /**
   * Every packet is scheduled by itself, without a connection: for DNS and other questions of one packet. UDP, or
   * firewall marks that rules of your own set (keepalived: `ops`, ipvsadm: `-o`).
   * @default false
   */
  readonly onePacketScheduling?: boolean;
  /**
   * Keeps one client on one real server.
   * @default - every connection is scheduled by itself
   */
  readonly persistence?: PersistenceSettings;
  /**
   * How the director finds out whether a real server is up; of several checks all must succeed. Not available on a
   * director whose table ipvsadm owns.
   * @default - a TCP connection to the real server's port for TCP services, no check (and a warning) for others
   */
  readonly healthCheck?: HealthChecks;
  /**
   * Time between two checks of a real server, 0.1 to 3600 seconds (keepalived: `delay_loop`).
   * @default 5
   */
  readonly delayLoopSeconds?: number;
  /**
   * Real servers that fail their check stay in the table with weight 0, so that their connections can end
   * (keepalived: `inhibit_on_failure`).
   * @default false - they are taken out
   */
  readonly inhibitOnFailure?: boolean;
  /**
   * Real servers count as down until their first check (keepalived: `alpha`).
   * @default false - they get connections at once
   */
  readonly alpha?: boolean;
  /**
   * When keepalived stops, it runs what `notifyQuorum` and `notifyRealServers` have for going down (keepalived: `omega`).
   * @default false
   */
  readonly omega?: boolean;
  /**
   * Real servers are checked only while this director holds the VIP; not for firewall marks (keepalived: `ha_suspend`).
   * @default false - both directors check, and both tables are up to date
   */
  readonly suspendChecksOnBackup?: boolean;
  /**
   * Mails when real servers come and go, and when the quorum is lost or met again; needs `mail` on the director
   * (keepalived: `smtp_alert`).
   * @default - as `mail` says for all services
   */
  readonly smtpAlert?: boolean;
  /**
   * Who answers when no real server is left (keepalived: `sorry_server`).
   * @default - connections are refused then
   */
  readonly sorryServer?: SorryServerSettings;
  /**
   * Lines for the `virtual_server` block that the library has no words for, one each. keepalived judges them on the host
   * before anything changes.
   * @default - none
   */
  readonly extraLines?: readonly string[];
}

type Settings = DeepDeferrable<VirtualServiceSettings>;

/** Problems of a virtual service by itself, before its real servers are known. */
export function virtualServiceProblems(settings: Settings): Problem[] {
  return [
    ...unicastProblems("vip", settings.vip),
    ...additionalVipsProblems(settings),
    ...servicePortProblems(settings.port),
    ...portKindProblems(settings),
    ...firewallMarkProblems("firewallMark", settings.firewallMark, settings.vip),
    ...allowedClientsProblems("allowedClients", settings.allowedClients, settings.vip),
    ...oneOfProblems("protocol", settings.protocol, Object.values(Protocol)),
    ...oneOfProblems("scheduler", settings.scheduler, Object.values(Scheduler)),
    ...hashingProblems("hashing", settings.hashing, settings.scheduler),
    ...onePacketProblems(settings),
    ...persistenceProblems("persistence", settings.persistence, settings),
    ...healthChecksProblems("healthCheck", settings.healthCheck),
    ...numberProblems("delayLoopSeconds", settings.delayLoopSeconds, SHORTEST_DELAY_LOOP, 3600, "seconds"),
    ...suspendProblems(settings),
    ...quorumProblems(settings),
    ...serviceNotifyProblems(settings),
    ...sorryServerProblems("sorryServer", settings.sorryServer),
    ...extraLinesProblems("extraLines", settings.extraLines),
  ];
}

/** 0 is how keepalived and ipvsadm write all ports. */
function servicePortProblems(port: Settings["port"]): Problem[] {
  if (port !== 0) return portProblems("port", port);
  return [{ path: "port", message: "must be an integer from 1 to 65535, got 0; for all ports set allPorts" }];
}

function additionalVipsProblems({ vip, additionalVips = [] }: Settings): Problem[] {
  const all = [vip, ...additionalVips];
  return additionalVips.flatMap((address, index) => {
    const path = `additionalVips[${index}]`;
    const problems = [...unicastProblems(path, address), ...groupFamilyProblems(path, address, vip)];
    const first = all.findIndex((other) => printed(canonicalAddress(other)) === printed(canonicalAddress(address)));
    if (first > index) return problems;
    const taken = first === 0 ? "vip" : `additionalVips[${first - 1}]`;
    return [...problems, { path, message: `must be named once, got ${shown(address)} again; it is ${taken} already` }];
  });
}

/** Real servers of a group are reached from all of its VIPs, which tunneling alone could do across families. */
function groupFamilyProblems(path: string, address: Deferrable<string>, vip: Deferrable<string>): Problem[] {
  const family = addressFamily(vip);
  const other = addressFamily(address);
  if (family === undefined || other === undefined || family === other) return [];
  const advice = "make a service of its own for the other family";
  return [{ path, message: `must be ${family} like the VIP ${printed(vip)}, got ${shown(address)}; ${advice}` }];
}

/** What makes a packet part of the service: exactly one of three. */
function portKindProblems({ port, allPorts, firewallMark, persistence }: Settings): Problem[] {
  const given = [
    ...(port === undefined ? [] : ["port"]),
    ...(allPorts === true ? ["allPorts"] : []),
    ...(firewallMark === undefined ? [] : ["firewallMark"]),
  ];
  if (given.length === 0) {
    return [{ path: "port", message: "must be set, got none; or set allPorts or firewallMark instead" }];
  }
  if (given.length > 1) {
    const message = `must be the only one of port, allPorts and firewallMark, got ${given.join(" and ")}; choose one`;
    return [{ path: given[0] ?? "port", message }];
  }
  if (allPorts !== true || persistence !== undefined) return [];
  return [{ path: "allPorts", message: "needs persistence, got none; set persistence.timeoutSeconds" }];
}

/**
 * ipvsadm refuses it for connections; keepalived forgets it with a complaint. Of marked packets the kernel schedules
 * those of UDP so, and nobody knows which they are when the marks are not ours.
 */
function onePacketProblems({ onePacketScheduling, protocol = Protocol.TCP, firewallMark }: Settings): Problem[] {
  const marksOfOthers = firewallMark !== undefined && firewallMark.ports === undefined;
  if (onePacketScheduling !== true || protocol === Protocol.UDP || marksOfOthers) return [];
  const message = `needs protocol UDP, or a firewallMark without ports, got ${shown(protocol)}; a connection is more than one packet`;
  return [{ path: "onePacketScheduling", message }];
}

/** keepalived looks at the addresses of services, and a mark has none: it would forget the wish. */
function suspendProblems({ suspendChecksOnBackup, firewallMark }: Settings): Problem[] {
  if (suspendChecksOnBackup !== true || firewallMark === undefined) return [];
  const message = `must not be set with a firewallMark, got ${suspendChecksOnBackup}; keepalived finds no VIP to look for`;
  return [{ path: "suspendChecksOnBackup", message }];
}
