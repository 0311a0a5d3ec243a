import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { literalProblems, shown } from "./rules";

const LONGEST = 64;

/** Refuses a name that cannot stand bare in keepalived.conf or be that of a file, and a token: others refer to it. */
export function bareNameProblems(path: string, name: Deferrable<string> | undefined, longest = LONGEST): Problem[] {
  if (name === undefined || name instanceof Deferred) return literalProblems(path, name);
  if (/^\w[\w.-]*$/.test(name) && name.length <= longest) return [];
  const rule = `must be 1 to ${longest} letters, digits, '.', '_' and '-', without '.' or '-' at its start`;
  return [{ path, message: `${rule}, got ${shown(name)}` }];
}
