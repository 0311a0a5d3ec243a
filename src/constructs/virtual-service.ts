import { Construct } from "constructs";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { withScriptNames, type HealthChecks } from "../model/health-check/list";
import { directorNeedsProblems } from "../model/director-needs";
import { ownSorryServerProblems, unpreparedHostProblems } from "../model/own-hosts";
import type { Problem } from "../model/problem";
import { Protocol } from "../model/protocol";
import { serviceWarnings } from "../model/service-warnings";
import { replySources, type ReplySource } from "../model/return-path";
import { withNotifyNames, type UpDownPrograms } from "../model/service-notify";
import { realServersProblems, tableOwnerProblems } from "../model/service-rules";
import { TableOwner } from "../model/table-owner";
import type { SorryServerSettings } from "../model/sorry-server";
import type { ConnectionThresholds } from "../model/thresholds";
import {
  healthCheckOfServer,
  virtualService,
  type VirtualService as VirtualServiceModel,
} from "../model/virtual-service";
import { virtualServiceProblems, type VirtualServiceSettings } from "../model/virtual-service-settings";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { IDirector } from "./director-base";
import { nameInStack } from "./host-label";
import type { IVrrpInstance } from "./pair-instances";
import type { IRealServer } from "./real-server";
import { isList, realServers, unpreparedServers, type Member } from "./service-member";
import { isRealServer, sorryRealServerProblems, sorryServerSettings, type SorryRealServer } from "./sorry-server";
import { reportProblems, showWarnings } from "./synth-checks";
import type { UnmanagedRealServers } from "./unmanaged-real-servers";

/** Props of {@link VirtualService}. */
export interface VirtualServiceProps extends Omit<VirtualServiceSettings, "sorryServer"> {
  /** The director or pair that the service runs on. */
  readonly director: IDirector;
  /**
   * The VRRP instance of a pair that its VIP moves with.
   * @default - the instance that the pair is itself
   */
  readonly vrrpInstance?: IVrrpInstance;
  /**
   * Who answers when no real server is left: one of the real servers, or the address of a host that is prepared by
   * somebody else (keepalived: `sorry_server`).
   * @default - connections are refused then
   */
  readonly sorryServer?: SorryServerSettings | SorryRealServer;
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
   * Whether this real server stays in the table with weight 0 when it fails its check (keepalived:
   * `inhibit_on_failure`).
   * @default - as `inhibitOnFailure` of the service says
   */
  readonly inhibitOnFailure?: boolean;
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

/**
 * One address and port that clients connect to, and the real servers behind it (keepalived: `virtual_server`,
 * ipvsadm: `-A`).
 */
export class VirtualService extends Construct {
  /** The virtual IP address (VIP) that clients connect to. */
  public readonly vip: string;
  /** Further VIPs of the same family for the same real servers. */
  public readonly additionalVips: readonly string[];
  /** The port that clients connect to; undefined for all ports and for a firewall mark. */
  public readonly port: number | undefined;
  /** Transport protocol; of no effect where rules of your own set the firewall mark. */
  public readonly protocol: Protocol;
  /** @internal */
  public readonly vrrpInstance: IVrrpInstance | undefined;
  /**
   * What it was told, with stand-ins for tokens.
   * @internal
   */
  public readonly settings: DeepDeferrable<VirtualServiceSettings>;
  private readonly sorryProblems: readonly Problem[];
  /** @internal */
  public readonly director: IDirector;
  /** @internal */
  public readonly members: Member[] = [];
  /**
   * The sorry server, if a construct stands for it.
   * @internal
   */
  public readonly sorryRealServer: IRealServer | undefined;
  private keptModel: VirtualServiceModel | undefined;

  public constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id);
    const { director, vrrpInstance, sorryServer, ...others } = props;
    this.director = director;
    this.vrrpInstance = vrrpInstance;
    this.vip = props.vip;
    this.additionalVips = [...(props.additionalVips ?? [])];
    this.port = props.port;
    this.protocol = props.protocol ?? Protocol.TCP;
    const subject = `virtual service '${this.node.path}'`;
    this.sorryProblems = sorryRealServerProblems("sorryServer", sorryServer);
    this.sorryRealServer = isRealServer(sorryServer) ? sorryServer.server : undefined;
    const plain = sorryServer === undefined || isRealServer(sorryServer) ? others : { ...others, sorryServer };
    const settings = deferTokens<VirtualServiceSettings>(subject, plain);
    const sorry = isRealServer(sorryServer) ? sorryServerSettings(subject, sorryServer, settings.vip) : undefined;
    this.settings = withNotifyNames({ ...settings, ...(sorry && { sorryServer: sorry }) }, nameInStack(this));
    director.addService(this);
    if (this.sorryRealServer !== undefined) this.attach(this.sorryRealServer);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => (this.problems().length === 0 ? serviceWarnings(this.model(), director.tableOwner) : []));
  }

  /** Adds a real server; one may serve many services. */
  public addRealServer(server: IRealServer, options: RealServerOptions = {}): this {
    this.addMember(server, options);
    this.attach(server);
    return this;
  }

  /** Adds all real servers of a list, each with the same options. */
  public addRealServers(servers: UnmanagedRealServers, options: RealServerOptions = {}): this {
    this.addMember(servers, options);
    for (const host of this.director.hosts) host.forgetPlan();
    return this;
  }

  /** Real servers are ready before directors send to them, and stay so until they do no longer. */
  private attach(server: IRealServer): void {
    server.serve(this);
    for (const host of this.director.hosts) {
      host.forgetPlan();
      if (server.managedHost === undefined) continue;
      if (server.decommissioned) server.managedHost.decommissionAfter(host);
      else host.configureAfter(server.managedHost);
    }
  }

  /**
   * What a real server's replies come from; undefined when that is known to others only.
   * @internal
   */
  public replySources(server: IRealServer): readonly ReplySource[] | undefined {
    const ports = this.members.flatMap((one) => (one.server === server ? [one.options.port] : []));
    const all = this.sorryRealServer === server ? [...ports, this.settings.sorryServer?.port] : ports;
    const sources = all.map((port) => replySources(this.settings, port));
    return sources.includes(undefined) ? undefined : sources.flatMap((one) => one ?? []);
  }

  /**
   * Its real servers and its sorry server, apart from those of lists.
   * @internal
   */
  public get servers(): readonly IRealServer[] {
    const servers = this.members.flatMap(({ server }) => (isList(server) ? [] : [server]));
    return this.sorryRealServer === undefined ? servers : [...servers, this.sorryRealServer];
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
      ...this.sorryProblems,
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

  private addMember(server: Member["server"], options: RealServerOptions): void {
    const subject = `part of '${server.node.path}' in virtual service '${this.node.path}'`;
    this.members.push({ server, options: deferTokens(subject, options) });
    this.keptModel = undefined;
  }

  private instanceProblems(): Problem[] {
    const { vrrpInstance, director } = this;
    if (vrrpInstance === undefined || vrrpInstance.pair === director) return [];
    const message = `must be an instance of '${director.node.path}', got '${vrrpInstance.node.path}' of '${vrrpInstance.pair.node.path}'`;
    return [{ path: "vrrpInstance", message }];
  }

  private ownHostProblems(): Problem[] {
    const { director } = this;
    const own = { addresses: director.hostAddresses, localVips: director.localVips() };
    return [
      ...unpreparedHostProblems(unpreparedServers(this.members, this.settings.vip), own),
      ...ownSorryServerProblems(this.model(), own),
    ];
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
