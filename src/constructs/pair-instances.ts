import type { IConstruct } from "constructs";
import { sameValue, type DeepDeferrable, type Deferrable } from "../model/deferred";
import { vipsOf } from "../model/director";
import { gatewayAddresses } from "../model/nat-gateway";
import { instanceDirectors, type VrrpInstanceSettings } from "../model/vrrp";
import { directorsFamily, type PairDirector } from "../model/vrrp-directors";
import type { VrrpDefinition } from "../model/vrrp-group";
import type { InstanceDefinition } from "../model/vrrp-instance";
import type { PairProvisions } from "../model/vrrp-needs";
import { withInstanceScriptNames, withScriptNames } from "../model/vrrp-script-names";
import { apartInstances, type SyncGroupDefinition, type SyncGroupSettings } from "../model/vrrp-sync-group";
import { vrrpVersion, withLearningTime } from "../model/vrrp-timing";
import { alsoTracking } from "../model/vrrp-tracking";
import type { ManagedHost } from "../provisioners/managed-host";
import { passwordPlaceholder, secretText, type SecretValue } from "./authentication";
import type { HaPair } from "./ha-pair";
import { nameInStack, plainName } from "./host-label";
import type { SyncGroup } from "./sync-group";
import type { VirtualService } from "./virtual-service";

/** What VIPs move with: a {@link HaPair} by itself, or a further {@link VrrpInstance} of one. */
export interface IVrrpInstance extends IConstruct {
  /** The pair whose directors share it. */
  readonly pair: HaPair;
}

/** An instance as its construct was told. */
export interface PairInstance {
  readonly construct: IVrrpInstance;
  readonly settings: DeepDeferrable<VrrpInstanceSettings>;
  readonly authentication: SecretValue | undefined;
}

/** A sync group as its construct was told. */
export interface PairSyncGroup {
  readonly construct: SyncGroup;
  readonly settings: DeepDeferrable<SyncGroupSettings>;
  readonly instances: readonly IVrrpInstance[];
}

/** The pair, as far as its instances must know it. */
export interface PairContext {
  readonly directors: readonly PairDirector[];
  readonly hosts: readonly ManagedHost[];
  readonly settings: PairProvisions;
  readonly services: () => readonly VirtualService[];
  /** How long a director needs to hear of the connections in use; undefined where none are synchronised. */
  readonly learningSeconds: () => number | undefined;
}

/** The VRRP instances of one pair, its own first, and their sync groups. */
export class PairInstances {
  public readonly instances: PairInstance[] = [];
  public readonly groups: PairSyncGroup[] = [];

  public constructor(public readonly pair: PairContext) {}

  public add(instance: PairInstance): void {
    this.instances.push(instance);
    const { construct, authentication } = instance;
    for (const host of this.pair.hosts) {
      host.forgetPlan();
      if (authentication === undefined) continue;
      const id = this.isOwn(instance) ? "secret" : `secret-${construct.node.id}`;
      host.addSecret({ id, placeholder: this.placeholder(instance), value: secretText(authentication) });
    }
  }

  public addGroup(group: PairSyncGroup): void {
    this.groups.push(group);
    for (const host of this.pair.hosts) host.forgetPlan();
  }

  /** The instance that the VIPs of a service move with. */
  public instanceOf(service: VirtualService): IVrrpInstance | undefined {
    return service.vrrpInstance ?? this.instances[0]?.construct;
  }

  /** Where the VIPs and the adverts of the pair's own instance are, beside its interface. */
  public get ownPlaces(): Pick<DeepDeferrable<VrrpInstanceSettings>, "vipInterface" | "directorAddresses"> {
    const { vipInterface, directorAddresses } = this.instances[0]?.settings ?? {};
    return {
      ...(vipInterface !== undefined && { vipInterface }),
      ...(directorAddresses !== undefined && { directorAddresses }),
    };
  }

  public vipsOf(construct: IVrrpInstance): Deferrable<string>[] {
    const instance = this.instances.find((one) => one.construct === construct);
    const services = this.pair.services().filter((service) => this.instanceOf(service) === construct);
    return vipsOf([
      ...services.map((service) => service.settings),
      ...(instance?.settings.vips ?? []).map((vip) => ({ vip })),
    ]);
  }

  /**
   * The instances that VIPs of services move with, one for each sync group: with several of them, several directors may
   * work at once. The pair's own where there are no services.
   */
  public servingApart(): string[] {
    const serving = new Set(this.pair.services().map((service) => this.instanceOf(service)));
    const names = this.instances
      .filter(({ construct }, index) => (serving.size === 0 ? index === 0 : serving.has(construct)))
      .map(({ construct }) => plainName(construct.node.id));
    const groups = this.groups.map(({ instances }) => instances.map(({ node }) => plainName(node.id)));
    return apartInstances(names, groups);
  }

  /** All of it in the words of the model, instances and groups in the order of their constructs. */
  public define(): VrrpDefinition {
    const { directors, settings: pairSettings } = this.pair;
    const instances = this.instances.map((instance) => this.definition(instance));
    const groups = this.groups.map(({ construct, settings, instances: members }): SyncGroupDefinition => ({
      name: plainName(construct.node.id),
      settings: withScriptNames(settings, nameInStack(construct)),
      instances: members.flatMap((member) => {
        const index = this.instances.findIndex((one) => one.construct === member);
        return instances[index] ?? [];
      }),
    }));
    return { directors, instances, groups, settings: pairSettings };
  }

  private isOwn(instance: PairInstance): boolean {
    return this.instances[0] === instance;
  }

  private definition(instance: PairInstance): InstanceDefinition {
    const { construct, authentication } = instance;
    const { directors, settings: pairSettings } = this.pair;
    const settings = this.settingsOf(instance);
    const device = settings.vipInterface ?? settings.interface;
    const vips = this.vipsOf(construct).map((address) => ({ address, device }));
    const gateways = this.isOwn(instance) ? gatewayAddresses(pairSettings.natGateway) : [];
    const common = { name: plainName(construct.node.id), directors, vips: [...vips, ...gateways] };
    if (authentication !== undefined) return { ...common, settings, passwordPlaceholder: this.placeholder(instance) };
    const [own] = this.instances;
    const version = vrrpVersion(settings, directorsFamily(instanceDirectors(settings, directors)));
    if (own?.authentication === undefined || version === 3) return { ...common, settings };
    const { authenticationType } = own.settings;
    return {
      ...common,
      settings: { ...(authenticationType !== undefined && { authenticationType }), ...settings },
      passwordPlaceholder: this.placeholder(own),
    };
  }

  private settingsOf(instance: PairInstance): DeepDeferrable<VrrpInstanceSettings> {
    const learning = this.pair.learningSeconds();
    const named = withInstanceScriptNames(instance.settings, nameInStack(instance.construct));
    const settings = learning === undefined ? named : withLearningTime(named, learning);
    const inside = this.isOwn(instance) ? this.pair.settings.natGateway?.interface : undefined;
    // A director that no longer reaches the clients, or the real servers behind its gateway, must give up the VIPs.
    return [settings.vipInterface, inside].reduce(
      (tracking, name) =>
        name === undefined || sameValue(name, settings.interface) ? tracking : alsoTracking(tracking, name),
      settings,
    );
  }

  private placeholder(instance: PairInstance): string {
    return passwordPlaceholder(this.isOwn(instance) ? undefined : plainName(instance.construct.node.id));
  }
}
