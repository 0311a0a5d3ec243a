import type { IConstruct } from "constructs";
import type { Deferrable } from "../model/deferred";
import type { ForwardingMethod } from "../model/forwarding-method";
import type { Tunnel } from "../model/tunnel";
import type { ManagedHost } from "../provisioners/managed-host";
import { nameInStack } from "./host-label";
import type { LIBRARY_CONSTRUCT } from "./library-construct";
import type { VirtualService } from "./virtual-service";

/** What every real server can be told. */
export interface MaintenanceProps {
  /**
   * Whether the directors get a switch that takes the real server out of service without a deploy: `sh
   * /etc/cdktf-lvs/director/current/program maintenance NAME on` there, and `off` again. In maintenance it gets no new
   * connections, and those that it has go on: its weight is 0 in every service. NAME is the id of the construct, with
   * those of the constructs that it is in. Of a pair both directors have a switch of their own. Needs keepalived 2.2.0,
   * see `keepalivedVersion` (keepalived: `track_file`, `FILE_CHECK`).
   * @default false
   */
  readonly maintenanceSwitch?: boolean;
}

/** The name of the switch that a real server is to have. */
export function maintenanceSwitchName(construct: IConstruct, props: MaintenanceProps): string | undefined {
  return props.maintenanceSwitch === true ? nameInStack(construct) : undefined;
}

/** A real server of any forwarding method, as virtual services see it. */
export interface IRealServer extends IConstruct {
  /**
   * Only classes of this library implement it.
   * @hidden
   */
  readonly [LIBRARY_CONSTRUCT]: true;
  /** Its address in the network segment of the load balancer, IPv4 or IPv6. */
  readonly address: string;
  /** A further address of its host, for services whose VIP is IPv6, if it has one. */
  readonly ipv6Address?: string | undefined;
  /** How directors hand packets to it. */
  readonly forwardingMethod: ForwardingMethod;
  /** Whether it is on its way out: no longer in any service, then cleaned. */
  readonly decommissioned: boolean;
  /** Name of its maintenance switch on the directors, if it has one. */
  readonly maintenanceSwitch?: string | undefined;
  /**
   * Its address for a service with this VIP, of the VIP's family if it has one.
   * @internal
   */
  addressFor(vip: Deferrable<string>): Deferrable<string>;
  /**
   * How packets travel to it, for tunneling alone.
   * @internal
   */
  readonly tunnel?: Tunnel;
  /**
   * Its host, when we manage it.
   * @internal
   */
  readonly managedHost?: ManagedHost;
  /**
   * Called by the service that the real server is added to.
   * @internal
   */
  serve(service: VirtualService): void;
}
