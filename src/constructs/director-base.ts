import { Construct, type IConstruct } from "constructs";
import { servicesProblems } from "../model/director";
import type { Problem } from "../model/problem";
import type { TableOwner } from "../model/table-owner";
import type { VirtualService as VirtualServiceModel } from "../model/virtual-service";
import type { ManagedHost } from "../provisioners/managed-host";
import type { VirtualService } from "./virtual-service";

/** What virtual services are defined on: a {@link Director} or a {@link HaPair}. */
export interface IDirector extends IConstruct {
  readonly tableOwner: TableOwner;
  /** Its hosts, in the order in which they are brought up to date. */
  readonly hosts: readonly ManagedHost[];
  /** Called by the service itself. */
  addService(service: VirtualService): void;
}

/** What a single director and a pair have in common. */
export abstract class DirectorBase extends Construct implements IDirector {
  public abstract readonly tableOwner: TableOwner;
  public abstract readonly hosts: readonly ManagedHost[];
  private readonly services: VirtualService[] = [];

  public addService(service: VirtualService): void {
    this.services.push(service);
    for (const host of this.hosts) host.forgetPlan();
  }

  protected serviceModels(): VirtualServiceModel[] {
    return this.services.map((service) => service.model());
  }

  protected serviceProblems(): Problem[] {
    if (this.services.length === 0) {
      return [{ path: "services", message: "must hold at least one virtual service, got none; make a VirtualService" }];
    }
    return servicesProblems(this.services.map((service) => ({ name: service.node.path, service: service.model() })));
  }

  /** Problems of the services too, for those who synthesize without validation. */
  protected allProblems(own: readonly Problem[]): Problem[] {
    return [...own, ...this.services.flatMap((service) => service.problems())];
  }
}
