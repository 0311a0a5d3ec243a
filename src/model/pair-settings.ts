import { barePathProblems } from "./absolute-path";
import { Deferred, printed, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { interfaceProblems, numberProblems, oneOfProblems, shown } from "./rules";
import type { ScriptSettings } from "./script";
import { interfaceDelayProblems, type InterfaceDelay } from "./interface-delay";
import { programProblems } from "./program";
import { routeProblems, type RouteSettings } from "./virtual-route";
import { ruleProblems, type RuleSettings } from "./virtual-rule";

/** How keepalived finds out whether the link of an interface is up. */
export enum LinkbeatType {
  /** The registers of the network chip. */
  MII = "MII",
  /** The driver, as ethtool(8) does. */
  ETHTOOL = "ETHTOOL",
  /** The flags of the interface. */
  IOCTL = "IOCTL",
}

/** An interface whose link keepalived asks for again and again, where the kernel does not tell. */
export interface LinkbeatInterface {
  /** Name of the interface. */
  readonly interface: string;
  /**
   * How to ask.
   * @default - the first that the interface knows of MII, ETHTOOL and IOCTL
   */
  readonly type?: LinkbeatType;
}

/** A named pipe that keepalived writes every change of state into. */
export interface NotifyFifo {
  /** Absolute path of the pipe, which keepalived makes (keepalived: `vrrp_notify_fifo`). */
  readonly path: string;
  /**
   * What reads it: started by keepalived, as root, with the path as its argument. A script, whose text becomes a file,
   * or the absolute path of a program of the directors (keepalived: `vrrp_notify_fifo_script`).
   * @default - nothing is started
   */
  readonly script?: ScriptSettings | string;
}

/** What all VRRP instances of a pair have in common. */
export interface PairSettings {
  /**
   * How long keepalived waits after its start before it speaks VRRP, 0.001 to 60 seconds, for interfaces that take their
   * time (keepalived: `vrrp_startup_delay`).
   * @default - it speaks at once
   */
  readonly startupDelaySeconds?: number;
  /**
   * Pause between two gratuitous ARP messages on an interface, 0.001 to 1 second, for switches that drop many at once
   * (keepalived: `vrrp_garp_interval`).
   * @default - no pause
   */
  readonly gratuitousArpIntervalSeconds?: number;
  /**
   * The same for unsolicited neighbour adverts in IPv6 (keepalived: `vrrp_gna_interval`).
   * @default - no pause
   */
  readonly neighborAdvertIntervalSeconds?: number;
  /**
   * Interfaces whose changes count only after a while (keepalived: `interface_up_down_delays`).
   * @default - changes count at once
   */
  readonly interfaceDelays?: readonly InterfaceDelay[];
  /**
   * Interfaces that are asked for their link, where the kernel does not tell (keepalived: `linkbeat_interfaces`).
   * @default - the kernel tells
   */
  readonly linkbeatInterfaces?: readonly (string | LinkbeatInterface)[];
  /**
   * Routes that every director has while keepalived runs (keepalived: `static_routes`).
   * @default - none
   */
  readonly staticRoutes?: readonly RouteSettings[];
  /**
   * Routing rules that every director has while keepalived runs (keepalived: `static_rules`).
   * @default - none
   */
  readonly staticRules?: readonly RuleSettings[];
  /**
   * A named pipe with every change of state (keepalived: `vrrp_notify_fifo`).
   * @default - none
   */
  readonly notifyFifo?: NotifyFifo;
  /**
   * Whether adverts of unknown VRRP instances are logged (keepalived: `log_unknown_vrids`).
   * @default false
   */
  readonly logUnknownRouterIds?: boolean;
}

export type PairOptions = DeepDeferrable<PairSettings>;

export function pairSettingsProblems(settings: PairOptions): Problem[] {
  const { notifyFifo, gratuitousArpIntervalSeconds: garp, neighborAdvertIntervalSeconds: gna } = settings;
  return [
    ...numberProblems("startupDelaySeconds", settings.startupDelaySeconds, 0.001, 60, "seconds"),
    ...numberProblems("gratuitousArpIntervalSeconds", garp, 0.001, 1, "seconds"),
    ...numberProblems("neighborAdvertIntervalSeconds", gna, 0.001, 1, "seconds"),
    ...(settings.interfaceDelays ?? []).flatMap((delay, index) =>
      interfaceDelayProblems(`interfaceDelays[${index}]`, delay),
    ),
    ...linkbeats(settings).flatMap((item, index) => linkbeatProblems(`linkbeatInterfaces[${index}]`, item)),
    ...againProblems("interfaceDelays", settings.interfaceDelays ?? []),
    ...againProblems("linkbeatInterfaces", linkbeats(settings)),
    ...(settings.staticRoutes ?? []).flatMap((route, index) => [
      ...routeProblems(`staticRoutes[${index}]`, route),
      ...watchedProblems(`staticRoutes[${index}]`, route),
    ]),
    ...(settings.staticRules ?? []).flatMap((rule, index) => [
      ...ruleProblems(`staticRules[${index}]`, rule),
      ...watchedProblems(`staticRules[${index}]`, rule),
    ]),
    ...barePathProblems("notifyFifo.path", notifyFifo?.path, "an absolute path"),
    ...programProblems("notifyFifo.script", notifyFifo?.script),
  ];
}

export function linkbeats({ linkbeatInterfaces = [] }: PairOptions): DeepDeferrable<LinkbeatInterface>[] {
  return linkbeatInterfaces.map((item) =>
    typeof item === "string" || item instanceof Deferred ? { interface: item } : item,
  );
}

function linkbeatProblems(path: string, item: DeepDeferrable<LinkbeatInterface>): Problem[] {
  return [
    ...interfaceProblems(path, item.interface),
    ...oneOfProblems(`${path}.type`, item.type, Object.values(LinkbeatType)),
  ];
}

function againProblems(list: string, items: readonly { readonly interface: Deferrable<string> }[]): Problem[] {
  return items.flatMap((item, index) => {
    const first = items.findIndex((other) => printed(other.interface) === printed(item.interface));
    if (first === index) return [];
    const message = `must be listed once, got ${shown(item.interface)} again; it is ${list}[${first}] already`;
    return [{ path: `${list}[${index}]`, message }];
  });
}

/** No instance hangs on what is there always. */
function watchedProblems(path: string, { track }: { readonly track?: boolean }): Problem[] {
  if (track === undefined) return [];
  return [
    { path: `${path}.track`, message: `must be left out of what is static, got ${track}; no instance tracks it` },
  ];
}
