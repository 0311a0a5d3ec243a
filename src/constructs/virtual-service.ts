import { Construct } from "constructs";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { withScriptNames, type HealthChecks } from "../model/health-check/list";
import { directorNeedsProblems } from "../model/director-needs";
import { ownSorryServerProblems, unpreparedHostProblems, type UnpreparedServer } from "../model/own-hosts";
import type { Problem } from "../model/problem";
import type { RealServer } from "../model/real-server";
import { serviceWarnings } from "../model/service-warnings";
import { replySources, type ReplySource } from "../model/return-path";
import { withNotifyNames, withUpDownNames, type UpDownPrograms } from "../model/service-notify";
import { realServersProblems, tableOwnerProblems } from "../model/service-rules";
import { TableOwner } from "../model/table-owner";
import type { ConnectionThresholds } from "../model/thresholds";
import {
  healthCheckOfServer,
  virtualService,
  type VirtualService as VirtualServiceModel,
} from "../model/virtual-service";
import { virtualServiceProblems, type VirtualServiceSettings } from "../model/virtual-service-settings";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { IDirector } from "./director-base";
import { nameInStack, plainName } from "./host-label";
import type { IVrrpInstance } from "./pair-instances";
import type { IRealServer } from "./real-server";
import { reportProblems, showWarnings } from "./synth-checks";
import { UnmanagedRealServer } from "./unmanaged-real-server";
import { UnmanagedRealServers } from "./unmanaged-real-servers";

/** Props of {@link VirtualService}. */
export interface VirtualServiceProps extends VirtualServiceSettings {
  /** The director or pair that the service runs on. */
  readonly director: IDirector;
  /**
   * The VRRP instance of a pair that its VIP moves with.
   * @default - the instance that the pair is itself
   */
  readonly vrrpInstance?: IVrrpInstance;
}

/** A real server's part in one service. */
export interface RealServerOptions extends ConnectionThresholds {
  /**
   * Share of the new connections, 0 to 65535; 0 drains the real server and keeps it there (keepalived: `weight`,
   * ipvsadm: `-w`).
   * @default 1
   */
  readonly weight?: number;
  /**
   * Its port; must equal the service's unless the real server is reached by NAT, which alone rewrites ports.
   * @default - the port of the service
   */
  readonly port?: number;
  /**
   * How this real server is checked; of several checks all must succeed.
   * @default - the health check of the service
   */
  readonly healthCheck?: HealthChecks;
  /**
   * What is run when this real server comes and goes, in place of `notifyRealServers` of the service and called like it. A
   * deploy that takes the real server out may take scripts of its own before they are run (keepalived: `notify_up`,
   * `notify_down`).
   * @default - what the service has for all of its real servers
   */
  readonly notify?: UpDownPrograms;
  /**
   * Lines for the `real_server` block that the library has no words for, one each.
   * @default - none
   */
  readonly extraLines?: readonly string[];
}

/** A real server, or a list of them, as it was added to a service. */
export interface Member {
  readonly server: IRealServer | UnmanagedRealServers;
  readonly options: DeepDeferrable<RealServerOptions>;
}

/**
 * One address and port that clients connect to, and the real servers behind it (keepalived: `virtual_server`,
 * ipvsadm: `-A`).
 */
export class VirtualService extends Construct {
  /** @internal */
  public readonly vrrpInstance: IVrrpInstance | undefined;
  private readonly settings: DeepDeferrable<VirtualServiceSettings>;
  /** @internal */
  public readonly director: IDirector;
  /** @internal */
  public readonly members: Member[] = [];
  private keptModel: VirtualServiceModel | undefined;

