import type { IConstruct } from "constructs";
import type { Deferrable } from "../model/deferred";
import type { ForwardingMethod } from "../model/forwarding-method";
import type { Tunnel } from "../model/tunnel";
import type { ManagedHost } from "../provisioners/managed-host";
import type { VirtualService } from "./virtual-service";

/** A real server of any forwarding method, as virtual services see it. */
export interface IRealServer extends IConstruct {
  /** Its address for a service with this VIP, of the VIP's family if it has one. */
  addressFor(vip: Deferrable<string>): Deferrable<string>;
  readonly forwardingMethod: ForwardingMethod;
  /** How packets travel to it, for tunneling alone. */
  readonly tunnel?: Tunnel;
  /** Whether it is on its way out: no longer in any service, then cleaned. */
  readonly decommissioned: boolean;
  /** Its host, when we manage it. */
  readonly host?: ManagedHost;
  /** Called by the service that the real server is added to. */
  serve(service: VirtualService): void;
}
