import { Deferred, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { programProblems } from "../program";
import { integerProblems, lineProblems, quotableProblems, shown } from "../rules";
import { isScript, type ScriptSettings } from "../script";
import { checkTimingProblems, type CheckTimingOptions } from "./timing";

/** Which program a check runs, and how. */
export interface MiscCheckOptions extends CheckTimingOptions {
  /**
   * What the director runs: a script, whose text becomes a file there, or the absolute path of a program that is there
   * already. keepalived runs a program as root only if nobody else can write to it or to a directory above it; the
   * deploy looks at that (keepalived: `misc_path`).
   */
  readonly script: ScriptSettings | string;
  /**
   * What the program is called with. In each, `{address}`, `{port}` and `{vip}` stand for those of the real server and
   * of the service.
   * @default - nothing
   */
  readonly arguments?: readonly string[];
  /**
   * How long the program may run, 1 to 3600 whole seconds. Leave room: before keepalived 2.3.0, a check whose program
   * ends at the very moment that it is stopped is not made again (keepalived: `misc_timeout`).
   * @default - the time between two checks of the service
   */
  readonly timeoutSeconds?: number;
  /**
   * Exit codes from 2 to 255 mean success, and set the weight of the real server to two less. The weight is then no
   * longer compared by `check` and after a deploy. Needs keepalived 2.2.0 (keepalived: `misc_dynamic`).
   * @default false - every exit code but 0 is a failure
   */
  readonly dynamic?: boolean;
  /**
   * User of the director to run the program as; others than root need keepalived 2.2.8, and a program that is there
   * already: files of ours are for root alone (keepalived: `user`).
   * @default "root"
   */
  readonly user?: string;
  /**
   * Group to run the program as; needs `user`.
   * @default - the group of the user
   */
  readonly group?: string;
}

/** The real server is up when a program on the director ends with exit code 0 (keepalived: `MISC_CHECK`). */
export interface MiscCheck extends MiscCheckOptions {
  /** Tells it from other checks. */
  readonly type: "misc";
}

export function miscCheckProblems(path: string, check: DeepDeferrable<MiscCheckOptions>): Problem[] {
  const { script } = check;
  return [
    ...programProblems(`${path}.script`, script),
    ...(isScript(script) ? otherUserProblems(`${path}.user`, check.user) : []),
    ...(check.arguments ?? []).flatMap((text, index) => argumentProblems(`${path}.arguments[${index}]`, text)),
    ...commandLengthProblems(path, check),
    ...integerProblems(`${path}.timeoutSeconds`, check.timeoutSeconds, 1, 3600),
    ...accountProblems(`${path}.user`, check.user),
    ...accountProblems(`${path}.group`, check.group),
    ...(check.group === undefined || check.user !== undefined
      ? []
      : [{ path: `${path}.group`, message: "needs user, got none; set user too" }]),
    ...checkTimingProblems(path, check),
  ];
}

/** keepalived takes the command line apart at quotes of both kinds. */
function argumentProblems(path: string, value: Deferrable<string>): Problem[] {
  const problems = quotableProblems(path, value);
  if (problems.length > 0 || value instanceof Deferred || !value.includes("'")) return problems;
  return [{ path, message: `must have no single quotes, got ${shown(value)}` }];
}

function commandLengthProblems(path: string, check: DeepDeferrable<MiscCheckOptions>): Problem[] {
  const known = (check.arguments ?? []).filter((text) => typeof text === "string");
  return lineProblems(`${path}.arguments`, known.join("   "));
}

function otherUserProblems(path: string, user: Deferrable<string> | undefined): Problem[] {
  if (user === undefined || user === "root") return [];
  const advice = "only root can read our files, give the path of a program of the host instead";
  return [{ path, message: `must be root for a script, got ${shown(user)}; ${advice}` }];
}

function accountProblems(path: string, name: Deferrable<string> | undefined): Problem[] {
  if (name === undefined || name instanceof Deferred || /^[A-Za-z_][\w.-]{0,31}$/.test(name)) return [];
  return [{ path, message: `must be the name of an account, got ${shown(name)}` }];
}
