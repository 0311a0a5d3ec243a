import type { Construct } from "constructs";
import { bfdInstancesOf } from "../model/bfd";
import { checkLoadWarnings } from "../model/check-warnings";
import type { ConnectionSyncSettings } from "../model/connection-sync";
import { printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
import type { DirectorConfig } from "../model/director";
import type { ResourceUses } from "../model/director-resources";
import { directorSettingsProblems, type DirectorSettings } from "../model/director-settings";
import { metricLabels, type MonitoredHost } from "../model/monitored-host";
import { repairProblems } from "../model/monitoring";
import { gatewayFor } from "../model/nat-gateway";
import type { PairSettings } from "../model/pair-settings";
import { throwProblems, type Problem } from "../model/problem";
import { pairSyncDaemon, pairSyncProblems, type SyncDaemon } from "../model/sync-daemon";
import { TableOwner } from "../model/table-owner";
import type { VrrpSettings } from "../model/vrrp";
import { ownAddresses, type DirectorId, type PairDirector } from "../model/vrrp-directors";
import { vrrpOn } from "../model/vrrp-group";
import { vrrpResourceUses } from "../model/vrrp-names";
import { learningSeconds } from "../model/vrrp-timing";
import { directorPlan } from "../provisioners/director-plan";
import { chosenSysctlsProblems } from "../provisioners/needed-sysctls";
import type { HostPlan } from "../provisioners/host-plan";
import { connectionProblems } from "../provisioners/ssh-connection";
import { manageHost } from "../provisioners/manage-host";
import type { Delivery, ManagedHost } from "../provisioners/managed-host";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { SecretValue } from "./authentication";
import { DirectorBase } from "./director-base";
import { hostLabel, instanceTrigger, plainName } from "./host-label";
import type { DeliveryProps, HostProps } from "./host-props";
import { hostsWithMetrics, registerMonitored } from "./monitored-tree";
import { instanceProblems, otherProblems, pairProblems } from "./pair-rules";
import { PairInstances, type IVrrpInstance } from "./pair-instances";
import { reportProblems, showWarnings } from "./synth-checks";
import { registerHosts, registerRouter, sharedHostProblems, sharedRouterIdProblems } from "./tree-rules";

/** Props of {@link HaPair}. */
export interface HaPairProps extends VrrpSettings, PairSettings, DirectorSettings, DeliveryProps {
  /** The director that holds the VIPs of the pair while all is well (priority 150, see `priorities`). */
  readonly primary: HostProps;
  /** The director that takes over (priority 100). */
  readonly secondary: HostProps;
  /**
   * Directors that take over when the others are gone, in this order (priorities 90, 80 and so on); at most 9.
   * @default - none: two directors
   */
  readonly furtherBackups?: readonly HostProps[];
  /**
   * Network interface that carries the VRRP adverts, and the VIPs if `vipInterface` names no other; the same on all
   * directors (keepalived: `interface`).
   */
  readonly interface: string;
  /**
   * VRRP password, 1 to 8 printable ASCII characters without space, quote or backslash; VRRP version 2 only. A sensitive
   * TerraformVariable, or a token (keepalived: `auth_pass`).
   * @default - adverts carry no password
   */
  readonly authentication?: SecretValue;
  /**
   * Change it with a password, which no plan can show: hosts are configured again when it changes.
   * @default - none
   */
  readonly authenticationVersion?: string;
  /**
   * The director that works tells the other of its connections, which go on after a failover; false turns that off.
   * With services in VRRP instances that fail over apart, all of them tell each other. It cannot be with tunnel real
   * servers of another address family than the VIP, nor with such a sorry server.
   * @default - on where it is possible, over the interface of the pair
   */
  readonly connectionSync?: false | ConnectionSyncSettings;
}

type Props = Omit<HaPairProps, "delivery" | "authentication">;

interface DirectorHost extends PairDirector {
  /** Of its construct, and in its name. */
  readonly id: DirectorId;
  readonly props: DeepDeferrable<HostProps>;
}

/**
 * Directors that share their VIPs by VRRP. All are made from one definition: the same services, the same settings. The
 * pair is a VRRP instance itself, and may have more of them ({@link VrrpInstance}).
 */
export class HaPair extends DirectorBase implements IVrrpInstance {
  public readonly tableOwner = TableOwner.KEEPALIVED;
  public readonly pair: HaPair = this;
  /** Network interface that carries the VRRP adverts. */
  public readonly interface: string;
  /** Number of the VRRP instance that the pair is itself (VRID). */
  public readonly virtualRouterId: number;
  public readonly addresses: readonly string[];
  /** @internal */
  public readonly hosts: readonly ManagedHost[];
  /** @internal */
  public readonly vrrp: PairInstances;
  private readonly props: DeepDeferrable<Props>;
  private readonly directors: readonly DirectorHost[];

  public constructor(scope: Construct, id: string, props: HaPairProps) {
    super(scope, id);
    const { authentication, delivery = {}, ...settings } = props;
    this.interface = props.interface;
    this.virtualRouterId = props.virtualRouterId;
    this.addresses = [props.primary, props.secondary, ...(props.furtherBackups ?? [])].map(({ address }) => address);
    this.props = deferTokens<Props>(`pair '${this.node.path}'`, settings);
    this.directors = directorHosts(this.props);
    const hosts = this.directors.map((director) => this.manage(director, delivery));
    // The backups first: if one fails, the master goes on as it is.
    hosts.forEach((host, index) => hosts.slice(index + 1, index + 2).forEach((backup) => host.configureAfter(backup)));
    this.hosts = hosts.reverse();
    this.vrrp = new PairInstances({
      directors: this.directors,
      hosts: this.hosts,
      settings: this.props,
      services: () => this.addedServices(),
      learningSeconds: () => this.learningSeconds(),
    });
    this.vrrp.add({ construct: this, settings: this.props, authentication });
    registerHosts(this);
    const { virtualRouterId, directorAddresses = this.hostAddresses } = this.props;
    registerRouter({ construct: this, virtualRouterId, advertAddresses: directorAddresses });
    registerMonitored(this);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => this.warnings());
  }

  /** @internal */
  public get hostAddresses(): readonly Deferrable<string>[] {
    return this.directors.map(({ address }) => address);
  }

  /** @internal */
  public gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined {
    return gatewayFor(this.props.natGateway, vip);
  }

  /** @internal */
  public get settings(): DeepDeferrable<DirectorSettings> {
    return this.props;
  }

  /** @internal */
  public get ownHosts(): Readonly<Record<string, Deferrable<string>>> {
    return Object.fromEntries(ownAddresses(this.directors).map(({ path, address }) => [path, address]));
  }

  /** @internal */
  public get monitoredHosts(): readonly MonitoredHost[] {
    const roles = this.directors.map(({ id }) => id);
    return hostsWithMetrics(this, this.props.monitoring, roles);
  }

  private manage(director: DirectorHost, delivery: Delivery): ManagedHost {
    const { address, connection } = director.props;
    return manageHost(this, director.id, {
      role: "director",
      address,
      connection,
      delivery,
      triggers: { ...instanceTrigger(director.props), ...this.authenticationTrigger() },
      plan: () => this.plan(director),
    });
  }

  private plan({ id, prop, address }: DirectorHost): HostPlan {
    throwProblems(`pair '${this.node.path}'`, this.allProblems([...this.problems(), ...otherProblems(this.vrrp)]));
    const vrrp = vrrpOn(prop, this.vrrp.define());
    const syncDaemon = this.syncDaemon();
    const config: DirectorConfig = {
      routerId: plainName(`${this.node.id}-${id}`),
      tableOwner: this.tableOwner,
      vrrp,
      bfdInstances: bfdInstancesOf([...(this.props.bfdInstances ?? []), ...vrrp.sessions], address),
      services: this.serviceModels(),
      localVips: this.localVips(),
      ...(syncDaemon !== undefined && { syncDaemon }),
      settings: this.props,
    };
    const labels = metricLabels({ construct: this.node.path, role: id });
    return directorPlan({ host: `${hostLabel(this, address)}, ${id}`, address, labels }, config);
  }

  private authenticationTrigger(): Record<string, string> {
    const { authenticationVersion } = this.props;
    return authenticationVersion === undefined ? {} : { authentication_version: printed(authenticationVersion) };
  }

  private syncDaemon(): SyncDaemon | undefined {
    return pairSyncDaemon(this.props.connectionSync, this.props, this.serviceModels(), this.vrrp.servingApart());
  }

  private learningSeconds(): number | undefined {
    const daemon = this.syncDaemon();
    return daemon && learningSeconds(daemon.settings.refreshPeriodSeconds);
  }

  private problems(): Problem[] {
    const { connectionSync, ipvs } = this.props;
    const config = { services: this.serviceModels(), localVips: this.localVips() };
    return [
      ...instanceProblems(this.vrrp, this),
      ...this.directors.flatMap(({ prop, props }) => connectionProblems(`${prop}.connection`, props.connection)),
      ...directorSettingsProblems(this.props),
      ...pairSyncProblems("connectionSync", connectionSync, { ...config, ipvs, instances: this.vrrp.servingApart() }),
      ...chosenSysctlsProblems({ ...config, settings: this.props }),
      ...repairProblems("monitoring", this.props.monitoring, this.tableOwner),
      ...sharedHostProblems(this),
      ...sharedRouterIdProblems(this),
      ...this.serviceProblems(),
      ...this.firewallProblems(this.props.firewall, connectionSync),
      ...pairProblems(this.vrrp),
    ];
  }

  /** @internal */
  protected override resourceUses(): ResourceUses {
    return vrrpResourceUses(this.vrrp.define());
  }

  private warnings(): string[] {
    return [
      ...(this.vrrp.vipsOf(this).length > 0
        ? []
        : ["holds no VIP: all virtual services name other instances; leave vrrpInstance out of one"]),
      ...checkLoadWarnings(this.serviceModels()),
    ];
  }
}

function directorHosts({ primary, secondary, furtherBackups = [] }: DeepDeferrable<Props>): DirectorHost[] {
  return [
    { prop: "primary", id: "primary", address: primary.address, props: primary },
    { prop: "secondary", id: "secondary", address: secondary.address, props: secondary },
    ...furtherBackups.map((props, index): DirectorHost => {
      return { prop: `furtherBackups[${index}]`, id: `further-backup-${index}`, address: props.address, props };
    }),
  ];
}
