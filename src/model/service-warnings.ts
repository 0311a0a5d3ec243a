import { canonicalAddress, endpoint } from "./address";
import { weakCheckWarnings } from "./check-warnings";
import { ForwardingMethod } from "./forwarding-method";
import { checksOf } from "./health-check/list";
import { Protocol } from "./protocol";
import { Scheduler } from "./scheduler";
import { TableOwner } from "./table-owner";
import type { VirtualService } from "./virtual-service";

/** What is legal but seldom meant; `service` must be free of problems. */
export function serviceWarnings(service: VirtualService, owner: TableOwner): string[] {
  return [
    ...schedulerWarnings(service),
    ...onePacketWarnings(service),
    ...checkWarnings(service, owner),
    ...weakCheckWarnings(service.realServers),
    ...drainWarnings(service),
  ];
}

/** Buckets in the table of scheduler sh, unless the kernel was built with another CONFIG_IP_VS_SH_TAB_BITS. */
const SH_BUCKETS = 256;

function schedulerWarnings({ scheduler, protocol, realServers }: VirtualService): string[] {
  const weights = realServers.map(({ weight }) => weight).filter((weight) => typeof weight === "number");
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [
    ...(scheduler === Scheduler.SH && total > SH_BUCKETS
      ? [
          `scheduler sh shares out ${SH_BUCKETS} buckets, but the weights add up to ${total}: the last real servers go short`,
        ]
      : []),
    ...(scheduler === Scheduler.OVF && protocol === Protocol.UDP
      ? ["scheduler ovf counts active connections, and UDP has none: the highest weight takes all"]
      : []),
  ];
}

/** The persistence engine keeps what is needed for the replies of its own protocol. */
function onePacketWarnings({ onePacketScheduling, persistence, realServers }: VirtualService): string[] {
  const nat = realServers.some(({ forwardingMethod }) => forwardingMethod === ForwardingMethod.NAT);
  if (onePacketScheduling !== true || persistence?.engine !== undefined || !nat) return [];
  return ["one-packet scheduling remembers no connections: replies under NAT keep the address of the real server"];
}

function checkWarnings({ realServers, sorryServer }: VirtualService, owner: TableOwner): string[] {
  const unchecked =
    realServers.length > 0 &&
    realServers.every(({ healthCheck }) => checksOf(healthCheck).every(({ type }) => type === "file"));
  if (owner !== TableOwner.KEEPALIVED || !unchecked) return [];
  return [
    "no real server has a health check: a dead one keeps getting its share of the connections",
    ...(sorryServer === undefined ? [] : ["the sorry server never takes over: no real server is ever found dead"]),
  ];
}

function drainWarnings({ realServers }: VirtualService): string[] {
  return realServers
    .filter(({ weight }) => weight === 0)
    .map(({ address, port }) => `drains: ${endpoint(canonicalAddress(address), port)} gets no new connections`);
}
