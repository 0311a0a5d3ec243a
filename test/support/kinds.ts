import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { PersistenceEngine } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";
import type { Problem } from "../../src/model/problem";
import type { RealServer } from "../../src/model/real-server";
import { isHashing, Scheduler } from "../../src/model/scheduler";
import { realServersProblems, tableOwnerProblems } from "../../src/model/service-rules";
import type { TableOwner } from "../../src/model/table-owner";
import { tunnel, TunnelChecksum, TunnelType, type TunnelSettings } from "../../src/model/tunnel";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import { virtualServiceProblems, type VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import { realServer } from "./models";

/** A service of one kind: nothing of it is checked, and no two have a VIP or a mark in common. */
export interface Kind {
  readonly title: string;
  readonly settings: VirtualServiceSettings;
  readonly realServers: readonly RealServer[];
}

type Settings = Partial<VirtualServiceSettings>;
type Servers = readonly Partial<RealServer>[];

const healthCheck = HealthCheck.none();
let taken = 0;

function freeVip(ipv6 = false): string {
  taken += 1;
  return ipv6 ? `2001:db8:9::${taken.toString(16)}` : `198.51.100.${taken}`;
}

/** A service as it is described, on port 80 unless it says what else makes it. */
export function kind(title: string, settings: Settings, servers: Servers = [{}], ipv6 = false): Kind {
  const port = settings.allPorts === true || settings.firewallMark !== undefined ? {} : { port: 80 };
  return {
    title: ipv6 ? `${title}, IPv6` : title,
    settings: { vip: freeVip(ipv6), healthCheck, ...port, ...settings },
    realServers: servers.map((server, place) =>
      realServer({
        address: ipv6 ? `2001:db8:8::${place + 21}` : `10.0.0.${place + 21}`,
        port: settings.port ?? port.port ?? 0,
        healthCheck,
        ...server,
      }),
    ),
  };
}

function bothFamilies(title: string, settings: Settings, servers: Servers = [{}]): Kind[] {
  return [kind(title, settings, servers), kind(title, settings, servers, true)];
}

const { NAT, TUN } = ForwardingMethod;
const { UDP } = Protocol;
const { FULL, REMOTE } = TunnelChecksum;
const persistence = { timeoutSeconds: 300 };
export const nat = { forwardingMethod: NAT };

export function tunneled(settings: TunnelSettings = {}): Partial<RealServer> {
  return { forwardingMethod: TUN, tunnel: tunnel(settings) };
}

const protocols = Object.values(Protocol).flatMap((protocol) => [
  ...bothFamilies(protocol, { protocol }, [{ weight: 0 }, { weight: 65535 }]),
  ...bothFamilies(`all ports of ${protocol}`, { protocol, allPorts: true, persistence }),
]);

const marks = [
  ...bothFamilies("the first mark", { firewallMark: { mark: 1 } }),
  ...bothFamilies("the last mark, with persistence", { firewallMark: { mark: 2147483647 }, persistence }),
  ...bothFamilies("a mark for single packets", { firewallMark: { mark: 2 }, onePacketScheduling: true }),
  kind("a mark for ports of several VIPs", {
    firewallMark: { mark: 3, ports: [80, 443, "50000-50100"] },
    additionalVips: [freeVip()],
  }),
  kind("a mark with NAT to one port and to the client's", { firewallMark: { mark: 4 } }, [{ ...nat, port: 8080 }, nat]),
];

const groups = [
  ...bothFamilies("one VIP that may get company", { additionalVips: [] }),
  kind("three VIPs", { additionalVips: [freeVip(), freeVip()], protocol: UDP }, [{}, { weight: 7 }]),
  kind("two VIPs", { additionalVips: [freeVip(true)], persistence }, [{}], true),
  kind("all ports of two VIPs", { additionalVips: [freeVip()], allPorts: true, persistence }),
  kind("two VIPs with NAT", { additionalVips: [freeVip()] }, [{ ...nat, port: 8080 }]),
  kind("two VIPs with tunnels", { additionalVips: [freeVip(true)] }, [tunneled()], true),
];

const schedulers = Object.values(Scheduler).flatMap((scheduler) => [
  ...bothFamilies(`scheduler ${scheduler}`, { scheduler }, [{}, { weight: 2 }]),
  ...(isHashing(scheduler)
    ? [{ fallback: true }, { port: true }, { port: true, fallback: true }].map((hashing) =>
        kind(`scheduler ${scheduler} with ${Object.keys(hashing).join(" and ")}`, { scheduler, hashing }),
      )
    : []),
]);

const persistent = [
  kind("the shortest persistence", { persistence: { timeoutSeconds: 1 } }),
  kind("the longest persistence", { persistence: { timeoutSeconds: 2678400 } }),
  ...[1, 20, 31, 32].map((prefixLength) =>
    kind(`persistence of /${prefixLength}`, { persistence: { ...persistence, prefixLength } }),
  ),
  ...[1, 64, 128].map((prefixLength) =>
    kind(`persistence of /${prefixLength}`, { persistence: { ...persistence, prefixLength } }, [{}], true),
  ),
  kind(
    "marks with persistence of /48",
    { firewallMark: { mark: 9 }, persistence: { ...persistence, prefixLength: 48 } },
    [{}],
    true,
  ),
  ...bothFamilies("SIP", { protocol: UDP, port: 5060, persistence: { ...persistence, engine: PersistenceEngine.SIP } }),
  kind("everything at once", {
    protocol: UDP,
    onePacketScheduling: true,
    scheduler: Scheduler.SH,
    hashing: { fallback: true, port: true },
    persistence: { ...persistence, prefixLength: 24, engine: PersistenceEngine.SIP },
  }),
  ...bothFamilies("single packets", { protocol: UDP, onePacketScheduling: true }),
];

const tunnels: readonly TunnelSettings[] = [
  {},
  { type: TunnelType.GRE },
  { type: TunnelType.GRE, checksum: FULL },
  { type: TunnelType.GUE },
  { type: TunnelType.GUE, port: 1, checksum: FULL },
  { type: TunnelType.GUE, port: 65535, checksum: REMOTE },
];
const acrossFamilies = [{}, { address: "10.0.0.41" }, { address: "2001:db8:8::41" }];

const methods = [
  ...bothFamilies("every tunnel", {}, tunnels.map(tunneled)),
  ...bothFamilies(
    "tunnels to both families",
    {},
    acrossFamilies.map((server) => ({ ...server, ...tunneled() })),
  ),
  ...bothFamilies(
    "marks for tunnels",
    { firewallMark: { mark: 6 } },
    acrossFamilies.map((server) => ({ ...server, ...tunneled({ type: TunnelType.GUE }) })),
  ),
  ...bothFamilies("all methods", {}, [nat, {}, tunneled(), tunneled({ type: TunnelType.GRE }), { ...nat, port: 8080 }]),
  ...bothFamilies("limits", {}, [
    { upperThreshold: 100 },
    { upperThreshold: 65535, lowerThreshold: 65535 },
    { upperThreshold: 10, lowerThreshold: 0 },
    { upperThreshold: 0, lowerThreshold: 0 },
  ]),
];

/** Every kind of service that goes into the IPVS table, by what tells it from others. */
export const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  "protocols and all ports": protocols,
  "firewall marks": marks,
  "further VIPs": groups,
  schedulers,
  persistence: persistent,
  "forwarding methods and limits": methods,
};

export function serviceOf({ settings, realServers }: Kind, owner: TableOwner): VirtualService {
  return { ...virtualService(settings, owner), realServers };
}

/** What the rules have against it. */
export function problemsOf(kind: Kind, owner: TableOwner): Problem[] {
  return [
    ...virtualServiceProblems(kind.settings),
    ...tableOwnerProblems(kind.settings, owner),
    ...realServersProblems(serviceOf(kind, owner), owner),
  ];
}
