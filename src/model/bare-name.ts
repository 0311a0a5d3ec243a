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

/**
 * A bare name of at most 64 characters in place of a longer one: a digest of the whole, the same at every synth, and the
 * end, which tells more than the beginning.
 */
export function shortName(name: string): string {
  if (name.length <= LONGEST) return name;
  const start = `${digest(name)}-`;
  return start + name.slice(start.length - LONGEST).replace(/^[.-]+/, "");
}

/** Eight hexadecimal digits (FNV-1a): enough to tell names apart. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
