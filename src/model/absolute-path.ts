import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { literalProblems, shown } from "./rules";

/** Whether names between the slashes have letters, digits and these signs alone, and none of them leads elsewhere. */
export function isPlainPath(value: string, signs: string): boolean {
  const [beforeFirst, ...names] = value.split("/");
  const name = new RegExp(`^[A-Za-z0-9${signs}]+$`);
  return beforeFirst === "" && names.length > 0 && names.every((text) => name.test(text) && !/^\.\.?$/.test(text));
}

/** Refuses a path of what is on the host already that could not stand bare in lines of ours, where a blank would end it. */
export function barePathProblems(path: string, value: Deferrable<string> | undefined, kind: string): Problem[] {
  if (value === undefined || value instanceof Deferred || isPlainPath(value, "._+@-")) return [];
  const rule = `must be ${kind} of letters, digits and . _ + @ -, without . and .. as names`;
  return [{ path, message: `${rule}, got ${shown(value)}` }];
}

/** Refuses anything but a path that every file of ours can hold bare, and a token: it names a file that is written. */
export function filePathProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined) return [];
  if (value instanceof Deferred) return literalProblems(path, value);
  if (isPlainPath(value, "._-") && value.length <= 255) return [];
  const allowed = "letters, digits and . _ - between its slashes, at most 255 characters";
  return [{ path, message: `must be an absolute path of ${allowed}, got ${shown(value)}` }];
}
