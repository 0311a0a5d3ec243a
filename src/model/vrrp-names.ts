import { printed } from "./deferred";
import { scriptUse, trackFileUse, type ResourceUses } from "./director-resources";
import { nameConflictProblems, type NamedUse } from "./name-conflicts";
import type { Problem } from "./problem";
import type { VrrpDefinition } from "./vrrp-group";
import { notifyPrograms, type Notify } from "./vrrp-notify";
import type { Tracking } from "./vrrp-tracking";

type Named = { readonly path: string; readonly settings: Tracking & { readonly notify?: Notify } };

/** What names of scripts and files stand for in the VRRP of a pair. */
export function vrrpResourceUses(definition: VrrpDefinition): ResourceUses {
  const { instances, settings } = definition;
  return {
    scripts: [
      ...all(definition).flatMap(({ path, settings: { trackScripts = [], notify } }) => [
        ...trackScripts.flatMap((tracked, index) => scriptUse(`${path} trackScripts[${index}]`, tracked.script)),
        ...notifyPrograms(notify).flatMap(({ event, program }) => scriptUse(`${path} notify.${event}`, program)),
      ]),
      ...instances.flatMap(({ name, settings: { cloud } }) =>
        scriptUse(`${instancePath(name)} cloud`, cloud?.moveAddress),
      ),
      ...scriptUse("notifyFifo.script", settings.notifyFifo?.script),
    ],
    trackFiles: all(definition).flatMap(({ path, settings: { trackFiles = [] } }) =>
      trackFiles.map(({ file }, index) => trackFileUse(`${path} trackFiles[${index}]`, file)),
    ),
  };
}

/** Problems of names of scripts and processes that are tracked as two different things. */
export function vrrpNamesProblems(definition: VrrpDefinition): Problem[] {
  const uses = (prop: "trackScripts" | "trackProcesses"): NamedUse[] =>
    all(definition).flatMap(({ path, settings }) =>
      (settings[prop] ?? []).map((tracked, index) => {
        const same = { ...tracked, weight: undefined, reverse: undefined };
        return { path: `${path} ${prop}[${index}]`, name: printed(tracked.name), meaning: JSON.stringify(same) };
      }),
    );
  return [
    ...nameConflictProblems("tracked script", uses("trackScripts")),
    ...nameConflictProblems("tracked process", uses("trackProcesses")),
  ];
}

function all({ instances, groups }: VrrpDefinition): Named[] {
  return [
    ...instances.map(({ name, settings }) => ({ path: instancePath(name), settings })),
    ...groups.map(({ name, settings }) => ({ path: `sync group '${name}'`, settings })),
  ];
}

function instancePath(name: string): string {
  return `VRRP instance '${name}'`;
}
