import type { Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import { drRealServerPart } from "../provisioners/parts/dr-real-server";
import type { PlanPart } from "../provisioners/plan-part";
import { RealServerBase, type RealServerProps } from "./real-server-base";

/** Props of {@link DrRealServer}. */
export type DrRealServerProps = RealServerProps;

/**
 * A real server under direct routing: the VIPs of its services are on its loopback, hidden from ARP, and replies go
 * straight to the client. It must be in the network segment of the directors.
 */
export class DrRealServer extends RealServerBase {
  public readonly forwardingMethod = ForwardingMethod.DR;

  /** @internal */
  protected parts(vips: readonly Deferrable<string>[]): PlanPart[] {
    return [drRealServerPart(vips)];
  }
}
