import { canonicalAddress, endpoint } from "./address";
import { weakCheckWarnings } from "./check-warnings";
import { ForwardingMethod } from "./forwarding-method";
import { checksOf } from "./health-check/list";
import { listsOnly } from "./real-server-list";
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
    ...emptyListWarnings(service),
  ];
}

/** Buckets in the table of scheduler sh, unless the kernel was built with another CONFIG_IP_VS_SH_TAB_BITS. */
const SH_BUCKETS = 256;

function schedulerWarnings({ scheduler, protocol, realServers }: VirtualService): string[] {
  const weights = realServers.flatMap(({ weight, list }) => (typeof weight === "number" && !list ? [weight] : []));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [
    ...(scheduler === Scheduler.SH && total > SH_BUCKETS
      ? [
          `scheduler sh shares out ${SH_BUCKETS} buckets, but the weights add up to ${total}: the last real servers go short; lower the weights, or use scheduler mh`,
        ]
      : []),
    ...(scheduler === Scheduler.OVF && protocol === Protocol.UDP
      ? [
          "scheduler ovf counts active connections, and UDP has none: the highest weight takes all; use another scheduler, or fo where that is meant",
        ]
      : []),
  ];
}

/** The persistence engine keeps what is needed for the replies of its own protocol. */
function onePacketWarnings({ onePacketScheduling, persistence, realServers }: VirtualService): string[] {
  const nat = realServers.some(({ forwardingMethod }) => forwardingMethod === ForwardingMethod.NAT);
  if (onePacketScheduling !== true || persistence?.engine !== undefined || !nat) return [];
  return [
    "one-packet scheduling remembers no connections: replies under NAT keep the address of the real server; use another forwarding method, or leave onePacketScheduling out",
  ];
}

function checkWarnings({ realServers, sorryServer }: VirtualService, owner: TableOwner): string[] {
  const unchecked =
    realServers.length > 0 &&
    realServers.every(({ healthCheck }) => checksOf(healthCheck).every(({ type }) => type === "file"));
  if (owner !== TableOwner.KEEPALIVED || !unchecked) return [];
  return [
    "no real server has a health check: a dead one keeps getting its share of the connections; set healthCheck",
    ...(sorryServer === undefined
      ? []
      : ["the sorry server never takes over: no real server is ever found dead; set healthCheck"]),
  ];
}

function drainWarnings({ realServers }: VirtualService): string[] {
  return realServers
    .filter(({ weight }) => weight === 0)
    .map(({ address, port, list }) => {
      if (list !== undefined) {
        return "drains: the real servers of a list get no new connections; raise their weight to use them again";
      }
      const server = endpoint(canonicalAddress(address), port);
      return `drains: ${server} gets no new connections; raise its weight to use it again`;
    });
}

/** keepalived drops a service without real servers, and its sorry server with it. */
function emptyListWarnings(service: VirtualService): string[] {
  if (service.sorryServer === undefined || listsOnly(service).length === 0) return [];
  return [
    "the sorry server does not answer while the list of real servers is empty: keepalived needs one to have the service; add a real server that is in no list",
  ];
}
