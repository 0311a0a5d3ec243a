import type { Deferrable } from "../../model/deferred";
import type { ReturnPath } from "../../model/return-path";
import { otherRoutes, returnRoutes } from "../../render/return-routes";
import type { PlanPart } from "../plan-part";
import { networkPart } from "./network";

/** The way that replies of a NAT real server take to the director, and all else too where its login ports are given. */
export function natRealServerParts(
  paths: readonly ReturnPath[],
  loginPorts?: readonly Deferrable<number>[],
): PlanPart[] {
  const others = loginPorts === undefined ? [] : paths.flatMap((path) => otherRoutes(path, loginPorts));
  // Services with one port behind several VIPs want the same rule, which ip(8) refuses to add twice.
  const objects = new Map([...paths.flatMap(returnRoutes), ...others].map((object) => [object.add, object]));
  return [networkPart({ objects: [...objects.values()] })];
}
