import { TerraformStack } from "../framework";
import { canonicalAddress } from "../model/address";
import { printed } from "../model/deferred";
import type { Problem } from "../model/problem";
import type { IRealServer } from "./real-server";
import type { HostOwner } from "./tree-rules";

interface Claim {
  readonly owner: HostOwner | IRealServer;
  readonly name: string;
}

/**
 * Problems of a director and its real servers that are in different stacks: what is told of constructs of one stack, for
 * those that meet on one director. Stacks without a common director may well be copies of each other.
 */
export function acrossStacksProblems(director: HostOwner, servers: readonly IRealServer[]): Problem[] {
  const owners = [director, ...servers.filter(isHostOwner)];
  const hosts = owners.flatMap((owner) =>
    Object.values(owner.ownHosts).map((address) => ({ owner, name: printed(canonicalAddress(address)) })),
  );
  const switches = servers.flatMap((owner) =>
    owner.maintenanceSwitch === undefined ? [] : [{ owner, name: owner.maintenanceSwitch }],
  );
  return [
    ...clashes(hosts).map(({ path, name }) => {
      const message = `must each configure a host of their own, got ${name} for both`;
      return { path, message };
    }),
    ...clashes(switches).map(({ path, name }) => {
      const message = `must have maintenance switches of different names, got '${name}' for both; rename one`;
      return { path, message };
    }),
  ];
}

/** Names that owners in two stacks claim. */
function clashes(claims: readonly Claim[]): { readonly path: string; readonly name: string }[] {
  const first = new Map<string, Claim["owner"]>();
  return claims.flatMap(({ owner, name }) => {
    const known = first.get(name) ?? owner;
    first.set(name, known);
    if (TerraformStack.of(known) === TerraformStack.of(owner)) return [];
    return [{ path: `'${known.node.path}' and '${owner.node.path}'`, name }];
  });
}

function isHostOwner(server: IRealServer): server is IRealServer & HostOwner {
  return "ownHosts" in server;
}
