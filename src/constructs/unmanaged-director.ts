import type { Construct } from "constructs";
import { addressFamily, unicastProblems } from "../model/address";
import type { DeepDeferrable, Deferrable } from "../model/deferred";
import type { DirectorSettings } from "../model/director-settings";
import { gatewayAddressProblems, gatewayFor, type NatGatewaySettings } from "../model/nat-gateway";
import type { Problem } from "../model/problem";
import { oneOfProblems } from "../model/rules";
import { TableOwner } from "../model/table-owner";
import type { ManagedHost } from "../provisioners/managed-host";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { DirectorBase } from "./director-base";
import { reportProblems } from "./synth-checks";

/** Props of {@link UnmanagedDirector}. */
export interface UnmanagedDirectorProps {
  /** The own addresses of its hosts, the primary's first. */
  readonly addresses: readonly string[];
  /**
   * Where real servers under NAT send their replies.
   * @default - the address of a director that stands alone; with a pair there can be no NatRealServer
   */
  readonly natGateway?: Omit<NatGatewaySettings, "interface">;
  /**
   * Who writes its IPVS table.
   * @default TableOwner.KEEPALIVED
   */
  readonly tableOwner?: TableOwner;
}

/**
 * A director or a pair that another app makes. A service on it prepares its real servers (VIPs, tunnels, ways back) and
 * does nothing on the directors: the other app has a service of the same VIP, with {@link UnmanagedRealServer}s.
 */
export class UnmanagedDirector extends DirectorBase {
  public readonly tableOwner: TableOwner;
  public readonly addresses: readonly string[];
  /** @internal */
  public readonly hosts: readonly ManagedHost[] = [];
  /** @internal */
  public readonly settings: DeepDeferrable<DirectorSettings> = {};
  /** @internal */
  public readonly ownHosts: Readonly<Record<string, Deferrable<string>>> = {};
  private readonly props: DeepDeferrable<UnmanagedDirectorProps>;

  public constructor(scope: Construct, id: string, props: UnmanagedDirectorProps) {
    super(scope, id);
    this.props = deferTokens(`director '${this.node.path}'`, props);
    this.addresses = [...props.addresses];
    this.tableOwner = props.tableOwner ?? TableOwner.KEEPALIVED;
    reportProblems(this, () => this.problems());
  }

  /** @internal */
  public get hostAddresses(): readonly Deferrable<string>[] {
    return this.props.addresses;
  }

  /** @internal */
  public gatewayFor(vip: Deferrable<string>): Deferrable<string> | undefined {
    const { natGateway, addresses } = this.props;
    if (natGateway !== undefined) return gatewayFor(natGateway, vip);
    const [alone, other] = addresses;
    if (alone === undefined || other !== undefined) return undefined;
    return addressFamily(vip) === addressFamily(alone) ? alone : undefined;
  }

  private problems(): Problem[] {
    const { addresses, natGateway } = this.props;
    return [
      ...(addresses.length > 0
        ? addresses.flatMap((address, index) => unicastProblems(`addresses[${index}]`, address))
        : [
            { path: "addresses", message: "must hold at least one address, got none; name the hosts of the directors" },
          ]),
      ...gatewayAddressProblems("natGateway", natGateway),
      ...oneOfProblems("tableOwner", this.props.tableOwner, Object.values(TableOwner)),
      ...this.serviceProblems(),
    ];
  }
}
