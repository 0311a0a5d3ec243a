import { Construct } from "constructs";
import { addressFamily, unicastProblems } from "../model/address";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { oneOfProblems } from "../model/rules";
import { tunnel, tunnelProblems, type Tunnel, type TunnelSettings } from "../model/tunnel";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { LIBRARY_CONSTRUCT } from "./library-construct";
import { ipv6Problems } from "./real-server-base";
import { maintenanceSwitchName, type IRealServer, type MaintenanceProps } from "./real-server";
import { reportProblems } from "./synth-checks";
import { sharedSwitchProblems } from "./tree-rules";

/** How directors reach real servers that somebody else manages. */
export interface UnmanagedForwarding {
  /**
   * How directors hand packets to it. Whoever manages the host must have prepared it for that: the VIP on its loopback
   * and hidden from ARP (DR, TUN), a device that unpacks (TUN), a way back through the director (NAT).
   * @default ForwardingMethod.DR
   */
  readonly forwardingMethod?: ForwardingMethod;
  /**
   * What packets travel in; for ForwardingMethod.TUN only.
   * @default - IP in IP
   */
  readonly tunnel?: TunnelSettings;
}

/** Props of {@link UnmanagedRealServer}. */
export interface UnmanagedRealServerProps extends MaintenanceProps, UnmanagedForwarding {
  /** Its address, IPv4 or IPv6. */
  readonly address: string;
  /**
   * A further address of the host, for services whose VIP is IPv6 when `address` is IPv4.
   * @default - none
   */
  readonly ipv6Address?: string;
}

/** A real server that somebody else manages: directors send to it, and nothing is done on its host. */
export class UnmanagedRealServer extends Construct implements IRealServer {
  /** @hidden */
  declare public readonly [LIBRARY_CONSTRUCT]: true;
  public readonly address: string;
  public readonly ipv6Address: string | undefined;
  public readonly forwardingMethod: ForwardingMethod;
  /** @internal */
  public readonly tunnel?: Tunnel;
  public readonly decommissioned = false;
  public readonly maintenanceSwitch: string | undefined;
  private readonly props: DeepDeferrable<UnmanagedRealServerProps>;

  public constructor(scope: Construct, id: string, props: UnmanagedRealServerProps) {
    super(scope, id);
    this.props = deferTokens(`real server '${this.node.path}'`, props);
    this.address = props.address;
    this.ipv6Address = props.ipv6Address;
    this.maintenanceSwitch = maintenanceSwitchName(this, props);
    const way = unmanagedForwarding(this.props);
    this.forwardingMethod = way.forwardingMethod;
    if (way.tunnel !== undefined) this.tunnel = way.tunnel;
    reportProblems(this, () => this.problems());
  }

  /** @internal */
  public addressFor(vip: Deferrable<string>): Deferrable<string> {
    const { address, ipv6Address } = this.props;
    return ipv6Address !== undefined && addressFamily(vip) === "IPv6" ? ipv6Address : address;
  }

  /** @internal */
  public serve(): void {
    // Nothing on its host depends on its services.
  }

  private problems(): Problem[] {
    return [
      ...unicastProblems("address", this.props.address),
      ...unicastProblems("ipv6Address", this.props.ipv6Address),
      ...ipv6Problems("ipv6Address", this.props.ipv6Address),
      ...unmanagedForwardingProblems(this.props),
      ...sharedSwitchProblems(this, this.maintenanceSwitch),
    ];
  }
}

/** The forwarding method with its default, and the tunnel that it needs. */
export function unmanagedForwarding(props: DeepDeferrable<UnmanagedForwarding>): {
  readonly forwardingMethod: ForwardingMethod;
  readonly tunnel?: Tunnel;
} {
  const { forwardingMethod = ForwardingMethod.DR } = props;
  if (forwardingMethod !== ForwardingMethod.TUN) return { forwardingMethod };
  return { forwardingMethod, tunnel: tunnel(props.tunnel ?? {}) };
}

export function unmanagedForwardingProblems(props: DeepDeferrable<UnmanagedForwarding>): Problem[] {
  return [
    ...oneOfProblems("forwardingMethod", props.forwardingMethod, Object.values(ForwardingMethod)),
    ...unmanagedTunnelProblems(props),
  ];
}

function unmanagedTunnelProblems(props: DeepDeferrable<UnmanagedForwarding>): Problem[] {
  if (props.tunnel === undefined) return [];
  const { forwardingMethod } = unmanagedForwarding(props);
  if (forwardingMethod === ForwardingMethod.TUN) return tunnelProblems("tunnel", props.tunnel);
  const message = `must be set for tunneling only, got forwardingMethod ${forwardingMethod}; leave it out`;
  return [{ path: "tunnel", message }];
}
