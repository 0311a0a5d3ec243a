import type { ReturnPath } from "../../model/return-path";
import { returnRoutes } from "../../render/return-routes";
import type { PlanPart } from "../plan-part";
import { networkPart } from "./network";

/** The way that replies of a NAT real server take to the director, by themselves or with all else. */
export function natRealServerParts(paths: readonly ReturnPath[], replaceDefaultRoute: boolean): PlanPart[] {
  if (!replaceDefaultRoute) return [networkPart({ objects: paths.flatMap(returnRoutes) })];
  return [
    // Tells whether the new default route leads anywhere, before it is set.
    { packages: [{ name: "iputils-ping", command: "ping" }] },
    networkPart({ defaultRoutes: paths.map(({ gateway }) => gateway) }),
  ];
}
