import { addressFamily } from "./address";
import { Deferred, printed, type Deferrable } from "./deferred";
import { exactNetworkProblems, networkFamily, networkRange, overlap } from "./ip-network";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** Problems of the networks that may reach a service; nftables needs to know the family of the VIP at synth. */
export function allowedClientsProblems(
  path: string,
  networks: readonly Deferrable<string>[] | undefined,
  vip: Deferrable<string>,
): Problem[] {
  if (networks === undefined) return [];
  if (networks.length === 0) {
    return [{ path, message: "must name at least one network, got none; leave it out to admit everybody" }];
  }
  return [
    ...vipProblems(path, vip),
    ...networks.flatMap((network, index) => clientProblems(`${path}[${index}]`, network, vip)),
    ...overlapProblems(path, networks),
  ];
}

function vipProblems(path: string, vip: Deferrable<string>): Problem[] {
  if (!(vip instanceof Deferred)) return [];
  return [{ path, message: "needs a VIP known at synth, got a token; its family decides how clients are told apart" }];
}

function clientProblems(path: string, network: Deferrable<string>, vip: Deferrable<string>): Problem[] {
  const problems = exactNetworkProblems(path, network);
  if (problems.length > 0) return problems;
  const family = addressFamily(vip);
  const own = networkFamily(network);
  if (family === undefined || own === undefined || family === own) return [];
  const advice = "make a service of its own for the other family";
  return [{ path, message: `must be ${family} like the VIP ${printed(vip)}, got ${shown(network)}; ${advice}` }];
}

/** nftables would join them without a word, and an entry that does nothing is likely a mistake. */
function overlapProblems(path: string, networks: readonly Deferrable<string>[]): Problem[] {
  return networks.flatMap((network, index) => {
    const range = networkRange(network);
    const first = networks.slice(0, index).findIndex((other) => overlap(range, networkRange(other)));
    if (first < 0) return [];
    const message = `must not overlap, got ${shown(network)}; ${path}[${first}] has addresses of it already`;
    return [{ path: `${path}[${index}]`, message }];
  });
}
