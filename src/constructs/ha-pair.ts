import type { Construct } from "constructs";
import { addressFamily, canonicalAddress } from "../model/address";
import { printed, sameValue, type DeepDeferrable, type Deferrable } from "../model/deferred";
import { vipsOf, type DirectorConfig } from "../model/director";
import type { ConnectionSyncSettings } from "../model/connection-sync";
import { directorSettingsProblems, type DirectorSettings } from "../model/director-settings";
import { gatewayAddresses, gatewayFor } from "../model/nat-gateway";
import { metricLabels, type MonitoredHost } from "../model/monitored-host";
import { repairProblems } from "../model/monitoring";
import { throwProblems, type Problem } from "../model/problem";
import { pairSyncDaemon, pairSyncProblems } from "../model/sync-daemon";
import { TableOwner } from "../model/table-owner";
import { anchorAddress, vrrpProblems, vrrpVersion, type VrrpInstance, type VrrpSettings } from "../model/vrrp";
import { pairVipsProblems, vrrpPairProblems, type DirectorAddresses } from "../model/vrrp-pair";
import { directorPlan } from "../provisioners/director-plan";
import { chosenSysctlsProblems } from "../provisioners/needed-sysctls";
import type { HostPlan } from "../provisioners/host-plan";
import { connectionProblems } from "../provisioners/ssh-connection";
import { manageHost } from "../provisioners/manage-host";
import type { ManagedHost } from "../provisioners/managed-host";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { PASSWORD_PLACEHOLDER, secretProblems, secretText, type SecretValue } from "./authentication";
import { DirectorBase } from "./director-base";
import { hostLabel, instanceTrigger, plainName } from "./host-label";
import type { DeliveryProps, HostProps } from "./host-props";
import { hostsWithMetrics, registerMonitored, type MonitoredConstruct } from "./monitored-tree";
import { reportProblems } from "./synth-checks";
import {
  registerHosts,
  registerRouter,
  sharedHostProblems,
  sharedRouterIdProblems,
  type RouterIdOwner,
} from "./tree-rules";

export interface HaPairProps extends VrrpSettings, DirectorSettings, DeliveryProps {
  /** The director that holds the VIPs while all is well (priority 150). */
  readonly primary: HostProps;
  /** The director that takes over (priority 100). */
  readonly secondary: HostProps;
  /**
   * VRRP password, 1 to 8 printable ASCII characters without space, quote or backslash; VRRP version 2 only. A sensitive
   * TerraformVariable, or a token (keepalived: `auth_pass`).
   * @default - adverts carry no password
   */
  readonly authentication?: SecretValue;
  /**
   * Change it with the password, which no plan can show: hosts are configured again when it changes.
   * @default - none
   */
  readonly authenticationVersion?: string;
  /**
   * The director that works tells the other of its connections, which go on after a failover; false turns that off. It
   * cannot be with tunnel real servers of another address family than the VIP.
   * @default - on where it is possible, over the interface of the pair
   */
  readonly connectionSync?: false | ConnectionSyncSettings;
}

type Side = "primary" | "secondary";

const PRIORITY: Record<Side, number> = { primary: 150, secondary: 100 };

/**
 * Two directors that share their VIPs by VRRP. Both are made from one definition: the same services, the same
 * settings.
 */
export class HaPair extends DirectorBase implements RouterIdOwner, MonitoredConstruct {
  public readonly tableOwner = TableOwner.KEEPALIVED;
  public readonly hosts: readonly ManagedHost[];
  private readonly props: DeepDeferrable<Omit<HaPairProps, "delivery" | "authentication">>;
  private readonly authentication: SecretValue | undefined;

  public constructor(scope: Construct, id: string, props: HaPairProps) {
    super(scope, id);
    const { authentication, delivery = {}, ...settings } = props;
    this.authentication = authentication;
    this.props = deferTokens<Omit<HaPairProps, "delivery" | "authentication">>(settings);
    const host = (side: Side): ManagedHost =>
      manageHost(this, side, {
        role: "director",
        address: this.props[side].address,
        connection: this.props[side].connection,
        delivery,
        ...(authentication !== undefined && { secret: secretText(authentication) }),
        triggers: { ...instanceTrigger(this.props[side]), ...this.authenticationTrigger() },
        plan: () => this.plan(side),
      });
    const secondary = host("secondary");
    const primary = host("primary");
    // The backup first: if it fails, the master goes on as it is.
    primary.configureAfter(secondary);
    this.hosts = [secondary, primary];
    registerHosts(this);
    registerRouter(this);
    registerMonitored(this);
    reportProblems(this, () => this.problems());
  }

  public get addresses(): readonly Deferrable<string>[] {
    return [this.props.primary.address, this.props.secondary.address];
  }

  public gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined {
    return gatewayFor(this.props.natGateway, vip);
  }

  public get ownHosts(): Readonly<Record<string, Deferrable<string>>> {
    return { "primary.address": this.props.primary.address, "secondary.address": this.props.secondary.address };
  }

