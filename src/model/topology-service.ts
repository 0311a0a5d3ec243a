import { canonicalAddress, endpoint } from "./address";
import { printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { urlsOf } from "./health-check/http";
import { checksOf } from "./health-check/list";
import type { HealthCheck } from "./health-check";
import type { RealServer } from "./real-server";
import { schedulerFlags } from "./scheduler";
import { sorryRoute, vipsOfService, type VirtualService } from "./virtual-service";
import type {
  CheckSummary,
  ServiceMember,
  ServiceSummary,
  SorryServerSummary,
  TopologyServer,
  TopologyService,
} from "./topology";

/** A real server of a service: what the service knows of it, or where it is that is being taken out. */
export interface MemberParts {
  readonly server: TopologyServer;
  readonly part: RealServer | Pick<RealServer, "address" | "forwardingMethod">;
}

/** A virtual service as a picture shows it. */
export function topologyService(
  name: string,
  vipGroup: string,
  service: VirtualService,
  members: readonly MemberParts[],
  sorryName?: string,
): TopologyService {
  return {
    name,
    endpoints: endpoints(service),
    settings: settings(vipGroup, service, sorryName),
    members: members.map((parts) => member(parts, service)),
  };
}

function endpoints(service: VirtualService): string[] {
  const { firewallMark, port, protocol } = service;
  const vips = vipsOfService(service);
  if (firewallMark !== undefined) {
    const { mark, ports = [] } = firewallMark;
    const marked = ports.length === 0 ? "" : `, ports ${ports.map(printed).join(", ")}`;
    return vips.map((vip) => `${printed(vip)}, mark ${printed(mark)}${marked}`);
  }
  const suffix = protocol.toLowerCase();
  if (port === 0) return vips.map((vip) => `${printed(vip)}, all ports/${suffix}`);
  return vips.map((vip) => `${endpoint(canonicalAddress(vip), port)}/${suffix}`);
}

function settings(vipGroup: string, service: VirtualService, sorryName: string | undefined): ServiceSummary {
  const { scheduler, hashing, onePacketScheduling = false, persistence, quorum, allowedClients } = service;
  const isChecked = service.realServers.some(({ healthCheck }) => checksOf(healthCheck).length > 0);
  const sorryServer = sorry(service, sorryName);
  return {
    vipGroup,
    scheduler: [scheduler, ...schedulerFlags(scheduler, hashing)],
    onePacketScheduling,
    ...(persistence !== undefined && { persistenceSeconds: printed(persistence.timeoutSeconds) }),
    ...(quorum !== undefined && { quorum: printed(quorum) }),
    ...(allowedClients !== undefined && { allowedClients: allowedClients.map(printed) }),
    ...(isChecked && { delayLoopSeconds: printed(service.delayLoopSeconds) }),
    ...(sorryServer !== undefined && { sorryServer }),
  };
}

function sorry(service: VirtualService, name: string | undefined): SorryServerSummary | undefined {
  const { sorryServer } = service;
  const route = sorryRoute(service);
  if (sorryServer === undefined || route === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    address: printed(sorryServer.address),
    forwardingMethod: route.forwardingMethod,
    ...(route.tunnel !== undefined && { tunnel: route.tunnel.type }),
    ...otherPort(sorryServer.port, service),
  };
}

function member({ server, part }: MemberParts, service: VirtualService): ServiceMember {
  const common = { server, address: printed(canonicalAddress(part.address)), forwardingMethod: part.forwardingMethod };
  if (!("weight" in part)) return { ...common, weight: "0", checks: [] };
  return {
    ...common,
    ...(part.tunnel !== undefined && { tunnel: part.tunnel.type }),
    ...otherPort(part.port, service),
    weight: printed(part.weight),
    checks: checksOf(part.healthCheck).map(summary),
  };
}

function otherPort(port: Deferrable<number>, service: VirtualService): { readonly port?: string } {
  return sameValue(port, service.port) ? {} : { port: printed(port) };
}

/** What comes after the path of a page is left out: it may be a secret, and pictures go far. */
function summary(check: DeepDeferrable<HealthCheck>): CheckSummary {
  const type = check.type as CheckSummary["type"];
  const port = "port" in check && check.port !== undefined ? { port: printed(check.port) } : {};
  if (check.type !== "http" && check.type !== "ssl") return { type, ...port };
  const [page] = urlsOf(check);
  return { type, ...port, ...(page !== undefined && { path: printed(page.path).replace(/[?#].*/s, "") }) };
}
