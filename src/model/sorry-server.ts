import { isLoopback, portProblems, unicastProblems } from "./address";
import type { DeepDeferrable } from "./deferred";
import { ForwardingMethod } from "./forwarding-method";
import type { Problem } from "./problem";
import { oneOfProblems, shown } from "./rules";
import { tunnelProblems, type TunnelSettings } from "./tunnel";

/** The host that answers when no real server is left, if nobody here looks after it. Never health checked. */
export interface SorryServerSettings {
  /**
   * Its address; under direct routing in the segment of the director, with the VIP on its loopback. There `127.0.0.1`, or
   * `::1` for an IPv6 VIP, is the director that has the VIP: its program must listen on the VIP or on all addresses, since
   * packets come for the VIP.
   */
  readonly address: string;
  /**
   * Its port; must equal the service's unless it is reached by NAT.
   * @default - the port of the virtual service
   */
  readonly port?: number;
  /**
   * How it is reached (keepalived: `sorry_server_lvs_method`).
   * @default - like the first real server of the service
   */
  readonly forwardingMethod?: ForwardingMethod;
  /**
   * What packets travel in; for ForwardingMethod.TUN only.
   * @default - IP in IP
   */
  readonly tunnel?: TunnelSettings;
  /**
   * It stays in the table with weight 0 while it is not needed, so that connections it still has can end
   * (keepalived: `sorry_server_inhibit`).
   * @default false - it is taken out
   */
  readonly inhibit?: boolean;
}

/** Problems of a sorry server by itself. */
export function sorryServerProblems(
  path: string,
  settings: DeepDeferrable<SorryServerSettings> | undefined,
): Problem[] {
  if (settings === undefined) return [];
  return [
    ...(isLoopback(settings.address) ? [] : unicastProblems(`${path}.address`, settings.address)),
    ...portProblems(`${path}.port`, settings.port),
    ...oneOfProblems(`${path}.forwardingMethod`, settings.forwardingMethod, Object.values(ForwardingMethod)),
    ...ownTunnelProblems(`${path}.tunnel`, settings),
  ];
}

function ownTunnelProblems(
  path: string,
  { tunnel, forwardingMethod }: Pick<DeepDeferrable<SorryServerSettings>, "tunnel" | "forwardingMethod">,
): Problem[] {
  if (tunnel === undefined) return [];
  if (forwardingMethod === ForwardingMethod.TUN) return tunnelProblems(path, tunnel);
  const got = forwardingMethod === undefined ? "none" : shown(forwardingMethod);
  const message = `needs forwardingMethod TUN, got ${got}; leave it out, or set both`;
  return [{ path, message }];
}
