import { Construct } from "constructs";
import type { Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { shown } from "../model/rules";
import type { IDirector } from "./director-base";
import type { LIBRARY_CONSTRUCT } from "./library-construct";
import { maintenanceSwitchName, type IRealServer, type MaintenanceProps } from "./real-server";
import { reportProblems } from "./synth-checks";
import { sharedSwitchProblems } from "./tree-rules";
import type { VirtualService } from "./virtual-service";

/** Props of {@link LocalRealServer}. */
export interface LocalRealServerProps extends MaintenanceProps {
  /** The director whose host serves as well. */
  readonly director: IDirector;
  /**
   * Which of its hosts, counted in the order of `addresses` of the director: 0 is the primary of a pair, 1 the secondary, 2
   * the first of the further backups.
   * @default 0
   */
  readonly hostIndex?: number;
}

/**
 * A director that is itself a real server (LVS: local node). The director that holds the VIP serves its own share at
 * once; the other one gets its share by direct routing, and must not balance it again (sysctl `backup_only`, which works
 * together with connection synchronisation). A pair with services in VRRP instances that fail over apart cannot have one.
 */
export class LocalRealServer extends Construct implements IRealServer {
  /** @hidden */
  declare public readonly [LIBRARY_CONSTRUCT]: true;
  public readonly forwardingMethod = ForwardingMethod.DR;
  public readonly decommissioned = false;
  public readonly maintenanceSwitch: string | undefined;
  private readonly director: IDirector;
  private readonly index: number;
  private readonly services: VirtualService[] = [];

  public constructor(scope: Construct, id: string, props: LocalRealServerProps) {
    super(scope, id);
    this.maintenanceSwitch = maintenanceSwitchName(this, props);
    this.director = props.director;
    this.index = props.hostIndex ?? 0;
    reportProblems(this, () => this.problems());
  }

  /** The address of its host. */
  public get address(): string {
    return this.director.addresses[this.index] ?? "";
  }

  /** @internal */
  public addressFor(vip: Deferrable<string>): Deferrable<string> {
    return this.director.hostAddresses[this.index] ?? vip;
  }

  /** @internal */
  public serve(service: VirtualService): void {
    this.services.push(service);
    this.director.serveLocally(service);
  }

  private problems(): Problem[] {
    return [
      ...this.hostProblems(),
      ...this.services.flatMap((service) => this.serviceProblems(service)),
      ...sharedSwitchProblems(this, this.maintenanceSwitch),
    ];
  }

  /** Another director does not find it on its own hosts, and these are not prepared for packets from there. */
  private serviceProblems(service: VirtualService): Problem[] {
    if (service.director === this.director) return [];
    const path = `virtual service '${service.node.path}'`;
    const got = service.director.node.path;
    const message = `must be on '${this.director.node.path}' like its local real server, got '${got}'`;
    return [{ path, message: `${message}; make a LocalRealServer of '${got}' for it` }];
  }

  private hostProblems(): Problem[] {
    if (this.director.hosts.length === 0) {
      const message = `must be a director of this app, got '${this.director.node.path}'; make it in the app of its hosts`;
      return [{ path: "director", message }];
    }
    const { length } = this.director.hostAddresses;
    if (Number.isInteger(this.index) && this.index >= 0 && this.index < length) return [];
    return [{ path: "hostIndex", message: `must be an integer from 0 to ${length - 1}, got ${shown(this.index)}` }];
  }
}
