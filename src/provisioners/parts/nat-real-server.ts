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
  return [networkPart({ objects: [...paths.flatMap(returnRoutes), ...others] })];
}
