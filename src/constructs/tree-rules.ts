import type { IConstruct } from "constructs";
import { TerraformStack } from "../framework";
import { addressFamily, canonicalAddress, ipv6Groups, type AddressFamily } from "../model/address";
import { Deferred, printed, sameValue, type Deferrable } from "../model/deferred";
import type { Problem } from "../model/problem";
import type { IVrrpInstance } from "./pair-instances";

/** A construct that configures hosts of its own. */
export interface HostOwner extends IConstruct {
  /** The hosts by the path of the prop that names each. */
  readonly ownHosts: Readonly<Record<string, Deferrable<string>>>;
}

const hosts = new WeakMap<TerraformStack, Map<string, HostOwner>>();

/** Remembers who configures hosts in a stack: no host can have two masters. */
export function registerHosts(owner: HostOwner): void {
  const known = knownHosts(owner);
  for (const address of Object.values(owner.ownHosts)) {
    const key = printed(canonicalAddress(address));
    if (!known.has(key)) known.set(key, owner);
  }
}

/** Problems of hosts that an earlier construct of the stack configures already. */
export function sharedHostProblems(owner: HostOwner): Problem[] {
  return Object.entries(owner.ownHosts).flatMap(([path, address]) => {
    const first = knownHosts(owner).get(printed(canonicalAddress(address)));
    if (first === undefined || first === owner) return [];
    return [
      {
        path,
        message: `must be a host of its own, got ${printed(address)} again; '${first.node.path}' configures it already`,
      },
    ];
  });
}

function knownHosts(owner: HostOwner): Map<string, HostOwner> {
  const stack = TerraformStack.of(owner);
  const known = hosts.get(stack) ?? new Map<string, HostOwner>();
  hosts.set(stack, known);
  return known;
}

const switches = new WeakMap<TerraformStack, Map<string, IConstruct>>();

/** Problems of a maintenance switch whose name an earlier construct of the stack has too: one would turn both. */
export function sharedSwitchProblems(owner: IConstruct, name: string | undefined): Problem[] {
  if (name === undefined) return [];
  const stack = TerraformStack.of(owner);
  const known = switches.get(stack) ?? new Map<string, IConstruct>();
  switches.set(stack, known);
  const first = known.get(name) ?? owner;
  known.set(name, first);
  if (first === owner) return [];
  const message = `must have a name of its own, got '${name}' again; '${first.node.path}' has it already, rename one`;
  return [{ path: "maintenanceSwitch", message }];
}

/** A VRRP instance as its neighbours on the segment see it. */
interface Router {
  /** No two instances of one pair and family can share an anchor address. */
  readonly construct: IVrrpInstance;
  /** Number of the VRRP instance (VRID). */
  readonly virtualRouterId: Deferrable<number>;
  /** What its adverts go between. */
  readonly advertAddresses: readonly Deferrable<string>[];
}

const routers = new WeakMap<TerraformStack, Router[]>();

export function registerRouter(router: Router): void {
  // An instance may be in another stack than its pair, whose network it is on.
  const stack = TerraformStack.of(router.construct.pair);
  routers.set(stack, [...(routers.get(stack) ?? []), router]);
}

/** Problems of a VRID that an earlier instance of the stack uses on the same segment. */
export function sharedRouterIdProblems(construct: IVrrpInstance): Problem[] {
  const all = routers.get(TerraformStack.of(construct.pair)) ?? [];
  const own = all.findIndex((one) => one.construct === construct);
  const router = all[own];
  if (router === undefined) return [];
  const segments = segmentsOf(router);
  const other = all
    .slice(0, own)
    .filter((one) => sameValue(one.virtualRouterId, router.virtualRouterId) && familyOf(one) === familyOf(router))
    .find(
      (one) => one.construct.pair === construct.pair || segmentsOf(one).some((segment) => segments.includes(segment)),
    )?.construct;
  if (other === undefined) return [];
  return [
    {
      path: "virtualRouterId",
      message: `must be unique on the network segment, got ${printed(router.virtualRouterId)} again; '${other.node.path}' uses it already`,
    },
  ];
}

/** VRRP of IPv4 and of IPv6 do not hear each other, so each has VRIDs of its own; what is not known counts as IPv4. */
function familyOf({ advertAddresses }: Router): AddressFamily {
  return advertAddresses.map(addressFamily).find((family) => family !== undefined) ?? "IPv4";
}

/** The segments of an instance; no mask is known, so those are taken that segments nearly always have. */
function segmentsOf(router: Router): string[] {
  return router.advertAddresses.flatMap((address) => {
    const family = addressFamily(address);
    if (address instanceof Deferred || family === undefined) return [];
    return family === "IPv4" ? [address.slice(0, address.lastIndexOf("."))] : [prefix64(address)];
  });
}

/** The first four groups of an IPv6 address. */
function prefix64(address: string): string {
  return ipv6Groups(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}
