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
import type { LIBRARY_CONSTRUCT } from "./library-construct";
import { acrossStacksProblems } from "./stack-rules";
import type { VirtualService } from "./virtual-service";

/** What virtual services are defined on: a {@link Director}, a {@link HaPair}, or an {@link UnmanagedDirector}. */
export interface IDirector extends IConstruct {
  /**
   * Only classes of this library implement it.
   * @hidden
   */
  readonly [LIBRARY_CONSTRUCT]: true;
  /** Who writes its IPVS table. */
  readonly tableOwner: TableOwner;
  /** The own addresses of its hosts, the primary's first. */
  readonly addresses: readonly string[];
  /**
   * What it was told, with stand-ins for tokens.
   * @internal
   */
  readonly settings: DeepDeferrable<DirectorSettings>;
  /**
   * Its hosts, in the order in which they are brought up to date.
   * @internal
   */
  readonly hosts: readonly ManagedHost[];
  /**
   * The addresses, with stand-ins for tokens.
   * @internal
   */
  readonly hostAddresses: readonly Deferrable<string>[];
  /**
   * Where real servers under NAT send their replies to clients of this VIP; undefined when there is no such address.
   * @internal
   */
  gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined;
  /**
   * VIPs of the services that the hosts serve themselves.
   * @internal
   */
  localVips(): Deferrable<string>[];
  /**
   * Called by the service itself.
   * @internal
   */
  addService(service: VirtualService): void;
  /**
   * Called by a real server that is one of the hosts.
   * @internal
   */
  serveLocally(service: VirtualService): void;
}

/** What directors and pairs have in common, whoever makes them. */
export abstract class DirectorBase extends Construct implements IDirector {
  /** @hidden */
  declare public readonly [LIBRARY_CONSTRUCT]: true;
  /** Who writes its IPVS table. */
  public abstract readonly tableOwner: TableOwner;
  /** The own addresses of its hosts, the primary's first. */
  public abstract readonly addresses: readonly string[];
  /** @internal */
  public abstract readonly settings: DeepDeferrable<DirectorSettings>;
  /** @internal */
  public abstract readonly hosts: readonly ManagedHost[];
  /** @internal */
  public abstract readonly hostAddresses: readonly Deferrable<string>[];
  /** @internal */
  public abstract readonly ownHosts: Readonly<Record<string, Deferrable<string>>>;
  private readonly services: VirtualService[] = [];
  private readonly localServices = new Set<VirtualService>();

  /** @internal */
  public abstract gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined;

  /** @internal */
  public serveLocally(service: VirtualService): void {
    this.localServices.add(service);
    for (const host of this.hosts) host.forgetPlan();
  }

  /** @internal */
  public addService(service: VirtualService): void {
    this.services.push(service);
    for (const host of this.hosts) host.forgetPlan();
  }

  /** @internal */
  public addedServices(): readonly VirtualService[] {
    return this.services;
  }

  /** @internal */
  protected serviceModels(): VirtualServiceModel[] {
    return this.services.map((service) => service.model());
  }

  /**
   * VIPs of the services that the hosts serve themselves.
   * @internal
   */
  public localVips(): Deferrable<string>[] {
    return vipsOf([...this.localServices].map(({ settings }) => settings));
  }

  /** @internal */
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

  /**
   * Names that something else than the services gives.
   * @internal
   */
  protected resourceUses(): ResourceUses {
    return { scripts: [], trackFiles: [] };
  }

  /** @internal */
  protected firewallProblems(
    firewall: DeepDeferrable<FirewallSettings> | undefined,
    connectionSync: DeepDeferrable<ConnectionSyncSettings> | false | undefined,
  ): Problem[] {
    if (firewall === undefined) return [];
    return [
      ...servicesOnlyProblems("firewall.servicesOnly", firewall.servicesOnly, this.hostAddresses, this.serviceModels()),
      ...(connectionSync === false ? [] : guardedSyncProblems("connectionSync", connectionSync)),
    ];
  }

  /**
   * Problems of the services too, for those who synthesize without validation.
   * @internal
   */
  protected allProblems(own: readonly Problem[]): Problem[] {
    return [...own, ...this.services.flatMap((service) => service.problems())];
  }
}
