import { addressFamily, type AddressFamily } from "./address";
import { sameValue, type Deferrable } from "./deferred";
import type { DeferredList } from "./deferred-list";
import { ForwardingMethod } from "./forwarding-method";
import type { RealServer } from "./real-server";
import { serviceNames, vipsOfService, type VirtualService } from "./virtual-service";

/** What the addresses of a list must keep in one service; nobody can tell before they are known. */
export interface ListRule {
  /** The service as IPVS names it. */
  readonly service: string;
  readonly list: DeferredList;
  /** Absent when the family of the VIP is not known, and where packets of one travel inside those of the other. */
  readonly family?: AddressFamily;
  /** VIPs and real servers of the service, which no address of the list may be. */
  readonly others: readonly Deferrable<string>[];
  /** Lists of the service that may have no address of this one. */
  readonly otherLists: readonly DeferredList[];
}

/** The lists that the whole service is for; none as soon as it has a real server of which synth knows that it is there. */
export function listsOnly({ realServers }: Pick<VirtualService, "realServers">): readonly DeferredList[] {
  const lists = realServers.flatMap(({ list }) => list ?? []);
  return lists.length < realServers.length ? [] : lists;
}

/** The rules of all lists of the services. */
export function listRules(services: readonly VirtualService[]): ListRule[] {
  return services.flatMap((service) =>
    service.realServers.flatMap((server, index) => {
      const { list, forwardingMethod } = server;
      if (list === undefined) return [];
      const family = forwardingMethod === ForwardingMethod.TUN ? undefined : addressFamily(service.vip);
      const sharing = service.realServers.filter((other) => other !== server && mayMeet(other, server));
      return [
        {
          service: serviceNames(service).join(", "),
          list,
          ...(family !== undefined && { family }),
          others: [
            ...vipsOfService(service),
            ...sharing.flatMap(({ list: other, address }) => (other === undefined ? [address] : [])),
            ...sorryAddresses(service, server),
          ],
          // Of two lists the second one tells.
          otherLists: service.realServers
            .slice(0, index)
            .flatMap((other) => (mayMeet(other, server) ? (other.list ?? []) : [])),
        },
      ];
    }),
  );
}

/** Whether the same address would make them one real server. */
function mayMeet(one: Pick<RealServer, "port">, other: Pick<RealServer, "port">): boolean {
  return sameValue(one.port, other.port);
}

function sorryAddresses({ sorryServer }: VirtualService, server: RealServer): Deferrable<string>[] {
  return sorryServer !== undefined && mayMeet(sorryServer, server) ? [sorryServer.address] : [];
}
