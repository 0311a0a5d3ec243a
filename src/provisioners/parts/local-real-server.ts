import type { DirectorConfig } from "../../model/director";
import type { PlanPart } from "../plan-part";
import { drRealServerPart } from "./dr-real-server";

/**
 * Directors of a pair that are real servers themselves: each has the VIPs on its loopback, hidden from ARP, beside the
 * one where VRRP puts them. A backup that balanced what the master sends it would send it round in circles.
 */
export function localRealServerParts({ localVips = [] }: Pick<DirectorConfig, "localVips">): PlanPart[] {
  if (localVips.length === 0) return [];
  return [drRealServerPart(localVips), { sysctls: [{ key: "net/ipv4/vs/backup_only", value: "1" }] }];
}
