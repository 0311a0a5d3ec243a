import { unicastProblems, type AddressFamily } from "./address";
import { cloudProblems, type CloudSettings } from "./cloud";
import { sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import { extraLinesProblems } from "./escape-hatch";
import { gratuitousArpProblems, type GratuitousArpSettings } from "./gratuitous-arp";
import type { Problem } from "./problem";
import { integerProblems, interfaceProblems, literalProblems, shown } from "./rules";
import { ipvlanProblems, virtualMacProblems, type IpvlanSettings, type VirtualMacSettings } from "./virtual-mac";
import { routeProblems, type RouteSettings } from "./virtual-route";
import { ruleProblems, type RuleSettings } from "./virtual-rule";
import { authenticationProblems, type AuthenticationType } from "./vrrp-authentication";
import { directorAddressesProblems, directorsFamily, type PairDirector } from "./vrrp-directors";
import { preferenceProblems, type PreferenceSettings, type PrioritySettings } from "./vrrp-preference";
import { notifyProblems, type MailAlertSettings, type InstanceNotifySettings } from "./vrrp-notify";
import { vrrpTimingProblems, vrrpVersion, type VrrpTimingSettings } from "./vrrp-timing";
import { trackingProblems, type VrrpTrackingSettings } from "./vrrp-tracking";
import { vrrpTransportProblems, type VrrpTransportSettings } from "./vrrp-transport";

/** How directors agree which of them holds the VIPs of an instance (VRRP, RFC 3768 and RFC 5798). */
export interface VrrpSettings
  extends PrioritySettings, VrrpTimingSettings, VrrpTransportSettings, VrrpTrackingSettings, MailAlertSettings {
  /**
   * Number of the VRRP instance (VRID), 1 to 255, unique on the network segment. Between IPv4 and IPv6 addresses of the
   * directors it may be used once each (keepalived: `virtual_router_id`).
   */
  readonly virtualRouterId: number;
  /**
   * Network interface that holds the VIPs, the same on all directors, where adverts go over another one. A director that
   * loses it gives up the VIPs; with a weight in `trackInterfaces` its priority changes instead (keepalived: `dev`).
   * @default - the interface of the adverts
   */
  readonly vipInterface?: string;
  /**
   * Addresses of the directors on the interface of the adverts, which these go between by unicast: primary, secondary,
   * then the further backups (keepalived: `unicast_src_ip`, `unicast_peer`).
   * @default - the addresses of the directors themselves
   */
  readonly directorAddresses?: readonly string[];
  /**
   * VIPs without a virtual service that move with the instance too, such as the gateway of real servers (keepalived:
   * `virtual_ipaddress_excluded`).
   * @default - the VIPs of the virtual services alone
   */
  readonly vips?: readonly string[];
  /**
   * Routes that the director with the VIPs has (keepalived: `virtual_routes`).
   * @default - none
   */
  readonly virtualRoutes?: readonly RouteSettings[];
  /**
   * Routing rules that the director with the VIPs has (keepalived: `virtual_rules`).
   * @default - none
   */
  readonly virtualRules?: readonly RuleSettings[];
  /**
   * What a director runs when its state in the instance changes.
   * @default - nothing
   */
  readonly notify?: InstanceNotifySettings;
  /**
   * Moves the VIPs in a network that does not believe gratuitous ARP, such as that of a cloud.
   * @default - the network finds the VIPs by itself
   */
  readonly cloud?: CloudSettings;
  /**
   * How adverts carry the password (keepalived: `auth_type`).
   * @default AuthenticationType.PASS
   */
  readonly authenticationType?: AuthenticationType;
  /**
   * Gratuitous ARP, and neighbour adverts in IPv6.
   * @default - keepalived's own defaults
   */
  readonly gratuitousArp?: GratuitousArpSettings;
  /**
   * A virtual MAC address that moves with the VIPs (keepalived: `use_vmac`).
   * @default - the VIPs have the MAC address of the interface
   */
  readonly virtualMac?: VirtualMacSettings;
  /**
   * Adverts over an ipvlan interface (keepalived: `use_ipvlan`).
   * @default - adverts go over the interface
   */
  readonly ipvlan?: IpvlanSettings;
  /**
   * Whether a master stays silent when it hears one of lower priority, as the RFCs have it (keepalived:
   * `lower_prio_no_advert`).
   * @default - keepalived's own default (false: it answers at once)
   */
  readonly lowerPriorityNoAdvert?: boolean;
  /**
   * Whether a master that hears one of higher priority answers once before it gives way, so that the other one
   * announces the VIPs again (keepalived: `higher_prio_send_advert`).
   * @default - keepalived's own default (false)
   */
  readonly higherPrioritySendAdvert?: boolean;
  /**
   * Whether a backup compares the addresses in an advert with its own only when the advert before came from another
   * director (keepalived: `skip_check_adv_addr`, for all instances `vrrp_skip_check_adv_addr`). It is for instances with
   * many VIPs in their adverts; here adverts carry one address that never changes, so it saves next to nothing, and a
   * configuration without it does the same.
   * @default false - every advert is compared
   */
  readonly skipCheckAdvertAddress?: boolean;
  /**
   * Whether further addresses of a network stay on the interface when the first one leaves (keepalived:
   * `promote_secondaries`).
   * @default false
   */
  readonly promoteSecondaries?: boolean;
  /**
   * Lines for the `vrrp_instance` block that the library has no words for, one each.
   * @default - none
   */
  readonly extraLines?: readonly string[];
}

/** All that an instance is told; some of it comes from its pair. */
export interface VrrpInstanceSettings extends VrrpSettings, PreferenceSettings {
  readonly interface: string;
}

type Settings = DeepDeferrable<VrrpInstanceSettings>;

/** Problems of the settings of an instance between these directors. */
export function vrrpProblems(settings: Settings, pair: readonly PairDirector[], authenticated: boolean): Problem[] {
  const directors = instanceDirectors(settings, pair);
  const addresses = directors.map(({ address }) => address);
  const family = directorsFamily(directors);
  return [
    ...interfaceProblems("interface", settings.interface),
    ...loopbackProblems(settings.interface),
    ...vipInterfaceProblems(settings),
    ...literalProblems("virtualRouterId", settings.virtualRouterId),
    ...integerProblems("virtualRouterId", settings.virtualRouterId, 1, 255),
    ...preferenceProblems(settings, pair),
    ...directorAddressesProblems(settings.directorAddresses, pair),
    ...vrrpTimingProblems(settings, addresses),
    ...vrrpTransportProblems(settings, family),
    ...trackingProblems(settings, settings.interface),
    ...(settings.vips ?? []).flatMap((vip, index) => unicastProblems(`vips[${index}]`, vip)),
    ...(settings.virtualRoutes ?? []).flatMap((route, index) => routeProblems(`virtualRoutes[${index}]`, route)),
    ...(settings.virtualRules ?? []).flatMap((rule, index) => ruleProblems(`virtualRules[${index}]`, rule)),
    ...authenticationProblems({
      authenticated,
      authenticationType: settings.authenticationType,
      version: vrrpVersion(settings, family),
    }),
    ...notifyProblems("notify", settings.notify),
    ...cloudProblems("cloud", settings.cloud, { multicast: settings.multicast === true, notify: settings.notify }),
    ...gratuitousArpProblems("gratuitousArp", settings.gratuitousArp ?? {}),
    ...macProblems(settings, directors.length, family),
    ...extraLinesProblems("extraLines", settings.extraLines),
  ];
}

/** The directors, with the addresses that the adverts of the instance go between. */
export function instanceDirectors(
  { directorAddresses }: Pick<Settings, "directorAddresses">,
  pair: readonly PairDirector[],
): PairDirector[] {
  return pair.map((director, index) => ({ ...director, address: directorAddresses?.[index] ?? director.address }));
}

function loopbackProblems(name: Deferrable<string>): Problem[] {
  if (name !== "lo") return [];
  return [{ path: "interface", message: "must be an interface that reaches the other director, got 'lo'" }];
}

/** keepalived announces VIPs on their own interface, and makes a virtual MAC address on that of the adverts alone. */
function vipInterfaceProblems({ interface: adverts, vipInterface, virtualMac }: Settings): Problem[] {
  const path = "vipInterface";
  if (vipInterface === undefined) return [];
  if (vipInterface === "lo") {
    return [
      { path, message: "must be an interface that clients are behind, got 'lo'; nobody would be told of the VIPs" },
    ];
  }
  if (virtualMac !== undefined && !sameValue(vipInterface, adverts)) {
    const advice = "the virtual MAC address is there alone, leave one out";
    const message = `must be the interface of the adverts with virtualMac, got ${shown(vipInterface)}; ${advice}`;
    return [{ path, message }];
  }
  return interfaceProblems(path, vipInterface);
}

function macProblems(settings: Settings, directors: number, family: AddressFamily | undefined): Problem[] {
  const { virtualMac, ipvlan, multicast = false, promoteSecondaries = false } = settings;
  const context = { interface: settings.interface, multicast, promoteSecondaries };
  const both = virtualMac !== undefined && ipvlan !== undefined;
  return [
    ...virtualMacProblems("virtualMac", virtualMac, context),
    ...ipvlanProblems("ipvlan", ipvlan, { ...context, directors, family }),
    ...(both ? [{ path: "ipvlan", message: "must not be set with virtualMac, got both; leave one out" }] : []),
  ];
}
