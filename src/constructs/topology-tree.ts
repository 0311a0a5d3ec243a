import type { IConstruct } from "constructs";
import { TerraformStack } from "../framework";
import { Deferred, printed, type Deferrable } from "../model/deferred";
import type { RealServer } from "../model/real-server";
import type { IdleServer, ServerCare, Topology, TopologyDirectors, TopologyServer } from "../model/topology";
import { topologyService, type MemberParts } from "../model/topology-service";
import { loneVips, pairVips } from "../model/topology-vips";
import { readableTokens } from "../provisioners/terraform/token-boundary";
import { Director } from "./director";
import { DirectorBase } from "./director-base";
import { plainName } from "./host-label";
import { HaPair } from "./ha-pair";
import { LocalRealServer } from "./local-real-server";
import type { IRealServer } from "./real-server";
import { RealServerBase } from "./real-server-base";
import { UnmanagedDirector } from "./unmanaged-director";
import { UnmanagedRealServers } from "./unmanaged-real-servers";
import type { VirtualService } from "./virtual-service";

type Directors = Director | HaPair | UnmanagedDirector;

/** In place of the addresses of a list that only apply knows. */
const EACH = new Deferred("each address of the list");

/** The directors and pairs of a stack. */
export function directorsOf(stack: TerraformStack): Directors[] {
  return stack.node.findAll().filter((node) => node instanceof DirectorBase) as Directors[];
}

/** All of a stack that moves packets. */
export function topologyOf(stack: TerraformStack): Topology {
  const directors = directorsOf(stack);
  const services = directors.flatMap((director) => director.addedServices());
  const serving = new Set(services.flatMap((service) => service.servers));
  const idle = stack.node
    .findAll()
    .filter((node) => node instanceof RealServerBase)
    .filter((server) => !serving.has(server));
  return {
    name: stack.node.path,
    directors: directors.map((director) => topologyDirectors(stack, director)),
    idle: idle.map((server): IdleServer => {
      const addresses = Object.values(readableTokens(stack, server.ownHosts)).map(printed);
      return { ...topologyServer(stack, server), addresses };
    }),
  };
}

function topologyDirectors(stack: TerraformStack, director: Directors): TopologyDirectors {
  const services = director.addedServices();
  const models = readableTokens(
    stack,
    services.map((service) => service.model()),
  );
  const name = nameIn(stack, director);
  const addresses = readableTokens(stack, director.hostAddresses).map(printed);
  const vipGroups =
    director instanceof HaPair
      ? pairVips(readableTokens(stack, director.vrrp.define()))
      : [loneVips(name, readableTokens(stack, vipInterfaceOf(director)), models)];
  return {
    name,
    tableOwner: director.tableOwner,
    hosts: addresses.map((address, index) => ({ name: hostName(director, index), address })),
    vipGroups,
    services: models.map((model, index) => {
      const service = services[index] as VirtualService;
      const members = memberParts(stack, service, model.realServers);
      const { sorryRealServer: sorry } = service;
      const sorryName = sorry && nameIn(stack, sorry);
      return topologyService(nameIn(stack, service), vipGroupOf(director, service), model, members, sorryName);
    }),
  };
}

/** Undefined where the VIPs are there already. */
function vipInterfaceOf(director: Director | UnmanagedDirector): Deferrable<string> | undefined {
  return director instanceof Director ? director.vipInterface : undefined;
}

/** The name of the group that the VIPs of a service are in, as its group gives it. */
function vipGroupOf(director: Directors, service: VirtualService): string {
  if (!(director instanceof HaPair)) return nameIn(TerraformStack.of(director), director);
  return plainName((director.vrrp.instanceOf(service) ?? director).node.id);
}

function hostName(director: Directors, index: number): string {
  if (director instanceof UnmanagedDirector) return "in another app";
  if (director instanceof Director) return director.node.id;
  return director.vrrp.pair.directors[index]?.prop ?? "";
}

/** Those that stay have a part in the service, in the order in which they were added. */
function memberParts(
  stack: TerraformStack,
  { members, settings }: VirtualService,
  parts: readonly RealServer[],
): MemberParts[] {
  const remaining = [...parts];
  return members.flatMap(({ server }) => {
    if (server instanceof UnmanagedRealServers) return listParts(nameIn(stack, server), server, remaining);
    const part = (server.decommissioned ? undefined : remaining.shift()) ?? {
      address: readableTokens(stack, server.addressFor(settings.vip)),
      forwardingMethod: server.forwardingMethod,
    };
    return [{ server: topologyServer(stack, server), part }];
  });
}

/** One for each address, or one for all when only apply knows them. */
function listParts(name: string, { items }: UnmanagedRealServers, remaining: RealServer[]): MemberParts[] {
  if ("item" in items) {
    const server = { name, care: "unmanaged", leaving: false } as const;
    return remaining.splice(0, 1).map((part) => ({ server, part: { ...part, address: EACH } }));
  }
  return remaining.splice(0, items.length).map((part, index) => {
    return { server: { name: `${name}[${index}]`, care: "unmanaged", leaving: false }, part };
  });
}

function topologyServer(stack: TerraformStack, server: IRealServer): TopologyServer {
  return { name: nameIn(stack, server), care: careOf(server), leaving: server.decommissioned };
}

function careOf(server: IRealServer): ServerCare {
  if (server instanceof LocalRealServer) return "local";
  return server.managedHost === undefined ? "unmanaged" : "managed";
}

/** Without the name of the stack, unless it is in another. */
function nameIn(stack: TerraformStack, construct: IConstruct): string {
  const { path } = construct.node;
  const own = `${stack.node.path}/`;
  return path.startsWith(own) ? path.slice(own.length) : path;
}
