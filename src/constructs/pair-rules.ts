import { pairBfdProblems } from "../model/bfd";
import { directorSessionsProblems } from "../model/director-sessions";
import { takeoverDelayProblems } from "../model/interface-delay";
import { takenGatewayProblems } from "../model/nat-gateway";
import { pairSettingsProblems } from "../model/pair-settings";
import type { Problem } from "../model/problem";
import { usesNat, vipsOfService } from "../model/virtual-service";
import { vrrpProblems } from "../model/vrrp";
import { ownAddresses, pairDirectorsProblems, pairVipsProblems } from "../model/vrrp-directors";
import {
  amongGroupsProblems,
  amongInstancesProblems,
  placementProblems,
  tracksDirectors,
  type VipPlacement,
} from "../model/vrrp-group";
import type { InstanceDefinition } from "../model/vrrp-instance";
import { vrrpNamesProblems } from "../model/vrrp-names";
import { commonNeedsProblems, instanceNeedsProblems, pairNeedsProblems } from "../model/vrrp-needs";
import { syncGroupProblems, type SyncGroupDefinition } from "../model/vrrp-sync-group";
import { secretProblems } from "./authentication";
import type { IVrrpInstance, PairInstances } from "./pair-instances";
import type { SyncGroup } from "./sync-group";
import { addressesOfPair, addressesOfServers, advertAddresses } from "./taken-addresses";

/** Problems of one VRRP instance of a pair. */
export function instanceProblems(all: PairInstances, construct: IVrrpInstance): Problem[] {
  const { instances } = all.define();
  const index = all.instances.findIndex((one) => one.construct === construct);
  const definition = instances[index] as InstanceDefinition;
  return [
    ...secretProblems("authentication", all.instances[index]?.authentication),
    ...vrrpProblems(definition.settings, all.pair.directors, definition.passwordPlaceholder !== undefined),
    ...instanceNeedsProblems(definition.settings, all.pair.settings),
    ...amongInstancesProblems(definition, instances.slice(0, index)),
  ];
}

/** Problems of one sync group of a pair. */
export function groupProblems(all: PairInstances, construct: SyncGroup): Problem[] {
  const { groups } = all.define();
  const index = all.groups.findIndex((one) => one.construct === construct);
  const definition = groups[index] as SyncGroupDefinition;
  return [
    ...syncGroupProblems(definition),
    ...commonNeedsProblems(definition.settings, all.pair.settings),
    ...amongGroupsProblems(definition, groups.slice(0, index)),
  ];
}

/** Problems of what a pair's instances have in common, and of what they cannot have in common. */
export function pairProblems(all: PairInstances): Problem[] {
  const { directors, settings } = all.pair;
  const { bfdInstances = [], interfaceDelays = [] } = settings;
  const definition = all.define();
  const own = [...ownAddresses(directors), ...advertAddresses(all)];
  const taken = [...own, ...addressesOfPair(all), ...addressesOfServers(all.pair.services())];
  return [
    ...pairDirectorsProblems(directors),
    ...pairSettingsProblems(settings),
    ...pairNeedsProblems(settings),
    ...pairBfdProblems("bfdInstances", bfdInstances),
    ...(tracksDirectors(definition) ? directorSessionsProblems(bfdInstances, directors) : []),
    ...interfaceDelays.flatMap((delay, index) =>
      takeoverDelayProblems(`interfaceDelays[${index}]`, delay, definition.instances),
    ),
    ...vrrpNamesProblems(definition),
    ...placementProblems(placements(all)),
    ...gatewayProblems(all),
    ...pairVipsProblems(own, placements(all)),
    ...takenGatewayProblems("natGateway", settings.natGateway, taken),
  ];
}

/** Problems of all but the pair's own instance, for those who synthesize without validation. */
export function otherProblems(all: PairInstances): Problem[] {
  return [
    ...all.instances.slice(1).flatMap(({ construct }) => instanceProblems(all, construct)),
    ...all.groups.flatMap(({ construct }) => construct.problems()),
  ];
}

/** Every VIP, and who asks for it. */
function placements(all: PairInstances): VipPlacement[] {
  const ofServices = all.pair.services().flatMap((service) => {
    const instance = all.instanceOf(service)?.node.path ?? "";
    const path = `virtual service '${service.node.path}'`;
    return vipsOfService(service.settings).map((vip): VipPlacement => ({ path, vip, instance }));
  });
  const others = all.instances.flatMap(({ construct, settings }) =>
    (settings.vips ?? []).map((vip, index): VipPlacement => {
      const instance = construct.node.path;
      return { path: `VRRP instance '${instance}' vips[${index}]`, vip, instance };
    }),
  );
  return [...ofServices, ...others];
}

/** Problems of services whose replies go to the gateway of the pair, which another instance moves. */
function gatewayProblems(all: PairInstances): Problem[] {
  return all.pair.services().flatMap((service) => {
    const instance = all.instanceOf(service);
    if (instance === undefined || !usesNat(service.model()) || movesWithOwn(all, instance)) return [];
    const advice = "replies go to the natGateway, which moves with the pair";
    const message = `must be the pair's own instance, or one of a sync group with it, under NAT, got '${instance.node.path}'; ${advice}`;
    return [{ path: `virtual service '${service.node.path}' vrrpInstance`, message }];
  });
}

function movesWithOwn(all: PairInstances, instance: IVrrpInstance): boolean {
  const own = all.instances[0]?.construct;
  if (own === undefined || instance === own) return true;
  return all.groups.some(({ instances }) => instances.includes(own) && instances.includes(instance));
}
