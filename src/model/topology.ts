import type { ForwardingMethod } from "./forwarding-method";
import type { HealthCheck } from "./health-check";
import type { TableOwner } from "./table-owner";
import type { TunnelType } from "./tunnel";

/** What a picture of a stack shows; every value as people read it, also one that only apply knows. */
export interface Topology {
  /** Of the stack. */
  readonly name: string;
  readonly directors: readonly TopologyDirectors[];
  /** Managed real servers that serve no virtual service. */
  readonly idle: readonly IdleServer[];
}

/** A director or a pair, and all that is defined on it. */
export interface TopologyDirectors {
  readonly name: string;
  readonly tableOwner: TableOwner;
  readonly hosts: readonly { readonly name: string; readonly address: string }[];
  readonly vipGroups: readonly VipGroup[];
  readonly services: readonly TopologyService[];
}

/** VIPs that are always on the same director. */
export interface VipGroup {
  readonly name: string;
  readonly vips: readonly string[];
  /** Absent on a director that has the VIPs already. */
  readonly interface?: string;
  /** Absent on a director that stands alone. */
  readonly vrrp?: VrrpSummary;
  /** In the order of preference. */
  readonly holders: readonly VipHolder[];
}

export interface VrrpSummary {
  readonly virtualRouterId: string;
  readonly preempt: boolean;
  /** Absent where the adverts go over the interface of the VIPs. */
  readonly advertInterface?: string;
  /** Name of the group that it fails over with. */
  readonly syncGroup?: string;
}

export interface VipHolder {
  /** Index among the hosts. */
  readonly host: number;
  /** Absent on a director that stands alone. */
  readonly priority?: number;
}

export interface TopologyService {
  readonly name: string;
  /** `192.0.2.100:80/tcp`, one per VIP. */
  readonly endpoints: readonly string[];
  readonly settings: ServiceSummary;
  readonly members: readonly ServiceMember[];
}

/** What tells services apart beside their endpoints and real servers. */
export interface ServiceSummary {
  /** Name of the group that its VIPs are in. */
  readonly vipGroup: string;
  /** With its flags. */
  readonly scheduler: readonly string[];
  readonly onePacketScheduling: boolean;
  readonly persistenceSeconds?: string;
  readonly quorum?: string;
  readonly allowedClients?: readonly string[];
  /** Absent when no real server is checked. */
  readonly delayLoopSeconds?: string;
  readonly sorryServer?: SorryServerSummary;
}

/** How packets get to a server. */
export interface ServerRoute {
  readonly forwardingMethod: ForwardingMethod;
  readonly tunnel?: TunnelType;
  /** Absent where the port of the service stays. */
  readonly port?: string;
}

export interface SorryServerSummary extends ServerRoute {
  /** Absent when no construct stands for it. */
  readonly name?: string;
  readonly address: string;
}

/** Who looks after the host of a real server: this stack, somebody else, or the construct of the director that it is. */
export type ServerCare = "managed" | "unmanaged" | "local";

export interface TopologyServer {
  readonly name: string;
  readonly care: ServerCare;
  /** Whether it is being taken out: no longer in the table, then cleaned. */
  readonly leaving: boolean;
}

export interface IdleServer extends TopologyServer {
  readonly addresses: readonly string[];
}

/** A real server's part in one service. */
export interface ServiceMember extends ServerRoute {
  readonly server: TopologyServer;
  readonly address: string;
  readonly weight: string;
  readonly checks: readonly CheckSummary[];
}

export interface CheckSummary {
  readonly type: Exclude<HealthCheck["type"], "none">;
  /** Absent where the port of the real server is tried. */
  readonly port?: string;
  /** Of the first page, for HTTP and HTTPS. */
  readonly path?: string;
}
