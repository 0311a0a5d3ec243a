import type { Construct } from "constructs";
import { checkLoadWarnings } from "../model/check-warnings";
import { addressFamily, unicastProblems } from "../model/address";
import { bfdInstancesOf } from "../model/bfd";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { directorProblems, type DirectorConfig } from "../model/director";
import { directorSettingsProblems, keepalivedOnlyProblems, type DirectorSettings } from "../model/director-settings";
import type { DirectorSyncSettings } from "../model/connection-sync";
import { gatewayFor, takenGatewayProblems } from "../model/nat-gateway";
import { metricLabels, type MonitoredHost } from "../model/monitored-host";
import { repairProblems } from "../model/monitoring";
import { throwProblems, type Problem } from "../model/problem";
import { oneOfProblems } from "../model/rules";
import { loneSyncDaemon, loneSyncProblems } from "../model/sync-daemon";
import { TableOwner } from "../model/table-owner";
import { directorPlan } from "../provisioners/director-plan";
import { chosenSysctlsProblems } from "../provisioners/needed-sysctls";
import type { HostPlan } from "../provisioners/host-plan";
import { connectionProblems } from "../provisioners/ssh-connection";
import { manageHost } from "../provisioners/manage-host";
import type { ManagedHost } from "../provisioners/managed-host";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { DirectorBase } from "./director-base";
import { hostLabel, instanceTrigger, plainName } from "./host-label";
import type { DeliveryProps, HostProps } from "./host-props";
import { hostsWithMetrics, registerMonitored } from "./monitored-tree";
import { reportProblems, showWarnings } from "./synth-checks";
import { addressesOfServers } from "./taken-addresses";
import { registerHosts, sharedHostProblems } from "./tree-rules";

/** Props of {@link Director}. */
export interface DirectorProps extends HostProps, DirectorSettings, DeliveryProps {
  /**
   * Who writes the IPVS table.
   * @default TableOwner.KEEPALIVED
   */
  readonly tableOwner?: TableOwner;
  /**
   * Interface that gets the VIPs.
   * @default - none gets them: the host has them already
   */
  readonly vipInterface?: string;
  /**
   * Names the director in the log (keepalived: `router_id`).
   * @default - the id of the construct
   */
  readonly routerId?: string;
  /**
   * Synchronises connections with other directors, so that they can go on with them. All of them need the same services
   * and settings.
   * @default - no other director knows of its connections
   */
  readonly connectionSync?: DirectorSyncSettings;
}

/** One host that balances, without a partner: keepalived with health checks, or plain ipvsadm rules. */
export class Director extends DirectorBase {
  /** Its address in the network segment of the load balancer, IPv4 or IPv6. */
  public readonly address: string;
  public readonly addresses: readonly string[];
  public readonly tableOwner: TableOwner;
  /** @internal */
  public readonly hosts: readonly ManagedHost[];
  private readonly props: DeepDeferrable<Omit<DirectorProps, "delivery">>;

  public constructor(scope: Construct, id: string, props: DirectorProps) {
    super(scope, id);
    this.props = deferTokens(`director '${this.node.path}'`, props);
    this.address = props.address;
    this.addresses = [props.address];
    this.tableOwner = props.tableOwner ?? TableOwner.KEEPALIVED;
    this.hosts = [
      manageHost(this, "host", {
        role: "director",
        address: this.props.address,
        connection: this.props.connection,
        delivery: props.delivery ?? {},
        triggers: instanceTrigger(this.props),
        plan: () => this.plan(),
      }),
    ];
    registerHosts(this);
    registerMonitored(this);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => this.warnings());
  }

  /** @internal */
  public get hostAddresses(): readonly Deferrable<string>[] {
    return [this.props.address];
  }

  /** @internal */
  public gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined {
    const { natGateway, address } = this.props;
    if (natGateway !== undefined) return gatewayFor(natGateway, vip);
    return addressFamily(vip) === addressFamily(address) ? address : undefined;
  }

  /** @internal */
  public get settings(): DeepDeferrable<DirectorSettings> {
    return this.props;
  }

  /** @internal */
  public get vipInterface(): Deferrable<string> | undefined {
    return this.props.vipInterface;
  }

  /** @internal */
  public get ownHosts(): Readonly<Record<string, Deferrable<string>>> {
    return { address: this.props.address };
  }

  /** @internal */
  public get monitoredHosts(): readonly MonitoredHost[] {
    return hostsWithMetrics(this, this.props.monitoring, ["director"]);
  }

  private plan(): HostPlan {
    throwProblems(`director '${this.node.path}'`, this.allProblems(this.problems()));
    const { address, vipInterface, connectionSync } = this.props;
    const syncDaemon = loneSyncDaemon(connectionSync, vipInterface);
    const config: DirectorConfig = {
      routerId: this.routerId,
      tableOwner: this.tableOwner,
      ...(vipInterface !== undefined && { vipInterface }),
      bfdInstances: bfdInstancesOf(this.props.bfdInstances, address),
      services: this.serviceModels(),
      ...(syncDaemon !== undefined && { syncDaemon }),
      settings: this.props,
    };
    const labels = metricLabels({ construct: this.node.path, role: "director" });
    return directorPlan({ host: hostLabel(this, address), address, labels }, config);
  }

  private get routerId(): Deferrable<string> {
    return this.props.routerId ?? plainName(this.node.id);
  }

  private warnings(): string[] {
    return [
      ...(this.props.vipInterface === undefined
        ? [
            "vipInterface is not set: the host must have the VIPs already, or nobody answers for them; set it, and a deploy adds them",
          ]
        : []),
      ...checkLoadWarnings(this.serviceModels()),
    ];
  }

  private problems(): Problem[] {
    const services = this.serviceModels();
    const { connectionSync, vipInterface, ipvs } = this.props;
    return [
      ...unicastProblems("address", this.props.address),
      ...connectionProblems("connection", this.props.connection),
      ...oneOfProblems("tableOwner", this.props.tableOwner, Object.values(TableOwner)),
      ...directorProblems(this.props),
      ...directorSettingsProblems(this.props),
      ...takenGatewayProblems("natGateway", this.props.natGateway, addressesOfServers(this.addedServices())),
      ...keepalivedOnlyProblems(this.props, this.tableOwner),
      ...loneSyncProblems("connectionSync", connectionSync, vipInterface, { services, ipvs }),
      ...chosenSysctlsProblems({ services, settings: this.props }),
      ...repairProblems("monitoring", this.props.monitoring, this.tableOwner),
      ...sharedHostProblems(this),
      ...this.serviceProblems(),
      ...this.firewallProblems(this.props.firewall, connectionSync),
    ];
  }
}
