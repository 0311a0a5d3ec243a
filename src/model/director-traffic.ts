import { addressFamily } from "./address";
import { Deferred, printed, sameValue, type Deferrable } from "./deferred";
import type { DirectorConfig } from "./director";
import { familyOf, type Addresses } from "./packet-mark";
import type { Problem } from "./problem";
import type { SyncDaemon } from "./sync-daemon";
import { AuthenticationType } from "./vrrp-authentication";
import { ipvlanName, virtualMacName, type VrrpInstance } from "./vrrp-instance";

/** Where packets may come from: addresses, or the interface that they come in over where those are not known. */
export type TrafficSource = Addresses | { readonly interface: Deferrable<string> };

/** What directors say to each other, and where it may come from. */
export interface DirectorTraffic {
  /** An IP protocol by its number, or ports of UDP, of which one may be a range. */
  readonly packets: { readonly ipProtocol: number } | { readonly udpPorts: readonly Deferrable<number | string>[] };
  readonly from: readonly TrafficSource[];
}

const VRRP = 112;
const AUTHENTICATION_HEADER = 51;
/** Control packets over one hop and over several (RFC 5881, RFC 5883). */
const BFD_PORTS = [3784, 4784];

export function directorTraffic(config: DirectorConfig): DirectorTraffic[] {
  const instances = config.vrrp?.instances ?? [];
  const neighbors = (config.bfdInstances ?? []).map(({ neighborAddress }) => neighborAddress);
  const withHeader = instances.filter(({ authentication }) => authentication?.type === AuthenticationType.AH);
  return [
    ...(instances.length === 0 ? [] : [{ packets: { ipProtocol: VRRP }, from: advertsFrom(instances) }]),
    ...(withHeader.length === 0
      ? []
      : [{ packets: { ipProtocol: AUTHENTICATION_HEADER }, from: advertsFrom(withHeader) }]),
    ...(neighbors.length === 0 ? [] : [{ packets: { udpPorts: BFD_PORTS }, from: byFamily(neighbors) }]),
    ...(config.syncDaemon === undefined
      ? []
      : [{ packets: { udpPorts: [syncPorts(config.syncDaemon)] }, from: syncFrom(config.syncDaemon, instances[0]) }]),
  ];
}

function advertsFrom(instances: readonly VrrpInstance[]): TrafficSource[] {
  const known = instances.filter(sendsFromKnownAddress);
  const devices = instances.filter((instance) => !sendsFromKnownAddress(instance)).flatMap(advertDevices);
  return [
    ...byFamily(known.flatMap(({ peers }) => peers)),
    ...[...new Map(devices.map((device) => [printed(device), { interface: device }])).values()],
  ];
}

/** Multicast goes out from the first address of an interface, or from the link-local one that it makes itself. */
function sendsFromKnownAddress({ settings }: VrrpInstance): boolean {
  return settings.multicast !== true && settings.ipvlan === undefined;
}

/** A packet to the virtual MAC comes in over its interface too. */
function advertDevices({ settings }: VrrpInstance): Deferrable<string>[] {
  return [
    settings.interface,
    ...(settings.virtualMac === undefined ? [] : [virtualMacName(settings)]),
    ...(settings.ipvlan === undefined ? [] : [ipvlanName(settings)]),
  ];
}

/** Each address once. */
function byFamily(addresses: readonly Deferrable<string>[]): Addresses[] {
  const unique = [...new Map(addresses.map((address) => [printed(address), address])).values()];
  return (["IPv4", "IPv6"] as const)
    .map((family) => ({ family, addresses: unique.filter((address) => familyOf(address) === family) }))
    .filter((one) => one.addresses.length > 0);
}

/** A daemon sends from the first IPv4 address of its interface, which is known where VRRP speaks over it too. */
function syncFrom(daemon: SyncDaemon, own: VrrpInstance | undefined): readonly TrafficSource[] {
  return sendsFromOwnAddress(daemon, own) ? byFamily(own.peers) : [{ interface: daemon.interface }];
}

function sendsFromOwnAddress(daemon: SyncDaemon, own: VrrpInstance | undefined): own is VrrpInstance {
  if (own === undefined || familyOf(own.sourceAddress) === "IPv6") return false;
  const { group = "224.0.0.81" } = daemon.settings;
  return addressFamily(group) === "IPv4" && sameValue(daemon.interface, own.settings.interface);
}

/** The address that other directors expect synchronisation from, if they do, and its interface. */
export function syncSource({
  vrrp,
  syncDaemon,
}: DirectorConfig): { address: Deferrable<string>; device: Deferrable<string> } | undefined {
  const own = vrrp?.instances[0];
  if (syncDaemon === undefined || !sendsFromOwnAddress(syncDaemon, own)) return undefined;
  return { address: own.sourceAddress, device: syncDaemon.interface };
}

const SYNC_PORT = 8848;

/** One port for each thread of the daemon. */
function syncPorts({ settings: { port = SYNC_PORT, threads = 1 } }: SyncDaemon): Deferrable<number | string> {
  return typeof port === "number" && typeof threads === "number" && threads > 1
    ? `${port}-${port + threads - 1}`
    : port;
}

/** Problems of ports that are to be guarded and cannot be counted. */
export function guardedSyncProblems(path: string, settings: SyncDaemon["settings"] | undefined): Problem[] {
  const { port = SYNC_PORT, threads = 1 } = settings ?? {};
  if (threads instanceof Deferred) return [tokenProblem(`${path}.threads`)];
  return threads > 1 && port instanceof Deferred ? [tokenProblem(`${path}.port`)] : [];
}

function tokenProblem(path: string): Problem {
  return { path, message: "must be known at synth with a firewall, got a token; pass a literal" };
}
