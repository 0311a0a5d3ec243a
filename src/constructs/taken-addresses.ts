import { vipsOfService } from "../model/virtual-service";
import type { GivenAddress } from "../model/vrrp-directors";
import type { PairInstances } from "./pair-instances";
import type { VirtualService } from "./virtual-service";

/** Addresses that the directors of a pair have already, always or with the VIPs. */
export function addressesOfPair(all: PairInstances): GivenAddress[] {
  return [
    ...all.pair.services().flatMap((service) => {
      const path = `the VIP of virtual service '${service.node.path}'`;
      return vipsOfService(service).map((address) => ({ path, address }));
    }),
    ...all.instances.flatMap(({ construct, settings }) => {
      const name = `VRRP instance '${construct.node.path}'`;
      return (settings.vips ?? []).map((address, index) => ({ path: `${name} vips[${index}]`, address }));
    }),
  ];
}

/** Addresses that the instances of a pair send adverts from, where they are others than the directors' own. */
export function advertAddresses(all: PairInstances): GivenAddress[] {
  return all.instances.flatMap(({ construct, settings }) => {
    const name = `VRRP instance '${construct.node.path}'`;
    const addresses = settings.directorAddresses ?? [];
    return addresses.map((address, index) => ({ path: `directorAddresses[${index}] of ${name}`, address }));
  });
}

/** Addresses of hosts that serve; of a list that is known only at apply nobody can tell. */
export function addressesOfServers(services: readonly VirtualService[]): GivenAddress[] {
  return services.flatMap((service) => {
    const { realServers, sorryServer } = service.model();
    const name = `virtual service '${service.node.path}'`;
    return [
      ...realServers.map(({ address }, index) => ({ path: `realServers[${index}] of ${name}`, address })),
      ...(sorryServer === undefined ? [] : [{ path: `the sorryServer of ${name}`, address: sorryServer.address }]),
    ];
  });
}
