import type { DeepDeferrable, Deferrable } from "../model/deferred";
import type { Problem } from "../model/problem";
import type { SorryServerSettings } from "../model/sorry-server";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import type { IRealServer } from "./real-server";

/** A real server as the sorry server of a service. Never health checked, and no maintenance switch takes it out. */
export interface SorryRealServer {
  /** The real server: its host gets the VIPs like for any other service of it, and it is reached by its own method. */
  readonly server: IRealServer;
  /**
   * Its port; must equal the service's unless it is reached by NAT.
   * @default - the port of the virtual service
   */
  readonly port?: number;
  /**
   * It stays in the table with weight 0 while it is not needed, so that connections it still has can end
   * (keepalived: `sorry_server_inhibit`).
   * @default false - it is taken out
   */
  readonly inhibit?: boolean;
}

/** What a service with this VIP knows of its sorry server; nothing when that is on its way out. */
export function sorryServerSettings(
  subject: string,
  { server, ...others }: SorryRealServer,
  vip: Deferrable<string>,
): DeepDeferrable<SorryServerSettings> | undefined {
  if (server.decommissioned) return undefined;
  const { forwardingMethod, tunnel } = server;
  return {
    ...deferTokens<{ sorryServer: Omit<SorryRealServer, "server"> }>(subject, { sorryServer: others }).sorryServer,
    address: server.addressFor(vip),
    forwardingMethod,
    ...(tunnel !== undefined && { tunnel }),
  };
}

/** Problems of what a type of several shapes lets pass: the real server itself says all of this. */
export function sorryRealServerProblems(
  path: string,
  sorryServer: SorryServerSettings | SorryRealServer | undefined,
): Problem[] {
  if (!isRealServer(sorryServer)) return [];
  return ["address", "forwardingMethod", "tunnel"].flatMap((name) => {
    if (!(name in sorryServer)) return [];
    const message = `must not be set with server, got both; leave it out, '${sorryServer.server.node.path}' has its own`;
    return [{ path: `${path}.${name}`, message }];
  });
}

/** Whether a construct stands for it. */
export function isRealServer(
  sorryServer: SorryServerSettings | SorryRealServer | undefined,
): sorryServer is SorryRealServer {
  return sorryServer !== undefined && "server" in sorryServer;
}
