import type { Construct } from "constructs";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { tunnel, tunnelProblems, type Tunnel, type TunnelSettings } from "../model/tunnel";
import { tunnelRealServerParts } from "../provisioners/parts/tunnel-real-server";
import type { PlanPart } from "../provisioners/plan-part";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { RealServerBase, type RealServerProps } from "./real-server-base";

/** Props of {@link TunnelRealServer}. */
export interface TunnelRealServerProps extends RealServerProps {
  /**
   * What packets travel in from the directors to this host. Firewalls between them must let it pass.
   * @default - IP in IP
   */
  readonly tunnel?: TunnelSettings;
}

/**
 * A real server behind an IP tunnel: it may be in any network that the directors can reach, and even in one of the other
 * address family. The VIPs are on its loopback, hidden from ARP; replies go straight to the client.
 */
export class TunnelRealServer extends RealServerBase {
  public readonly forwardingMethod = ForwardingMethod.TUN;
  /** @internal */
  public readonly tunnel: Tunnel;
  private readonly settings: DeepDeferrable<TunnelSettings>;

  public constructor(scope: Construct, id: string, props: TunnelRealServerProps) {
    super(scope, id, props);
    this.settings = deferTokens(`real server '${this.node.path}'`, props.tunnel ?? {});
    this.tunnel = tunnel(this.settings);
  }

  /** @internal */
  protected parts(vips: readonly Deferrable<string>[]): PlanPart[] {
    const { address, ipv6Address } = this.props;
    return tunnelRealServerParts({ tunnel: this.tunnel, address, ...(ipv6Address && { ipv6Address }), vips });
  }

  /** @internal */
  protected override methodProblems(): Problem[] {
    return tunnelProblems("tunnel", this.settings);
  }
}
