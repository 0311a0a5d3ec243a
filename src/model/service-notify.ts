import type { DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { eventPrograms, eventProgramsProblems, withEventNames, type Program } from "./program";
import type { ScriptSettings } from "./script";

/**
 * What a director runs when something comes up and goes down, as root: scripts, whose texts become files, or absolute
 * paths of programs of the directors. Every director runs them, the backup too, as each finds out for itself. keepalived
 * waits for none: what is up soon after it was down may be told first.
 */
export interface UpDownPrograms {
  /**
   * When it comes up.
   * @default - nothing
   */
  readonly up?: ScriptSettings | string;
  /**
   * When it goes down; at a stop of keepalived only under `omega`, and then it has one second.
   * @default - nothing
   */
  readonly down?: ScriptSettings | string;
}

/** What else hears of the state of a service. */
export interface ServiceNotifySettings {
  /**
   * What is run when the quorum is met and lost, called with `VS`, the name of the service, and `UP` or `DOWN`. The name
   * is `192.0.2.100:80/tcp` with the first VIP, or `fwmark 1 (IPv4)`, one word. At the start of keepalived a quorum that
   * is met comes up. A deploy that takes so many real servers out that those that stay do not make the quorum is told as
   * `DOWN`, and those that it adds are not told as `UP` (keepalived: `quorum_up`, `quorum_down`).
   * @default - nothing
   */
  readonly notifyQuorum?: UpDownPrograms;
  /**
   * What is run when a real server comes and goes, by its checks, by its maintenance switch, or with a deploy: called with
   * `RS`, its address and port (`192.0.2.21:80`), the name of the service as for `notifyQuorum`, and `UP` or `DOWN`. Real
   * servers that are up when keepalived starts, or are new, are told only under `alpha` (keepalived: `notify_up`,
   * `notify_down`).
   * @default - nothing
   */
  readonly notifyRealServers?: UpDownPrograms;
}

type Notify = DeepDeferrable<ServiceNotifySettings>;

/** Programs for coming up and going down. */
export type UpDown = DeepDeferrable<UpDownPrograms>;

const EVENTS = ["up", "down"] as const;

export type UpDownEvent = (typeof EVENTS)[number];

export function upDownPrograms(programs: UpDown | undefined): { event: UpDownEvent; program: Program }[] {
  return eventPrograms(EVENTS, programs);
}

export function upDownProblems(path: string, programs: UpDown | undefined): Problem[] {
  return eventProgramsProblems(path, EVENTS, programs);
}

export function withUpDownNames(programs: UpDown, prefix: string): UpDown {
  return withEventNames(EVENTS, programs, prefix);
}

export function serviceNotifyProblems({ notifyQuorum, notifyRealServers }: Notify): Problem[] {
  return [...upDownProblems("notifyQuorum", notifyQuorum), ...upDownProblems("notifyRealServers", notifyRealServers)];
}

/** The settings of a service with a name for every script that has none. */
export function withNotifyNames<T extends Notify>(settings: T, prefix: string): T {
  const { notifyQuorum, notifyRealServers } = settings;
  return {
    ...settings,
    ...(notifyQuorum !== undefined && { notifyQuorum: withUpDownNames(notifyQuorum, `${prefix}-quorum`) }),
    ...(notifyRealServers !== undefined && {
      notifyRealServers: withUpDownNames(notifyRealServers, `${prefix}-server`),
    }),
  };
}

/** Everything that a service runs so, some perhaps several times. */
export function notifyProgramsOfService(
  service: Notify & { readonly realServers: readonly { readonly notify?: UpDown }[] },
): Program[] {
  return [service.notifyQuorum, service.notifyRealServers, ...service.realServers.map(({ notify }) => notify)]
    .flatMap(upDownPrograms)
    .map(({ program }) => program);
}
