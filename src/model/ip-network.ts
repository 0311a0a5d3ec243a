import { addressFamily, type AddressFamily } from "./address";
import { Deferred, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { shown } from "./rules";

/** Refuses what is neither an address nor a network in prefix form. */
export function networkProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  const family = networkFamily(value);
  const message = `must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6, got ${shown(value)}`;
  if (family === undefined) return [{ path, message }];
  const [, length] = value.split("/");
  const longest = family === "IPv4" ? 32 : 128;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= longest) ? [] : [{ path, message }];
}

/** The family of a literal address or network. */
export function networkFamily(value: Deferrable<string>): AddressFamily | undefined {
  if (value instanceof Deferred) return undefined;
  const [address = "", ...length] = value.split("/");
  return length.length > 1 ? undefined : addressFamily(address);
}

/** Refuses networks and addresses of two families, where one thing can have one only. */
export function oneFamilyProblems(
  values: readonly (readonly [path: string, value: Deferrable<string> | undefined])[],
): Problem[] {
  const known = values.flatMap(([path, value]) => {
    const family = value === undefined ? undefined : networkFamily(value);
    return family === undefined ? [] : [{ path, value, family }];
  });
  const [first] = known;
  if (first === undefined) return [];
  return known
    .filter(({ family }) => family !== first.family)
    .map(({ path, value }) => ({ path, message: `must be ${first.family} like ${first.path}, got ${shown(value)}` }));
}
