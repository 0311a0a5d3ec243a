import { Construct } from "constructs";
import { addressFamily, unicastProblems } from "../model/address";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { vipsOf } from "../model/director";
import { ForwardingMethod } from "../model/forwarding-method";
import { throwProblems, type Problem } from "../model/problem";
import { shown } from "../model/rules";
import type { HostPlan } from "../provisioners/host-plan";
import { drRealServerPlan } from "../provisioners/real-server-plan";
import { connectionProblems } from "../provisioners/ssh-connection";
import { manageHost } from "../provisioners/manage-host";
import type { ManagedHost } from "../provisioners/managed-host";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { hostLabel, instanceTrigger } from "./host-label";
import type { DeliveryProps, HostProps } from "./host-props";
import type { IRealServer } from "./real-server";
import { reportProblems, showWarnings } from "./synth-checks";
import { registerHosts, sharedHostProblems, type HostOwner } from "./tree-rules";
import type { VirtualService } from "./virtual-service";

export interface DrRealServerProps extends HostProps, DeliveryProps {
  /**
   * A further address of the host, for services whose VIP is IPv6 when `address` is IPv4.
   * @default - it serves VIPs of the family of `address` only
   */
  readonly ipv6Address?: string;
  /**
   * Takes the real server out of every service, waits for its connections, and then cleans its host. Deploy with it
   * once before you delete the construct: Terraform runs nothing on a host whose construct is gone.
   * @default false
   */
  readonly decommission?: boolean;
}

/**
 * A real server under direct routing: the VIPs of its services are on its loopback, hidden from ARP, and replies go
 * straight to the client. It must be in the network segment of the directors.
 */
export class DrRealServer extends Construct implements IRealServer, HostOwner {
  public readonly forwardingMethod = ForwardingMethod.DR;
  public readonly decommissioned: boolean;
  public readonly host: ManagedHost;
  private readonly props: DeepDeferrable<Omit<DrRealServerProps, "delivery">>;
  private readonly services: VirtualService[] = [];

  public constructor(scope: Construct, id: string, props: DrRealServerProps) {
    super(scope, id);
    this.props = deferTokens<Omit<DrRealServerProps, "delivery">>(props);
    this.decommissioned = props.decommission ?? false;
    this.host = manageHost(this, "host", {
      role: "real-server",
      address: this.props.address,
      connection: this.props.connection,
      delivery: props.delivery ?? {},
      triggers: instanceTrigger(this.props),
      decommission: this.decommissioned,
      plan: () => this.plan(),
    });
    registerHosts(this);
    reportProblems(this, () => this.problems());
    showWarnings(this, () => this.warnings());
  }

  public serve(service: VirtualService): void {
    this.services.push(service);
    this.host.forgetPlan();
  }

  public addressFor(vip: Deferrable<string>): Deferrable<string> {
    const { address, ipv6Address } = this.props;
    return ipv6Address !== undefined && addressFamily(vip) === "IPv6" ? ipv6Address : address;
  }

  public get ownHosts(): Readonly<Record<string, Deferrable<string>>> {
    const { address, ipv6Address } = this.props;
    return { address, ...(ipv6Address !== undefined && { ipv6Address }) };
  }

  private plan(): HostPlan {
    throwProblems(`real server '${this.node.path}'`, this.problems());
    const { address } = this.props;
    return drRealServerPlan({ host: hostLabel(this, address), address, vips: vipsOf(this.services) });
  }

  private problems(): Problem[] {
    return [
      ...unicastProblems("address", this.props.address),
      ...unicastProblems("ipv6Address", this.props.ipv6Address),
      ...ipv6Problems("ipv6Address", this.props.ipv6Address),
      ...connectionProblems("connection", this.props.connection),
      ...sharedHostProblems(this),
    ];
  }

  private warnings(): string[] {
    if (this.services.length > 0 || this.decommissioned) return [];
    return ["serves no virtual service: its host gets no VIP"];
  }
}

function ipv6Problems(path: string, address: Deferrable<string> | undefined): Problem[] {
  if (address === undefined || addressFamily(address) !== "IPv4") return [];
  return [{ path, message: `must be an IPv6 address, got ${shown(address)}` }];
}
