import { BfdListener } from "./bfd";
import { printed, type DeepDeferrable } from "./deferred";
import type { DirectorSettings } from "./director-settings";
import { featureProblems, type KeepalivedFeature } from "./keepalived-version";
import type { PairSettings } from "./pair-settings";
import type { Problem } from "./problem";
import { shown } from "./rules";
import type { VrrpInstanceSettings } from "./vrrp";
import type { MailAlertSettings } from "./vrrp-notify";
import { trackedBfds, type Tracking } from "./vrrp-tracking";

/** What the directors of a pair have, as far as its VRRP instances and sync groups ask. */
export type PairProvisions = DeepDeferrable<DirectorSettings & PairSettings>;

/** Problems of an instance with what its directors have. */
export function instanceNeedsProblems(settings: DeepDeferrable<VrrpInstanceSettings>, pair: PairProvisions): Problem[] {
  const { gratuitousArp, virtualMac } = settings;
  const uses: [path: string, feature: KeepalivedFeature, used: boolean][] = [
    ["multicastGroup", "mcast_dst_ip", settings.multicastGroup !== undefined],
    ["downTimerAdverts", "down_timer_adverts", settings.downTimerAdverts !== undefined],
    ["gratuitousArp.extraInterfaceSeconds", "garp_extra_if", gratuitousArp?.extraInterfaceSeconds !== undefined],
    ["virtualMac.macAddress", "address of use_vmac", virtualMac?.macAddress !== undefined],
  ];
  return [
    ...uses.flatMap(([path, feature, used]) => (used ? featureProblems(path, feature, pair.keepalivedVersion) : [])),
    ...commonNeedsProblems(settings, pair),
  ];
}

/** Problems of what instances and groups track and tell, with what their directors have. */
export function commonNeedsProblems(
  settings: Tracking & DeepDeferrable<MailAlertSettings>,
  pair: PairProvisions,
): Problem[] {
  return [
    ...trackedBfds(settings).flatMap(({ name }, index) => sessionProblems(`trackBfd[${index}]`, printed(name), pair)),
    ...(settings.smtpAlert === true && pair.mail === undefined
      ? [{ path: "smtpAlert", message: "needs mail on the pair, got none; tell whom to write to" }]
      : []),
    ...(settings.notifyPriorityChanges === true && pair.notifyFifo === undefined
      ? [
          {
            path: "notifyPriorityChanges",
            message: "needs notifyFifo on the pair, got none; no script is told of them",
          },
        ]
      : []),
  ];
}

/** keepalived would leave it untracked. */
function sessionProblems(path: string, name: string, { bfdInstances = [] }: PairProvisions): Problem[] {
  const heard = bfdInstances.filter(
    ({ listeners = [] }) => listeners.length === 0 || listeners.includes(BfdListener.VRRP),
  );
  const names = heard.map((instance) => printed(instance.name));
  if (names.includes(name)) return [];
  const advice = names.length === 0 ? "it has none for VRRP, set bfdInstances" : `it has ${names.join(", ")}`;
  return [{ path, message: `must be a BFD instance of the pair, got ${shown(name)}; ${advice}` }];
}

/** Problems of settings of the pair with the keepalived that it declares. */
export function pairNeedsProblems(pair: PairProvisions): Problem[] {
  if (pair.interfaceDelays === undefined) return [];
  return featureProblems("interfaceDelays", "interface_up_down_delays", pair.keepalivedVersion);
}
