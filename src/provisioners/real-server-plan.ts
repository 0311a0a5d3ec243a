import type { Deferrable } from "../model/deferred";
import type { HostPlan } from "./host-plan";
import { joinParts, type PlanPart } from "./plan-part";

/** What a real server is planned from. */
export interface RealServerConfig {
  readonly host: string;
  readonly address: Deferrable<string>;
}

/** A real server of any forwarding method, which gives the parts. */
export function realServerPlan(config: RealServerConfig, parts: readonly PlanPart[]): HostPlan {
  return {
    host: config.host,
    role: "real-server",
    address: config.address,
    ...joinParts([{ packages: [{ name: "iproute2", command: "ip" }] }, ...parts]),
    rules: "",
    sorryServers: [],
    drainTimeoutSeconds: 0,
    verifyTimeoutSeconds: 0,
  };
}