  public constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    const { director, vrrpInstance, ...settings } = props;
    this.director = director;
    this.vrrpInstance = vrrpInstance;
    this.settings = withNotifyNames(deferTokens<VirtualServiceSettings>(settings), nameInStack(this));
    director.addService(this);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => (this.problems().length === 0 ? serviceWarnings(this.model(), director.tableOwner) : []));
  }

  /** Adds a real server; one may serve many services. */
  public addRealServer(server: IRealServer, options: RealServerOptions = {}): this {
    this.members.push({ server, options: deferTokens(options) });
    this.keptModel = undefined;
    server.serve(this);
    for (const host of this.director.hosts) {
      host.forgetPlan();
      if (server.host === undefined) continue;
      if (server.decommissioned) server.host.decommissionAfter(host);
      else host.configureAfter(server.host);
    }
    return this;
  }

  /** Adds all real servers of a list, each with the same options. */
  public addRealServers(servers: UnmanagedRealServers, options: RealServerOptions = {}): this {
    this.members.push({ server: servers, options: deferTokens(options) });
    this.keptModel = undefined;
    for (const host of this.director.hosts) host.forgetPlan();
    return this;
  }

  /** @internal */
  public get vip(): Deferrable<string> {
    return this.settings.vip;
  }

  /** @internal */
  public get additionalVips(): readonly Deferrable<string>[] {
    return this.settings.additionalVips ?? [];
  }

  /**
   * What a real server's replies come from; undefined when that is known to others only.
   * @internal
   */
  public replySources(server: IRealServer): readonly ReplySource[] | undefined {
    const parts = this.members
      .filter((member) => member.server === server)
      .map(({ options }) => replySources(this.settings, options.port));
    return parts.every((sources) => sources !== undefined) ? parts.flat() : undefined;
  }

  /**
   * Its real servers, apart from those of lists.
   * @internal
   */
  public get servers(): readonly IRealServer[] {
    return this.members.flatMap(({ server }) => (isList(server) ? [] : [server]));
  }

  /** @internal */
  public model(): VirtualServiceModel {
    this.keptModel ??= this.makeModel();
    return this.keptModel;
  }

  /** @internal */
  public problems(): Problem[] {
    return [
      ...this.instanceProblems(),
      ...virtualServiceProblems(this.settings),
      ...tableOwnerProblems(this.settings, this.director.tableOwner),
      ...realServersProblems(this.model(), this.director.tableOwner),
      ...this.directorProblems(),
    ];
  }

  /** What can be said only of directors of this app: those of another were told what they are and have there. */
  private directorProblems(): Problem[] {
    const { director } = this;
    if (director.hosts.length === 0) return [];
    return [
      ...this.ownHostProblems(),
      ...(director.tableOwner === TableOwner.KEEPALIVED ? directorNeedsProblems(this.model(), director.settings) : []),
    ];
  }

  private instanceProblems(): Problem[] {
    const { vrrpInstance, director } = this;
    if (vrrpInstance === undefined || vrrpInstance.pair === director) return [];
    const message = `must be an instance of '${director.node.path}', got '${vrrpInstance.node.path}' of '${vrrpInstance.pair.node.path}'`;
    return [{ path: "vrrpInstance", message }];
  }

  private ownHostProblems(): Problem[] {
    const { director } = this;
    const own = { addresses: director.addresses, localVips: director.localVips() };
    const unprepared = this.members.flatMap(({ server }): UnpreparedServer[] => {
      const { forwardingMethod } = server;
      if (server instanceof UnmanagedRealServer) {
        const path = `real server '${server.node.path}'`;
        return [{ path, addresses: [server.addressFor(this.vip)], forwardingMethod }];
      }
      if (!isList(server) || "item" in server.addresses) return [];
      return [{ path: `real servers '${server.node.path}'`, addresses: server.addresses, forwardingMethod }];
    });
    return [...unpreparedHostProblems(unprepared, own), ...ownSorryServerProblems(this.model(), own)];
  }

  private makeModel(): VirtualServiceModel {
    const defaults = virtualService(this.settings, this.director.tableOwner);
    const name = nameInStack(this);
    const service = { ...defaults, healthCheck: withScriptNames(defaults.healthCheck, name) };
    const staying = this.members.filter(({ server }) => isList(server) || !server.decommissioned);
    const check = (port?: Deferrable<number>): DeepDeferrable<HealthChecks> =>
      withScriptNames(healthCheckOfServer(this.settings, this.director.tableOwner, port), name);
    return { ...service, realServers: staying.flatMap((member) => realServers(member, service, name, check)) };
  }
}

function isList(server: Member["server"]): server is UnmanagedRealServers {
  return server instanceof UnmanagedRealServers;
}

/** One, or as many as a list has; one for all of them when that is known only at apply. */
function realServers(
  { server, options }: Member,
  service: Omit<VirtualServiceModel, "realServers">,
  serviceName: string,
  check: (port?: Deferrable<number>) => DeepDeferrable<HealthChecks>,
): RealServer[] {
  const { upperThreshold, lowerThreshold, notify, extraLines } = options;
  const name = `${serviceName}-${plainName(server.node.id)}`;
  const model = {
    port: options.port ?? service.port,
    weight: options.weight ?? 1,
    forwardingMethod: server.forwardingMethod,
    ...(server.tunnel !== undefined && { tunnel: server.tunnel }),
    ...(upperThreshold !== undefined && { upperThreshold }),
    ...(lowerThreshold !== undefined && { lowerThreshold }),
    ...(extraLines !== undefined && { extraLines }),
    healthCheck: options.healthCheck === undefined ? check(options.port) : withScriptNames(options.healthCheck, name),
    ...(notify !== undefined && { notify: withUpDownNames(notify, name) }),
  };
  if (isList(server)) {
    const { addresses } = server;
    if ("item" in addresses) return [{ ...model, address: addresses.item, list: addresses }];
    return addresses.map((address) => ({ ...model, address }));
  }
  const { maintenanceSwitch } = server;
  const address = server.addressFor(service.vip);
  return [{ ...model, address, ...(maintenanceSwitch !== undefined && { maintenanceSwitch }) }];
}
