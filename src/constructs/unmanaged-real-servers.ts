import { Construct } from "constructs";
import { canonicalAddress, unicastProblems } from "../model/address";
import type { DeepDeferrable } from "../model/deferred";
import type { DeferredList } from "../model/deferred-list";
import type { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { shown } from "../model/rules";
import type { Tunnel } from "../model/tunnel";
import { AddressList } from "../provisioners/terraform/address-list";
import { deferTokens, knownItems } from "../provisioners/terraform/token-boundary";
import { reportProblems } from "./synth-checks";
import { unmanagedForwarding, unmanagedForwardingProblems, type UnmanagedForwarding } from "./unmanaged-real-server";

/** Props of {@link UnmanagedRealServers}. */
export interface UnmanagedRealServersProps extends UnmanagedForwarding {
  /**
   * Their addresses, IPv4 or IPv6: a list, or a token for a list of which only `terraform apply` knows the items and how
   * many there are. Their order does not matter, and one that is there twice counts once. While a service is left
   * without real servers, keepalived does not have it in the table.
   */
  readonly addresses: readonly string[];
}

/** Real servers that somebody else manages and that are all alike, such as the hosts of an instance group. */
export class UnmanagedRealServers extends Construct {
  /** Their addresses as they were given: a list, or a token for one. */
  public readonly addresses: readonly string[];
  /** How directors hand packets to them. */
  public readonly forwardingMethod: ForwardingMethod;
  /**
   * The addresses in their one written form, each once and in order.
   * @internal
   */
  public readonly items: readonly string[] | DeferredList;
  /** @internal */
  public readonly tunnel?: Tunnel;
  private readonly props: DeepDeferrable<UnmanagedForwarding>;
  private readonly known: readonly string[] | undefined;
  private readonly given: UnmanagedRealServersProps;

  public constructor(scope: Construct, id: string, props: UnmanagedRealServersProps) {
    super(scope, id);
    const { addresses, ...forwarding } = props;
    this.given = props;
    this.addresses = addresses;
    const subject = `real servers '${this.node.path}'`;
    this.props = deferTokens<UnmanagedForwarding>(subject, forwarding);
    this.known = knownItems(subject, "addresses", addresses);
    this.items =
      this.known === undefined
        ? new AddressList(this, "addresses", addresses)
        : [...new Set(this.known.map((address) => canonicalAddress(address) as string))].sort();
    const way = unmanagedForwarding(this.props);
    this.forwardingMethod = way.forwardingMethod;
    if (way.tunnel !== undefined) this.tunnel = way.tunnel;
    reportProblems(this, () => this.problems());
  }

  private problems(): Problem[] {
    return [
      ...(this.known ?? []).flatMap((address, index) => unicastProblems(`addresses[${index}]`, address)),
      ...switchProblems(this.given),
      ...unmanagedForwardingProblems(this.props),
    ];
  }
}

/** For those whose compiler does not tell them. */
function switchProblems(props: UnmanagedRealServersProps & { readonly maintenanceSwitch?: unknown }): Problem[] {
  if (props.maintenanceSwitch === undefined || props.maintenanceSwitch === false) return [];
  const message = `must not be set for a list, got ${shown(props.maintenanceSwitch)}; make an UnmanagedRealServer of each address`;
  return [{ path: "maintenanceSwitch", message: `${message}, whose name the switch then has` }];
}
