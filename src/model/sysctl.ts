import { Deferred, printed, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { escaped, shown } from "./rules";

/** One kernel setting in the words of sysctl.d(5): `/` separates, `*` stands for every interface. */
export interface Sysctl {
  readonly key: string;
  readonly value: string;
}

/** Kernel settings as a user writes them: `net.core.somaxconn`, or with `/` as separator, to their values. */
export type Sysctls = Readonly<Record<string, Deferrable<string | number>>>;

/** As sysctl(8) reads it: where the first separator is a dot, dots and slashes change places. */
export function sysctlKey(key: string): string {
  const separator = /[./]/.exec(key)?.[0];
  if (separator === "/") return key;
  return key.replace(/[./]/g, (found) => (found === "." ? "/" : "."));
}

/** The settings in the order in which they were given. */
export function sysctlList(sysctls: Sysctls): Sysctl[] {
  return Object.entries(sysctls).map(([key, value]) => ({ key: sysctlKey(key), value: printed(value) }));
}

/** Problems of settings by themselves; only the kernel of the host knows whether it has them. */
export function sysctlsProblems(path: string, sysctls: Sysctls): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(sysctls).flatMap(([key, value]) => {
    const own = `${path}[${shown(key)}]`;
    const name = sysctlKey(key);
    const other = first.get(name);
    if (other === undefined) first.set(name, key);
    return [
      ...keyProblems(own, name, key),
      ...(other === undefined
        ? []
        : [{ path: own, message: `must be set once, got it again; ${shown(other)} is the same setting` }]),
      ...valueProblems(own, value),
    ];
  });
}

const KEY = /^[a-z]\w*(\/(\*|\w[\w.:@+-]*))+$/;

function keyProblems(path: string, name: string, key: string): Problem[] {
  if (KEY.test(name)) return [];
  const rule = "must be the name of a kernel setting such as net.core.somaxconn or net/ipv4/conf/eth0.5/rp_filter";
  return [{ path, message: `${rule}, got ${shown(key)}` }];
}

const VALUE = /^[\x21-\x5b\x5d-\x7e]+( [\x21-\x5b\x5d-\x7e]+)*$/;

function valueProblems(path: string, value: Deferrable<string | number>): Problem[] {
  if (value instanceof Deferred) return [];
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? [] : [{ path, message: `must be an integer or text, got ${shown(value)}` }];
  }
  if (VALUE.test(value)) return [];
  const rule = "must be words of printable ASCII without backslash, one blank between them";
  return [{ path, message: `${rule}, got ${shown(value)}` }];
}

/** A kernel setting that a user chose, and the prop that did. */
export interface ChosenSysctl extends Sysctl {
  readonly path: string;
}

/** Refuses what the host could not do its work with; `needed` are the settings of its features. */
export function neededSysctlProblems(chosen: readonly ChosenSysctl[], needed: readonly Sysctl[]): Problem[] {
  return chosen.flatMap(({ path, key, value }) => {
    const other = needed.find((sysctl) => mayBeSame(sysctl.key, key) && sysctl.value !== value);
    if (other === undefined) return [];
    const message = `must be ${other.value}, which the work of this host needs, got ${escaped(value)}; leave it out`;
    return [{ path, message }];
  });
}

/** Whether both name one setting, where `*` may stand for the same interface. */
function mayBeSame(one: string, other: string): boolean {
  const words = one.split("/");
  const others = other.split("/");
  if (words.length !== others.length) return false;
  return words.every((word, index) => word === others[index] || word === "*" || others[index] === "*");
}
