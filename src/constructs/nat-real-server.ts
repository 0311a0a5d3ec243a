import type { Construct } from "constructs";
import { TerraformStack } from "../framework";
import { addressFamily, canonicalAddress } from "../model/address";
import { Deferred, printed, type Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { Problem } from "../model/problem";
import { uniqueSources, type ReturnPath } from "../model/return-path";
import { natRealServerParts } from "../provisioners/parts/nat-real-server";
import type { PlanPart } from "../provisioners/plan-part";
import { RealServerBase, type RealServerProps } from "./real-server-base";
import type { VirtualService } from "./virtual-service";

const SSH_PORT = 22;

/** Props of {@link NatRealServer}. */
export interface NatRealServerProps extends RealServerProps {
  /**
   * All packets of this host that leave its networks go through the director, and none by its default route but the
   * replies of its login. The director must be able to pass them on, or the host reaches nothing but its own segment and
   * clients; until the directors are deployed for the first time, it does not. They keep their source address: where that
   * is a private one, somebody must masquerade.
   * @default false - only the replies of its services do, and all else keeps its routes
   */
  readonly replaceDefaultRoute?: boolean;
}

/**
 * A real server under network address translation: it needs no VIP, may use another port than the service, and sends its
 * replies through the director's inside address (`natGateway` of the director).
 */
export class NatRealServer extends RealServerBase {
  public readonly forwardingMethod = ForwardingMethod.NAT;
  private readonly replaceDefaultRoute: boolean;

  public constructor(scope: Construct, id: string, props: NatRealServerProps) {
    super(scope, id, props);
    this.replaceDefaultRoute = props.replaceDefaultRoute ?? false;
  }

  /** @internal */
  protected parts(): PlanPart[] {
    return natRealServerParts(this.returnPaths(), this.replaceDefaultRoute ? this.loginPorts() : undefined);
  }

  /** Where its sshd listens: a port that is forwarded to it has another number outside. */
  private loginPorts(): readonly Deferrable<number>[] {
    const { port = SSH_PORT } = this.props.connection;
    return port === SSH_PORT ? [SSH_PORT] : [SSH_PORT, port];
  }

  /** @internal */
  protected override methodProblems(): Problem[] {
    return [...this.services.flatMap((service) => this.gatewayProblems(service)), ...this.severalGatewaysProblems()];
  }

  private gatewayProblems(service: VirtualService): Problem[] {
    const path = `virtual service '${service.node.path}'`;
    if (service.director.gatewayFor(service.settings.vip) === undefined) {
      const family = addressFamily(service.settings.vip) === "IPv6" ? "an IPv6 natGateway" : "a natGateway";
      return [{ path, message: `needs ${family} on its director, got none; replies must come back through it` }];
    }
    if (this.replaceDefaultRoute || service.replySources(this) !== undefined) return [];
    const advice = "name its ports, or set replaceDefaultRoute";
    return [{ path, message: `needs ports that replies can be told by, got a firewall mark alone; ${advice}` }];
  }

  /** One host has one way back for each family. */
  private severalGatewaysProblems(): Problem[] {
    const paths = this.returnPaths();
    return paths.flatMap(({ address, gateway }, index) => {
      const other = paths.slice(0, index).find((path) => printed(path.address) === printed(address));
      if (other === undefined) return [];
      const message = `must be served by directors with one natGateway, got ${printed(other.gateway)} and ${printed(gateway)}`;
      return [{ path: "address", message: `${message}; a host can send replies one way only` }];
    });
  }

  /** One for each gateway that replies go through. */
  private returnPaths(): ReturnPath[] {
    const paths = new Map<string, ReturnPath>();
    for (const service of this.services) {
      const gateway = service.director.gatewayFor(service.settings.vip);
      if (gateway === undefined) continue;
      const key = printed(canonicalAddress(gateway));
      const known = paths.get(key);
      const sources = service.replySources(this) ?? [];
      paths.set(key, {
        address: canonicalAddress(this.addressFor(service.settings.vip)),
        gateway: canonicalAddress(gateway),
        directors: this.directorsOf(service).map(canonicalAddress),
        sources: uniqueSources([...(known?.sources ?? []), ...sources]),
      });
    }
    return [...paths.values()];
  }

  /** Tokens of the directors' stack cannot come to another one, which is deployed before it. */
  private directorsOf({ director }: VirtualService): Deferrable<string>[] {
    const isNear = TerraformStack.of(director) === TerraformStack.of(this);
    return director.hostAddresses.filter((address) => isNear || !(address instanceof Deferred));
  }
}
