import type { Deferrable } from "../model/deferred";
import type { HostPlan } from "./host-plan";
import { drRealServerPart } from "./parts/dr-real-server";
import { joinParts } from "./plan-part";

/** What a real server is planned from. */
export interface RealServerConfig {
  readonly host: string;
  readonly address: Deferrable<string>;
  /** VIPs of every service that it serves. */
  readonly vips: readonly Deferrable<string>[];
}

/** A DR real server: the VIPs on its loopback, hidden from ARP. */
export function drRealServerPlan(config: RealServerConfig): HostPlan {
  return {
    host: config.host,
    role: "real-server",
    address: config.address,
    ...joinParts([{ packages: [{ name: "iproute2", command: "ip" }] }, drRealServerPart(config.vips)]),
    rules: "",
    sorryServers: [],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 0,
  };
}
