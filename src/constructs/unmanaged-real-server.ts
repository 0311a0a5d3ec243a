import { Construct } from "constructs";
import { addressFamily, unicastProblems } from "../model/address";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { oneOfProblems } from "../model/rules";
import { tunnel, tunnelProblems, type Tunnel, type TunnelSettings } from "../model/tunnel";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { ipv6Problems } from "./real-server-base";
import { maintenanceSwitchName, type IRealServer, type MaintenanceProps } from "./real-server";
import { reportProblems } from "./synth-checks";
import { sharedSwitchProblems } from "./tree-rules";

export interface UnmanagedRealServerProps extends MaintenanceProps {
  /** Its address, IPv4 or IPv6. */
  readonly address: string;
  /**
   * A further address of the host, for services whose VIP is IPv6 when `address` is IPv4.
   * @default - none
   */
  readonly ipv6Address?: string;
  /**
   * How directors hand it packets. Whoever manages the host must have prepared it for that: the VIP on its loopback and
   * hidden from ARP (DR, TUN), a device that unpacks (TUN), a way back through the director (NAT).
   * @default ForwardingMethod.DR
   */
  readonly forwardingMethod?: ForwardingMethod;
  /**
   * What packets travel in; for ForwardingMethod.TUN only.
   * @default - IP in IP
   */
  readonly tunnel?: TunnelSettings;
}

/** A real server that somebody else manages: directors send to it, and nothing is done on its host. */
export class UnmanagedRealServer extends Construct implements IRealServer {
  public readonly forwardingMethod: ForwardingMethod;
  public readonly tunnel?: Tunnel;
  public readonly decommissioned = false;
  public readonly maintenanceSwitch: string | undefined;
  private readonly props: DeepDeferrable<UnmanagedRealServerProps>;

  public constructor(scope: Construct, id: string, props: UnmanagedRealServerProps) {
    super(scope, id);
    this.props = deferTokens(props);
    this.maintenanceSwitch = maintenanceSwitchName(this, props);
    this.forwardingMethod = props.forwardingMethod ?? ForwardingMethod.DR;
    if (this.forwardingMethod === ForwardingMethod.TUN) this.tunnel = tunnel(this.props.tunnel ?? {});
    reportProblems(this, () => this.problems());
  }

  public addressFor(vip: Deferrable<string>): Deferrable<string> {
    const { address, ipv6Address } = this.props;
    return ipv6Address !== undefined && addressFamily(vip) === "IPv6" ? ipv6Address : address;
  }

  public serve(): void {
    // Nothing on its host depends on its services.
  }

  private problems(): Problem[] {
    return [
      ...unicastProblems("address", this.props.address),
      ...unicastProblems("ipv6Address", this.props.ipv6Address),
      ...ipv6Problems("ipv6Address", this.props.ipv6Address),
      ...oneOfProblems("forwardingMethod", this.props.forwardingMethod, Object.values(ForwardingMethod)),
      ...this.tunnelProblems(),
      ...sharedSwitchProblems(this, this.maintenanceSwitch),
    ];
  }

  private tunnelProblems(): Problem[] {
    if (this.props.tunnel === undefined) return [];
    if (this.forwardingMethod === ForwardingMethod.TUN) return tunnelProblems("tunnel", this.props.tunnel);
    const message = `must be set for tunneling only, got forwardingMethod ${this.forwardingMethod}; leave it out`;
    return [{ path: "tunnel", message }];
  }
}