  public get virtualRouterId(): Deferrable<number> {
    return this.props.virtualRouterId;
  }

  public get monitoredHosts(): readonly MonitoredHost[] {
    return hostsWithMetrics(this, this.props.monitoring, ["primary", "secondary"]);
  }

  private plan(side: Side): HostPlan {
    throwProblems(`pair '${this.node.path}'`, this.allProblems(this.problems()));
    const services = this.serviceModels();
    const syncDaemon = pairSyncDaemon(this.props.connectionSync, this.props, services);
    const config: DirectorConfig = {
      routerId: plainName(`${this.node.id}-${side}`),
      tableOwner: this.tableOwner,
      vrrp: this.vrrpInstance(side, vipsOf(services)),
      services,
      localVips: this.localVips(),
      ...(syncDaemon !== undefined && { syncDaemon }),
      settings: this.props,
    };
    const { address } = this.props[side];
    const labels = metricLabels({ construct: this.node.path, role: side });
    return directorPlan({ host: `${hostLabel(this, address)}, ${side}`, address, labels }, config);
  }

  private vrrpInstance(side: Side, vips: readonly Deferrable<string>[]): VrrpInstance {
    const { preempt = true, trackInterfaces = [], gratuitousArp = {}, extraLines } = this.props;
    const peer = side === "primary" ? "secondary" : "primary";
    return {
      name: plainName(this.node.id),
      // keepalived lets only a BACKUP leave the VIPs where they are.
      initialState: preempt && side === "primary" ? "MASTER" : "BACKUP",
      priority: PRIORITY[side],
      interface: this.props.interface,
      virtualRouterId: this.props.virtualRouterId as number,
      advertIntervalSeconds: this.advertIntervalSeconds,
      version: this.version,
      preempt,
      sourceAddress: canonicalAddress(this.props[side].address),
      peers: [canonicalAddress(this.props[peer].address)],
      ...(this.authentication !== undefined && { authentication: { placeholder: PASSWORD_PLACEHOLDER } }),
      trackInterfaces: withGatewayInterface(trackInterfaces, this.props),
      gratuitousArp,
      ...(extraLines !== undefined && { extraLines }),
      anchor: anchorAddress(this.props.virtualRouterId as number, addressFamily(this.familyAddress)),
      vips: [
        ...vips.map((address) => ({ address, device: this.props.interface })),
        ...gatewayAddresses(this.props.natGateway),
      ],
    };
  }

  private get advertIntervalSeconds(): number {
    return (this.props.advertIntervalSeconds ?? 1) as number;
  }

  private get version(): 2 | 3 {
    return vrrpVersion(this.advertIntervalSeconds, addressFamily(this.familyAddress));
  }

  /** An address that tells the family of both, if one is known. */
  private get familyAddress(): Deferrable<string> {
    const { primary, secondary } = this.pairAddresses;
    return addressFamily(primary) === undefined ? secondary : primary;
  }

  private get pairAddresses(): DirectorAddresses {
    return { primary: this.props.primary.address, secondary: this.props.secondary.address };
  }

  private authenticationTrigger(): Record<string, string> {
    const { authenticationVersion } = this.props;
    return authenticationVersion === undefined ? {} : { authentication_version: printed(authenticationVersion) };
  }

  private problems(): Problem[] {
    const { primary, secondary } = this.pairAddresses;
    const { connectionSync, ipvs } = this.props;
    const config = { services: this.serviceModels(), localVips: this.localVips() };
    return [
      ...vrrpProblems(this.props, [primary, secondary]),
      ...vrrpPairProblems(this.pairAddresses, {
        version: this.version,
        authenticated: this.authentication !== undefined,
      }),
      ...secretProblems("authentication", this.authentication),
      ...connectionProblems("primary.connection", this.props.primary.connection),
      ...connectionProblems("secondary.connection", this.props.secondary.connection),
      ...directorSettingsProblems(this.props),
      ...pairSyncProblems("connectionSync", connectionSync, { ...config, ipvs }),
      ...chosenSysctlsProblems({ ...config, settings: this.props }),
      ...repairProblems("monitoring", this.props.monitoring, this.tableOwner),
      ...sharedHostProblems(this),
      ...sharedRouterIdProblems(this),
      ...this.serviceProblems(),
      ...pairVipsProblems(this.pairAddresses, vipsOf(this.serviceModels())),
    ];
  }
}

/** A director that no longer reaches the real servers must give up the VIPs. */
function withGatewayInterface(
  tracked: readonly Deferrable<string>[],
  { interface: own, natGateway }: DeepDeferrable<VrrpSettings & DirectorSettings>,
): readonly Deferrable<string>[] {
  if (natGateway === undefined) return tracked;
  const inside = natGateway.interface;
  return sameValue(inside, own) || tracked.some((name) => sameValue(name, inside)) ? tracked : [...tracked, inside];
}
