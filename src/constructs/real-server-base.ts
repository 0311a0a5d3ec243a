import { Construct } from "constructs";
import { addressFamily, unicastProblems } from "../model/address";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { vipsOf } from "../model/director";
import { extraFilesProblems, type ExtraFile } from "../model/escape-hatch";
import type { ForwardingMethod } from "../model/forwarding-method";
import { metricLabels, type MonitoredHost } from "../model/monitored-host";
import { monitoringProblems, type HostMonitoringSettings } from "../model/monitoring";
import { throwProblems, type Problem } from "../model/problem";
import { shown } from "../model/rules";
import { tuningProblems, type TuningSettings } from "../model/tuning";
import type { HostPlan } from "../provisioners/host-plan";
import { manageHost } from "../provisioners/manage-host";
import type { ManagedHost } from "../provisioners/managed-host";
import { extraFilesPart } from "../provisioners/parts/extra-files";
import { monitoringPart } from "../provisioners/parts/monitoring";
import { realServerTuningPart } from "../provisioners/parts/tuning";
import { joinParts, type PlanPart } from "../provisioners/plan-part";
import { realServerPlan } from "../provisioners/real-server-plan";
import { connectionProblems } from "../provisioners/ssh-connection";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { hostLabel, instanceTrigger } from "./host-label";
import type { DeliveryProps, HostProps } from "./host-props";
import type { LIBRARY_CONSTRUCT } from "./library-construct";
import { hostsWithMetrics, registerMonitored } from "./monitored-tree";
import { maintenanceSwitchName, type IRealServer, type MaintenanceProps } from "./real-server";
import { reportProblems, showWarnings } from "./synth-checks";
import { registerHosts, sharedHostProblems, sharedSwitchProblems } from "./tree-rules";
import type { VirtualService } from "./virtual-service";

/** Props of every real server whose host is configured. */
export interface RealServerProps extends HostProps, DeliveryProps, MaintenanceProps {
  /**
   * A further address of the host, for services whose VIP is IPv6 when `address` is IPv4.
   * @default - it serves VIPs of the family of `address` only; of both when it is reached through a tunnel
   */
  readonly ipv6Address?: string;
  /**
   * Takes the real server out of every service, waits for its connections, and then cleans its host. Deploy with it
   * once before you delete the construct: Terraform runs nothing on a host whose construct is gone.
   * @default false
   */
  readonly decommission?: boolean;
  /**
   * Files of your own on the host.
   * @default - none
   */
  readonly extraFiles?: readonly ExtraFile[];
  /**
   * Kernel settings of the host.
   * @default - nothing but what the work of a real server needs
   */
  readonly tuning?: TuningSettings;
  /**
   * A timer that compares the host with its last deploy, and tells the journal and Prometheus what it finds.
   * @default - nothing looks at the host between deploys
   */
  readonly monitoring?: HostMonitoringSettings;
}

/** What real servers of all forwarding methods have in common. */
export abstract class RealServerBase extends Construct implements IRealServer {
  /** @hidden */
  declare public readonly [LIBRARY_CONSTRUCT]: true;
  /** Its address in the network segment of the load balancer, IPv4 or IPv6. */
  public readonly address: string;
  /** A further address of its host, for services whose VIP is IPv6, if it has one. */
  public readonly ipv6Address: string | undefined;
  /** How directors hand packets to it. */
  public abstract readonly forwardingMethod: ForwardingMethod;
  /** Whether it is on its way out: no longer in any service, then cleaned. */
  public readonly decommissioned: boolean;
  /** Name of its maintenance switch on the directors, if it has one. */
  public readonly maintenanceSwitch: string | undefined;
  /** @internal */
  public readonly managedHost: ManagedHost;
  /** @internal */
  protected readonly props: DeepDeferrable<Omit<RealServerProps, "delivery">>;
  /** @internal */
  protected readonly services: VirtualService[] = [];

