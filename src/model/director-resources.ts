import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import type { DirectorConfig } from "./director";
import type { HealthCheck } from "./health-check";
import { checksOf } from "./health-check/list";
import { maintenanceFile } from "./maintenance";
import { nameConflictProblems, type NamedUse } from "./name-conflicts";
import type { Problem } from "./problem";
import type { Program } from "./program";
import { isScript, scriptName, uniqueScripts, type Script } from "./script";
import { notifyProgramsOfService } from "./service-notify";
import type { TrackFile } from "./track-file";
import type { VirtualService } from "./virtual-service";
import { programsOfVrrp, trackFilesOfVrrp } from "./vrrp-resources";

type Resources = Pick<DirectorConfig, "services" | "vrrp">;
type Services = readonly Pick<VirtualService, "realServers">[];

/** Every script that keepalived runs on the director and that is a file of ours, each once. */
export function scriptsOf(resources: Resources): Script[] {
  return uniqueScripts(allPrograms(resources).filter(isScript));
}

/** Every program of the host that keepalived runs there, each once. */
export function programsOf(resources: Resources): Deferrable<string>[] {
  const programs = allPrograms(resources).flatMap((program) => (isScript(program) ? [] : [program]));
  return [...new Map(programs.map((path) => [printed(path), path])).values()];
}

/** Some perhaps several times. */
function allPrograms({ services, vrrp }: Resources): Program[] {
  return [
    ...checks(services).flatMap((check) => programOf(check) ?? []),
    ...services.flatMap(notifyProgramsOfService),
    ...(vrrp === undefined ? [] : programsOfVrrp(vrrp)),
  ];
}

/** Every file that keepalived follows on the director, each once: those of VRRP, of checks, and of maintenance switches. */
export function trackFilesOf({ services, vrrp }: Resources): TrackFile[] {
  const files = [
    ...(vrrp === undefined ? [] : trackFilesOfVrrp(vrrp)),
    ...checks(services).flatMap((check) => (check.type === "file" ? [check.trackFile] : [])),
    ...maintenanceSwitches(services).map(maintenanceFile),
  ];
  const byName = new Map<string, TrackFile>();
  for (const file of files) if (!byName.has(printed(file.name))) byName.set(printed(file.name), file);
  return [...byName.values()];
}

/** The maintenance switches of the real servers, each once. */
export function maintenanceSwitches(services: Services): string[] {
  const names = services.flatMap(({ realServers }) => realServers.flatMap((server) => server.maintenanceSwitch ?? []));
  return [...new Set(names)];
}

/** Every network interface that a check goes out through. */
export function checkInterfacesOf({ services }: Pick<DirectorConfig, "services">): Deferrable<string>[] {
  return checks(services).flatMap((check) => ("bindInterface" in check ? (check.bindInterface ?? []) : []));
}

function checks(services: Services): DeepDeferrable<HealthCheck>[] {
  return services.flatMap(({ realServers }) => realServers.flatMap(({ healthCheck }) => checksOf(healthCheck)));
}

function programOf(check: DeepDeferrable<HealthCheck>): Program | undefined {
  return check.type === "misc" ? check.script : undefined;
}

/** Names that stand for one thing on a whole director. */
export interface ResourceUses {
  readonly scripts: readonly NamedUse[];
  readonly trackFiles: readonly NamedUse[];
}

/** Problems of names that services of one director, and what `others` are of, use for different things. */
export function resourceNamesProblems(
  services: readonly { readonly name: string; readonly service: VirtualService }[],
  others: ResourceUses = { scripts: [], trackFiles: [] },
): Problem[] {
  const uses = services.flatMap(({ name, service }) =>
    [service.healthCheck, ...service.realServers.map(({ healthCheck }) => healthCheck)]
      .flatMap(checksOf)
      .map((check) => ({ path: `virtual service '${name}'`, check })),
  );
  return [
    ...nameConflictProblems("script", [
      ...uses.flatMap(({ path, check }) => scriptUse(path, programOf(check))),
      ...services.flatMap(({ name, service }) =>
        notifyProgramsOfService(service).flatMap((program) => scriptUse(`virtual service '${name}'`, program)),
      ),
      ...others.scripts,
    ]),
    ...nameConflictProblems("track file", [
      ...uses.flatMap(({ path, check }) => (check.type === "file" ? [trackFileUse(path, check.trackFile)] : [])),
      ...others.trackFiles,
    ]),
  ];
}

/** What the name of a script stands for; nothing for a program of the host. */
export function scriptUse(path: string, program: Program | undefined): NamedUse[] {
  if (program === undefined || !isScript(program)) return [];
  return [{ path, name: scriptName(program), meaning: printed(program.text) }];
}

export function trackFileUse(path: string, file: TrackFile): NamedUse {
  const { name, initialValue, overwrite = false } = file;
  const meaning = [printed(file.path), initialValue === undefined ? "" : printed(initialValue), overwrite];
  return { path, name: printed(name), meaning: meaning.join("\n") };
}
