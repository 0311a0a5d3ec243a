import { TerraformStack } from "../framework";
import { VirtualService } from "../constructs/virtual-service";
import type { DeepDeferrable } from "../model/deferred";
import type { HealthChecks } from "../model/health-check/list";
import type { RealServer } from "../model/real-server";
import type { VirtualService as VirtualServiceModel } from "../model/virtual-service";
import type { ManagedHost } from "../provisioners/managed-host";
import { readerFor, withReader, type Readable } from "./readable";

/** A real server as one virtual service sees it: `address`, `port`, `weight`, `forwardingMethod` and so on. */
export interface SynthesizedRealServer extends Readable<RealServer> {
  /** How it is checked. */
  readonly healthCheck: Readable<DeepDeferrable<HealthChecks>>;
}

/** A virtual service with the defaults filled in: the props of its construct, and its real servers. */
export interface SynthesizedService extends Readable<VirtualServiceModel> {
  /** The path of its construct. */
  readonly path: string;
  /** How real servers are checked that say nothing else. */
  readonly healthCheck: Readable<DeepDeferrable<HealthChecks>>;
  /** Those that serve, without what is on its way out. */
  readonly realServers: readonly SynthesizedRealServer[];
}

/** Every virtual service of the app that has this host among the hosts of its director. */
export function servicesOn(host: ManagedHost): SynthesizedService[] {
  const read = readerFor(TerraformStack.of(host));
  return host.node.root.node
    .findAll()
    .filter((node) => node instanceof VirtualService)
    .filter(({ director }) => director.hosts.includes(host))
    .map((service) => withReader({ path: service.node.path, ...read(service.model()) }, read));
}

/** `TCP 192.0.2.100:80 (web/web)` */
export function serviceLabel({ path, protocol, vip, port, firewallMark }: SynthesizedService): string {
  const name = firewallMark === undefined ? `${protocol} ${place(vip, port)}` : `firewall mark ${firewallMark.mark}`;
  return `${name} (${path})`;
}

/** `192.0.2.21:80 of TCP 192.0.2.100:80 (web/web)` */
export function serverLabel({ address, port }: SynthesizedRealServer, service: SynthesizedService): string {
  return `${place(address, port)} of ${serviceLabel(service)}`;
}

/** The address alone where the client's port decides. */
function place(address: string, port: number | string): string {
  return port === 0
    ? address
    : `${address.includes(":") && !address.startsWith("$") ? `[${address}]` : address}:${port}`;
}