  public constructor(scope: Construct, id: string, props: RealServerProps) {
    super(scope, id);
    const { delivery = {}, ...others } = props;
    this.props = deferTokens<Omit<RealServerProps, "delivery">>(`real server '${this.node.path}'`, others);
    this.address = props.address;
    this.ipv6Address = props.ipv6Address;
    this.decommissioned = props.decommission ?? false;
    this.maintenanceSwitch = maintenanceSwitchName(this, props);
    this.managedHost = manageHost(this, "host", {
      role: "real-server",
      address: this.props.address,
      connection: this.props.connection,
      delivery,
      triggers: instanceTrigger(this.props),
      decommission: this.decommissioned,
      plan: () => this.plan(),
    });
    registerHosts(this);
    registerMonitored(this);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => this.warnings());
  }

  /** @internal */
  public serve(service: VirtualService): void {
    // It may have several parts in one.
    if (!this.services.includes(service)) this.services.push(service);
    this.managedHost.forgetPlan();
  }

  /** @internal */
  public addressFor(vip: Deferrable<string>): Deferrable<string> {
    const { address, ipv6Address } = this.props;
    return ipv6Address !== undefined && addressFamily(vip) === "IPv6" ? ipv6Address : address;
  }

  /** @internal */
  public get ownHosts(): Readonly<Record<string, Deferrable<string>>> {
    const { address, ipv6Address } = this.props;
    return { address, ...(ipv6Address !== undefined && { ipv6Address }) };
  }

  /** @internal */
  public get monitoredHosts(): readonly MonitoredHost[] {
    return this.decommissioned ? [] : hostsWithMetrics(this, this.props.monitoring, ["real-server"]);
  }

  /**
   * What its host gets for the VIPs of its services.
   * @internal
   */
  protected abstract parts(vips: readonly Deferrable<string>[]): PlanPart[];

  /**
   * Problems of what only this forwarding method has.
   * @internal
   */
  protected methodProblems(): Problem[] {
    return [];
  }

  private plan(): HostPlan {
    throwProblems(`real server '${this.node.path}'`, this.problems());
    const { address, tuning, extraFiles, monitoring } = this.props;
    const labels = metricLabels({ construct: this.node.path, role: "real-server" });
    return realServerPlan({ host: hostLabel(this, address), address }, [
      realServerTuningPart(tuning),
      ...this.workParts(),
      extraFilesPart(extraFiles),
      monitoringPart(monitoring, { role: "real-server", labels }),
    ]);
  }

  private workParts(): PlanPart[] {
    return this.parts(vipsOf(this.services.map(({ settings }) => settings)));
  }

  private problems(): Problem[] {
    const problems = this.ownProblems();
    const { tuning } = this.props;
    if (tuning === undefined) return problems;
    // Nothing can be planned from what is wrong.
    const needed = problems.length > 0 ? [] : joinParts(this.workParts()).sysctls;
    return [...problems, ...tuningProblems("tuning", tuning, needed)];
  }

  private ownProblems(): Problem[] {
    return [
      ...unicastProblems("address", this.props.address),
      ...unicastProblems("ipv6Address", this.props.ipv6Address),
      ...ipv6Problems("ipv6Address", this.props.ipv6Address),
      ...connectionProblems("connection", this.props.connection),
      ...extraFilesProblems("extraFiles", this.props.extraFiles),
      ...this.methodProblems(),
      ...monitoringProblems("monitoring", this.props.monitoring),
      ...sharedHostProblems(this),
      ...sharedSwitchProblems(this, this.maintenanceSwitch),
    ];
  }

  private warnings(): string[] {
    if (this.services.length > 0 || this.decommissioned) return [];
    return ["serves no virtual service: its host gets no VIP; pass it to addRealServer()"];
  }
}

export function ipv6Problems(path: string, address: Deferrable<string> | undefined): Problem[] {
  if (address === undefined || addressFamily(address) !== "IPv4") return [];
  return [{ path, message: `must be an IPv6 address, got ${shown(address)}` }];
}
