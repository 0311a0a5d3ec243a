import { Deferred, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { named } from "../program";
import { bindFamilyProblems } from "./connection";
import { healthCheckProblems, type HealthCheck } from "./index";

/** One health check, or several that must all succeed: keepalived takes a real server out when any of them fails. */
export type HealthChecks = HealthCheck | readonly HealthCheck[];

type Given = DeepDeferrable<HealthChecks>;
type Check = DeepDeferrable<HealthCheck>;

/** The checks of a real server; none for `none` and for an empty list. */
export function checksOf(given: Given): Check[] {
  return listOf(given).filter(({ type }) => type !== "none");
}

/** Every check that is not `none` with the path of its prop: `healthCheck` for one, `healthCheck[1]` in a list. */
export function checkPaths(path: string, given: Given): { readonly path: string; readonly check: Check }[] {
  return listOf(given)
    .map((check, index) => ({ path: isList(given) ? `${path}[${index}]` : path, check }))
    .filter(({ check }) => check.type !== "none");
}

function listOf(given: Given): readonly Check[] {
  return isList(given) ? given : [given];
}

function isList(given: Given): given is readonly Check[] {
  return Array.isArray(given);
}

export function healthChecksProblems(path: string, given: Given | undefined): Problem[] {
  if (given === undefined) return [];
  const several = isList(given) && given.length > 1;
  return [
    ...checkPaths(path, given).flatMap((item) => healthCheckProblems(item.path, item.check)),
    ...listOf(given).flatMap((check, index) =>
      several && check.type === "none"
        ? [{ path: `${path}[${index}]`, message: "must not be none beside other checks, got none; leave it out" }]
        : [],
    ),
    ...sameBfdProblems(path, given),
  ];
}

/** keepalived refuses the second check of one session. */
function sameBfdProblems(path: string, given: Given): Problem[] {
  const names = listOf(given).map((check) => (check.type === "bfd" ? check.name : undefined));
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (name === undefined || name instanceof Deferred || first === index) return [];
    const message = `must be checked once, got '${name}' again; ${path}[${first}] does it already`;
    return [{ path: `${path}[${index}].name`, message }];
  });
}

/** The same checks, where scripts without a name have one: `base`, or `base-2` for the second check of a list. */
export function withScriptNames(given: Given, base: string): Given {
  const withName = (check: Check, index: number): Check => {
    if (check.type !== "misc") return check;
    return { ...check, script: named(check.script, index === 0 ? base : `${base}-${index + 1}`) };
  };
  return isList(given) ? given.map(withName) : withName(given, 0);
}

/** Whether a check may give the real server another weight than the definition, even though it is up. */
export function changesWeight(given: Given): boolean {
  return checksOf(given).some(
    (check) => (check.type === "misc" && check.dynamic === true) || (check.type === "file" && check.weight !== 0),
  );
}

/** Problems of checks with the address of the real server that they are for. */
export function checkFamilyProblems(path: string, given: Given, address: Deferrable<string>): Problem[] {
  return checkPaths(path, given).flatMap((item) =>
    "bindAddress" in item.check ? bindFamilyProblems(item.path, item.check, address) : [],
  );
}

const TYPES_WITH_PORT: readonly string[] = ["tcp", "http", "ssl", "smtp", "dns", "udp"];

function missingPort(type: string): string {
  return `must be set where the service has no single port, got none for ${type}; name the port to try`;
}

/** Problems of checks of a real server without a port: keepalived would connect to port 0, where nobody answers. */
export function missingPortProblems(path: string, given: Given): Problem[] {
  return checkPaths(path, given).flatMap(({ path: place, check }) =>
    TYPES_WITH_PORT.includes(check.type) && !("port" in check && check.port !== undefined)
      ? [{ path: `${place}.port`, message: missingPort(check.type) }]
      : [],
  );
}
