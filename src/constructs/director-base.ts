import { Construct, type IConstruct } from "constructs";
import type { ConnectionSyncSettings } from "../model/connection-sync";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { servicesProblems, vipsOf } from "../model/director";
import { resourceNamesProblems, type ResourceUses } from "../model/director-resources";
import type { DirectorSettings } from "../model/director-settings";
import { guardedSyncProblems } from "../model/director-traffic";
import { servicesOnlyProblems, type FirewallSettings } from "../model/firewall";
import type { Problem } from "../model/problem";
import type { TableOwner } from "../model/table-owner";
import type { VirtualService as VirtualServiceModel } from "../model/virtual-service";
import type { ManagedHost } from "../provisioners/managed-host";
import { acrossStacksProblems } from "./stack-rules";
import type { HostOwner } from "./tree-rules";
import type { VirtualService } from "./virtual-service";

/** What virtual services are defined on: a {@link Director}, a {@link HaPair}, or an {@link UnmanagedDirector}. */
export interface IDirector extends IConstruct {
  /** Who writes its IPVS table. */
  readonly tableOwner: TableOwner;
  /**
   * What it was told, with stand-ins for tokens.
   * @internal
   */
  readonly settings: DeepDeferrable<DirectorSettings>;
  /** Its hosts, in the order in which they are brought up to date. */
  readonly hosts: readonly ManagedHost[];
  /** The own addresses of its hosts, the primary's first. */
  readonly addresses: readonly Deferrable<string>[];
  /** Where real servers under NAT send their replies to clients of this VIP; undefined when there is no such address. */
  gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined;
  /**
   * VIPs of the services that the hosts serve themselves.
   * @internal
   */
  localVips(): Deferrable<string>[];
  /** Called by the service itself. */
  addService(service: VirtualService): void;
  /** Called by a real server that is one of the hosts. */
  serveLocally(service: VirtualService): void;
}

/** What directors and pairs have in common, whoever makes them. */
export abstract class DirectorBase extends Construct implements IDirector, HostOwner {
  public abstract readonly tableOwner: TableOwner;
  public abstract readonly settings: DeepDeferrable<DirectorSettings>;
  public abstract readonly hosts: readonly ManagedHost[];
  public abstract readonly addresses: readonly Deferrable<string>[];
  public abstract readonly ownHosts: Readonly<Record<string, Deferrable<string>>>;
  private readonly services: VirtualService[] = [];
  private readonly localServices = new Set<VirtualService>();

  public abstract gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined;

  public serveLocally(service: VirtualService): void {
    this.localServices.add(service);
    for (const host of this.hosts) host.forgetPlan();
  }

  public addService(service: VirtualService): void {
    this.services.push(service);
    for (const host of this.hosts) host.forgetPlan();
  }

  /** @internal */
  public addedServices(): readonly VirtualService[] {
    return this.services;
  }

  protected serviceModels(): VirtualServiceModel[] {
    return this.services.map((service) => service.model());
  }

  /** @internal */
  public localVips(): Deferrable<string>[] {
    return vipsOf([...this.localServices]);
  }

  protected serviceProblems(): Problem[] {
    if (this.services.length === 0) {
      return [{ path: "services", message: "must hold at least one virtual service, got none; make a VirtualService" }];
    }
    const services = this.services.map((service) => ({ name: service.node.path, service: service.model() }));
    const servers = new Set(this.services.flatMap((service) => service.servers));
    return [
      ...servicesProblems(services),
      ...resourceNamesProblems(services, this.resourceUses()),
      ...acrossStacksProblems(this, [...servers]),
    ];
  }

  /** Names that something else than the services gives. */
  protected resourceUses(): ResourceUses {
    return { scripts: [], trackFiles: [] };
  }

  protected firewallProblems(
    firewall: DeepDeferrable<FirewallSettings> | undefined,
    connectionSync: DeepDeferrable<ConnectionSyncSettings> | false | undefined,
  ): Problem[] {
    if (firewall === undefined) return [];
    return [
      ...servicesOnlyProblems("firewall.servicesOnly", firewall.servicesOnly, this.addresses, this.serviceModels()),
      ...(connectionSync === false ? [] : guardedSyncProblems("connectionSync", connectionSync)),
    ];
  }

  /** Problems of the services too, for those who synthesize without validation. */
  protected allProblems(own: readonly Problem[]): Problem[] {
    return [...own, ...this.services.flatMap((service) => service.problems())];
  }
}
