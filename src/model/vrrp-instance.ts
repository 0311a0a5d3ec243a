import { addressFamily, canonicalAddress, type AddressFamily } from "./address";
import { sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { withDirectorSessions } from "./director-sessions";
import type { HeldAddress } from "./held-address";
import { instanceDirectors, type VrrpInstanceSettings } from "./vrrp";
import { AuthenticationType, type Authentication } from "./vrrp-authentication";
import { directorsFamily, type DirectorProp, type PairDirector } from "./vrrp-directors";
import { rankedDirectors } from "./vrrp-preference";
import { vrrpVersion } from "./vrrp-timing";
import { mayMovePriority } from "./vrrp-tracking";

type Settings = DeepDeferrable<VrrpInstanceSettings>;

/** An instance as it is defined, for all of its directors. */
export interface InstanceDefinition {
  readonly name: string;
  readonly settings: Settings;
  /** All directors of the pair. */
  readonly directors: readonly PairDirector[];
  /** Absent when adverts carry no password. */
  readonly passwordPlaceholder?: string;
  /** All addresses that move with it. */
  readonly vips: readonly HeldAddress[];
}

/** One director's side of a VRRP instance. */
export interface VrrpInstance {
  readonly name: string;
  readonly initialState: "MASTER" | "BACKUP";
  readonly priority: number;
  readonly version: 2 | 3;
  readonly sourceAddress: Deferrable<string>;
  readonly peers: readonly Deferrable<string>[];
  readonly authentication?: Authentication;
  /** Address of the ipvlan interface, if adverts go over one that has its own. */
  readonly ipvlanAddress?: Deferrable<string>;
  /** What adverts carry instead of the VIPs: all directors must agree on that at any time, so it never changes. */
  readonly anchor: string;
  /** Every other address that moves with the instance. */
  readonly vips: readonly HeldAddress[];
  /** Whether a healthy run of this director must end with the VIPs on it. */
  readonly mustHold: boolean;
  /** All else, as it was given. */
  readonly settings: Settings;
}

/** The side of one director; the definition must be free of problems. */
export function instanceOn(definition: InstanceDefinition, prop: DirectorProp): VrrpInstance {
  const { name, settings, passwordPlaceholder: placeholder } = definition;
  const directors = instanceDirectors(settings, definition.directors);
  const { preempt = true, authenticationType: type = AuthenticationType.PASS } = settings;
  const family = directorsFamily(directors);
  const ranked = rankedDirectors(settings, directors);
  const preferred = ranked[0]?.prop === prop;
  const ipvlanAddress = settings.ipvlan?.addresses?.[directors.findIndex((director) => director.prop === prop)];
  return {
    name,
    initialState: preferred && mayStartAsMaster(definition) ? "MASTER" : "BACKUP",
    priority: ranked.find((director) => director.prop === prop)?.priority ?? 0,
    version: vrrpVersion(settings, family),
    ...addressesOf(directors, prop),
    ...(ipvlanAddress !== undefined && { ipvlanAddress }),
    ...(placeholder !== undefined && { authentication: { type, placeholder } }),
    anchor: anchorAddress(settings.virtualRouterId as number, family),
    vips: definition.vips,
    mustHold: preferred && preempt && !waitsLong(settings) && !mayMovePriority(settings),
    settings: withDirectorSessions(settings, definition.directors, prop),
  };
}

function addressesOf(
  directors: readonly PairDirector[],
  prop: DirectorProp,
): Pick<VrrpInstance, "sourceAddress" | "peers"> {
  const addresses = (own: boolean): Deferrable<string>[] =>
    directors.filter((director) => (director.prop === prop) === own).map(({ address }) => canonicalAddress(address));
  return { sourceAddress: addresses(true)[0] as Deferrable<string>, peers: addresses(false) };
}

/** keepalived leaves the VIPs where they are, waits, or looks for AH's sequence number, only as a BACKUP. */
function mayStartAsMaster({ settings, passwordPlaceholder }: InstanceDefinition): boolean {
  const { preempt = true, authenticationType } = settings;
  const needsNumber = passwordPlaceholder !== undefined && authenticationType === AuthenticationType.AH;
  return preempt && !delaysPreemption(settings) && !needsNumber;
}

/** Longer than a deploy waits for the VIPs. */
function waitsLong({ preemptDelaySeconds = 0 }: Settings): boolean {
  return (preemptDelaySeconds as number) > 65;
}

function delaysPreemption({ preemptDelaySeconds = 0 }: Settings): boolean {
  return preemptDelaySeconds !== 0;
}

/** Where the addresses of an instance are found when they are on a host. */
export function heldAddresses({ anchor, vips, settings }: VrrpInstance): HeldAddress[] {
  const family = addressFamily(anchor);
  return [
    { address: anchor, device: "lo" },
    ...vips.map(({ address, device }) => {
      const isMoved = sameValue(device, settings.interface) && (addressFamily(address) ?? family) === family;
      // keepalived puts those of the instance's own family on its virtual MAC.
      return { address, device: settings.virtualMac !== undefined && isMoved ? virtualMacName(settings) : device };
    }),
  ];
}

export function virtualMacName({ virtualMac, virtualRouterId }: Settings): string {
  return (virtualMac?.name ?? `vrrp.${virtualRouterId as number}`) as string;
}

export function ipvlanName({ ipvlan, virtualRouterId }: Settings): string {
  return (ipvlan?.name ?? `ipvl.${virtualRouterId as number}`) as string;
}

/**
 * An address for the adverts of an instance that means nothing to anybody else: on the loopback device of the master,
 * different for each instance, of the family of the adverts. (112 is the protocol number of VRRP.)
 */
export function anchorAddress(virtualRouterId: number, family: AddressFamily | undefined): string {
  return family === "IPv6" ? `fe80::5e:${virtualRouterId.toString(16)}` : `127.112.0.${virtualRouterId}`;
}
