import { barePathProblems } from "./absolute-path";
import { shortName } from "./bare-name";
import type { Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { isScript, scriptProblems, type Script } from "./script";

/** What keepalived runs on a director: a script of ours, or a program of the host by its path. */
export type Program = Script | Deferrable<string>;

/** Programs by the event that each is run on. */
export type EventPrograms<E extends string> = { readonly [event in E]?: Program };

/** Each of the events that something is run on, in their order, and what. */
export function eventPrograms<E extends string>(
  events: readonly E[],
  programs: EventPrograms<E> = {},
): { readonly event: E; readonly program: Program }[] {
  return events.flatMap((event) => {
    const program = programs[event];
    return program === undefined ? [] : [{ event, program }];
  });
}

export function eventProgramsProblems<E extends string>(
  path: string,
  events: readonly E[],
  programs: EventPrograms<E> | undefined,
): Problem[] {
  return eventPrograms(events, programs).flatMap(({ event, program }) => programProblems(`${path}.${event}`, program));
}

/** The same programs, where scripts without a name have one: `prefix-event`. */
export function withEventNames<E extends string>(
  events: readonly E[],
  programs: EventPrograms<E>,
  prefix: string,
): EventPrograms<E> {
  const entries = eventPrograms(events, programs).map(({ event, program }) => [
    event,
    named(program, `${prefix}-${event}`),
  ]);
  return Object.fromEntries(entries) as EventPrograms<E>;
}

/** The program, with this name if it is a script without one; paths of constructs may be longer than a name. */
export function named(program: Program, name: string): Program {
  return isScript(program) && program.name === undefined ? { ...program, name: shortName(name) } : program;
}

/** Problems of a script, or of the path of a program of the host. */
export function programProblems(path: string, program: Program | undefined): Problem[] {
  if (program === undefined) return [];
  return isScript(program)
    ? scriptProblems(path, program)
    : barePathProblems(path, program, "a script or an absolute path");
}
