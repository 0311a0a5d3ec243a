import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { BfdListener } from "./bfd";
import type { DirectorSettings } from "./director-settings";
import type { HealthCheck } from "./health-check";
import { checkPaths } from "./health-check/list";
import { featureProblems, type KeepalivedFeature } from "./keepalived-version";
import type { Problem } from "./problem";
import { shown } from "./rules";
import { Scheduler } from "./scheduler";
import type { VirtualService } from "./virtual-service";

type Settings = DeepDeferrable<DirectorSettings>;

interface Use {
  readonly path: string;
  readonly feature: KeepalivedFeature;
}

/** Problems of a service with what keepalived is, and knows, on its director. */
export function directorNeedsProblems(service: VirtualService, settings: Settings): Problem[] {
  const checks = [
    ...checkPaths("healthCheck", service.healthCheck),
    ...service.realServers.flatMap(({ healthCheck }, index) =>
      healthCheck === service.healthCheck ? [] : checkPaths(`realServers[${index}].healthCheck`, healthCheck),
    ),
  ];
  const uses: Use[] = [
    ...(service.scheduler === Scheduler.TWOS ? [{ path: "scheduler", feature: "scheduler twos" as const }] : []),
    ...checks.flatMap(({ path, check }) => featuresOf(path, check)),
    ...service.realServers.flatMap(({ maintenanceSwitch }, index): Use[] =>
      maintenanceSwitch === undefined
        ? []
        : [{ path: `realServers[${index}].maintenanceSwitch`, feature: "FILE_CHECK" }],
    ),
  ];
  return [
    ...uses.flatMap(({ path, feature }) => featureProblems(path, feature, settings.keepalivedVersion)),
    ...(service.smtpAlert === true && settings.mail === undefined
      ? [{ path: "smtpAlert", message: "needs mail on the director, got none; tell whom to write to" }]
      : []),
    ...checks.flatMap(({ path, check }) => (check.type === "bfd" ? sessionProblems(path, check.name, settings) : [])),
  ];
}

/** The options of a check that not every keepalived has. */
function featuresOf(path: string, check: DeepDeferrable<HealthCheck>): Use[] {
  switch (check.type) {
    case "file":
      return [{ path, feature: "FILE_CHECK" }];
    case "ssl":
      return check.tlsCompliant === true ? [{ path: `${path}.tlsCompliant`, feature: "tls_compliant" }] : [];
    case "udp":
      return [
        ...(check.payload === undefined ? [] : [{ path: `${path}.payload`, feature: "payload of UDP_CHECK" } as const]),
        ...(check.requireReply === undefined || typeof check.requireReply === "boolean"
          ? []
          : [{ path: `${path}.requireReply`, feature: "require_reply with text" } as const]),
      ];
    case "misc":
      return [
        ...(check.dynamic === true ? [{ path: `${path}.dynamic`, feature: "misc_dynamic" } as const] : []),
        ...(check.user === undefined || check.user === "root"
          ? []
          : [{ path: `${path}.user`, feature: "user of MISC_CHECK" } as const]),
      ];
    default:
      return [];
  }
}

/** keepalived would leave the real server unchecked. */
function sessionProblems(path: string, name: Deferrable<string>, { bfdInstances = [] }: Settings): Problem[] {
  const heard = bfdInstances.filter(
    ({ listeners = [] }) => listeners.length === 0 || listeners.includes(BfdListener.CHECKER),
  );
  if (heard.some((instance) => printed(instance.name) === printed(name))) return [];
  const names = heard.map((instance) => printed(instance.name));
  const advice = names.length === 0 ? "it has none for checks, set bfdInstances" : `it has ${names.join(", ")}`;
  return [{ path: `${path}.name`, message: `must be a BFD instance of the director, got ${shown(name)}; ${advice}` }];
}
