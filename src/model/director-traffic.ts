import { addressFamily } from "./address";
import { Deferred, printed, sameValue, type Deferrable } from "./deferred";
import type { DirectorConfig } from "./director";
import { familyOf, type Addresses } from "./packet-mark";
import type { Problem } from "./problem";
import type { SyncDaemon } from "./sync-daemon";
import type { VrrpInstance } from "./vrrp";

/** What directors say to each other, and where it may come from. */
export interface DirectorTraffic {
  /** An IP protocol by its number, or a port or range of ports of UDP. */
  readonly packets: { readonly ipProtocol: number } | { readonly udpPorts: string };
  /** Addresses, or the interface that it comes in over where those are not known. */
  readonly from: Addresses | { readonly interface: Deferrable<string> };
}

const VRRP = 112;

export function directorTraffic({ vrrp, syncDaemon }: DirectorConfig): DirectorTraffic[] {
  return [
    ...(vrrp === undefined ? [] : [{ packets: { ipProtocol: VRRP }, from: peersOf(vrrp) }]),
    ...(syncDaemon === undefined
      ? []
      : [{ packets: { udpPorts: syncPorts(syncDaemon) }, from: syncFrom(syncDaemon, vrrp) }]),
  ];
}

function peersOf({ sourceAddress, peers }: VrrpInstance): Addresses {
  return { family: familyOf(sourceAddress), addresses: peers };
}

/** A daemon sends from the first IPv4 address of its interface, which is known where VRRP speaks over it too. */
function syncFrom(daemon: SyncDaemon, vrrp: VrrpInstance | undefined): DirectorTraffic["from"] {
  return sendsFromOwnAddress(daemon, vrrp) ? peersOf(vrrp) : { interface: daemon.interface };
}

function sendsFromOwnAddress(daemon: SyncDaemon, vrrp: VrrpInstance | undefined): vrrp is VrrpInstance {
  if (vrrp === undefined || familyOf(vrrp.sourceAddress) === "IPv6") return false;
  const { group = "224.0.0.81" } = daemon.settings;
  return addressFamily(group) === "IPv4" && sameValue(daemon.interface, vrrp.interface);
}

/** The address that other directors expect synchronisation from, if they do, and its interface. */
export function syncSource({
  vrrp,
  syncDaemon,
}: DirectorConfig): { address: Deferrable<string>; device: Deferrable<string> } | undefined {
  if (syncDaemon === undefined || !sendsFromOwnAddress(syncDaemon, vrrp)) return undefined;
  return { address: vrrp.sourceAddress, device: syncDaemon.interface };
}

const SYNC_PORT = 8848;

/** One port for each thread of the daemon. */
function syncPorts({ settings: { port = SYNC_PORT, ports = 1 } }: SyncDaemon): string {
  return typeof port === "number" && typeof ports === "number" && ports > 1
    ? `${port}-${port + ports - 1}`
    : printed(port);
}

/** Problems of ports that are to be guarded and cannot be counted. */
export function guardedSyncProblems(path: string, settings: SyncDaemon["settings"] | undefined): Problem[] {
  const { port = SYNC_PORT, ports = 1 } = settings ?? {};
  if (ports instanceof Deferred) return [tokenProblem(`${path}.ports`)];
  return ports > 1 && port instanceof Deferred ? [tokenProblem(`${path}.port`)] : [];
}

function tokenProblem(path: string): Problem {
  return { path, message: "must be known at synth with a firewall, got a token; pass a literal" };
}
