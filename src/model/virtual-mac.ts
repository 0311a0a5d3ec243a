import { unicastProblems, addressFamily, type AddressFamily } from "./address";
import { Deferred, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { interfaceProblems, literalProblems, oneOfProblems, shown } from "./rules";

/** A virtual MAC address that moves with the VIPs, on a macvlan interface of its own (keepalived: `use_vmac`). */
export interface VirtualMacSettings {
  /**
   * Name of the macvlan interface, 1 to 15 bytes.
   * @default - `vrrp.` and the VRID
   */
  readonly name?: string;
  /**
   * The MAC address, six octets, or five with the VRID as the sixth; not multicast, and not of VRRP's own range.
   * @default - VRRP's own: 00:00:5e:00:01 (IPv4) or 00:00:5e:00:02 (IPv6), and the VRID
   */
  readonly macAddress?: string;
  /**
   * Whether adverts go out on the interface below, as they must by unicast (keepalived: `vmac_xmit_base`).
   * @default - true by unicast, false by multicast
   */
  readonly transmitOnBase?: boolean;
}

/** How an ipvlan interface passes packets on. */
export enum IpvlanMode {
  /** Interfaces on the same one below reach each other. */
  BRIDGE = "bridge",
  /** They do not. */
  PRIVATE = "private",
  /** They do through the switch alone. */
  VEPA = "vepa",
}

/** An ipvlan interface that the adverts go over, by multicast only (keepalived: `use_ipvlan`). */
export interface IpvlanSettings {
  /**
   * Name of the ipvlan interface, 1 to 15 bytes.
   * @default - `ipvl.` and the VRID
   */
  readonly name?: string;
  /**
   * Addresses of the ipvlan interface, one per director: primary, secondary, then the further backups.
   * @default - the link-local address, between IPv6 directors only
   */
  readonly addresses?: readonly string[];
  /**
   * The mode, the same for all ipvlan interfaces on one interface.
   * @default IpvlanMode.BRIDGE
   */
  readonly mode?: IpvlanMode;
}

type Optional<T> = DeepDeferrable<T> | undefined;

/** What the rules of both need to know of the instance. */
export interface MacContext {
  readonly interface: Deferrable<string> | undefined;
  readonly multicast: boolean;
  readonly promoteSecondaries: boolean;
}

export function virtualMacProblems(path: string, vmac: Optional<VirtualMacSettings>, context: MacContext): Problem[] {
  if (vmac === undefined) return [];
  return [
    ...nameProblems(`${path}.name`, vmac.name, context),
    ...macAddressProblems(`${path}.macAddress`, vmac.macAddress),
    ...(vmac.transmitOnBase === false && !context.multicast
      ? [{ path: `${path}.transmitOnBase`, message: "must be true by unicast, got false; or set multicast: true" }]
      : []),
    ...promoteProblems(path, context),
  ];
}

export function ipvlanProblems(
  path: string,
  ipvlan: Optional<IpvlanSettings>,
  context: MacContext & { readonly directors: number; readonly family: AddressFamily | undefined },
): Problem[] {
  if (ipvlan === undefined) return [];
  return [
    ...nameProblems(`${path}.name`, ipvlan.name, context),
    ...oneOfProblems(`${path}.mode`, ipvlan.mode, Object.values(IpvlanMode)),
    ...(context.multicast
      ? []
      : [{ path, message: "needs multicast: true, got unicast, which keepalived cannot send over ipvlan" }]),
    ...addressesProblems(`${path}.addresses`, ipvlan.addresses, context),
    ...promoteProblems(path, context),
  ];
}

function nameProblems(path: string, name: Deferrable<string> | undefined, context: MacContext): Problem[] {
  if (name === undefined) return [];
  const problems = [...literalProblems(path, name), ...interfaceProblems(path, name)];
  if (context.interface === undefined || !sameValue(name, context.interface)) return problems;
  return [...problems, { path, message: `must be a new interface, got ${shown(name)}, which the adverts go over` }];
}

function macAddressProblems(path: string, value: Deferrable<string> | undefined): Problem[] {
  if (value === undefined || value instanceof Deferred) return [];
  if (!/^([0-9a-f]{2}:){4,5}[0-9a-f]{2}$/i.test(value)) {
    return [{ path, message: `must be five or six octets such as 02:00:5e:10:00, got ${shown(value)}` }];
  }
  if ((Number.parseInt(value.slice(0, 2), 16) & 1) === 1) {
    return [{ path, message: `must not be a multicast address, got ${shown(value)}; make the first octet even` }];
  }
  if (!/^00:00:5e:00:0[12]/i.test(value)) return [];
  return [{ path, message: `must not be of VRRP's own range, got ${shown(value)}; leave it out instead` }];
}

/** keepalived sets the flag of an interface that it makes by itself. */
function promoteProblems(path: string, { promoteSecondaries }: MacContext): Problem[] {
  if (!promoteSecondaries) return [];
  return [{ path, message: "must not be set with promoteSecondaries, got both; leave promoteSecondaries out" }];
}

function addressesProblems(
  path: string,
  addresses: readonly Deferrable<string>[] | undefined,
  { directors, family }: { readonly directors: number; readonly family: AddressFamily | undefined },
): Problem[] {
  if (addresses === undefined) {
    return family === "IPv6" ? [] : [{ path, message: `needs one address per director (${directors}), got none` }];
  }
  if (addresses.length !== directors) {
    return [{ path, message: `needs one address per director (${directors}), got ${addresses.length}` }];
  }
  return addresses.flatMap((address, index) => {
    const item = `${path}[${index}]`;
    const problems = unicastProblems(item, address);
    const other = addressFamily(address);
    if (problems.length > 0 || other === undefined || family === undefined || other === family) return problems;
    return [{ path: item, message: `must be ${family} like the directors, got ${shown(address)}` }];
  });
}
