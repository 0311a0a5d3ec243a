import { addressFamily, canonicalAddress, unicastProblems } from "./address";
import { bareNameProblems } from "./bare-name";
import { printed, sameValue, type DeepDeferrable, type Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, oneOfProblems, shown } from "./rules";

/** A part of keepalived that hears of a BFD session. */
export enum BfdListener {
  /** The VRRP instances, which may track it. */
  VRRP = "vrrp",
  /** The health checks. */
  CHECKER = "checker",
}

/** A session of bidirectional forwarding detection (RFC 5880) with a neighbor (keepalived: `bfd_instance`). */
export interface BfdInstanceSettings {
  /** What health checks and VRRP call it: 1 to 31 letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** Address of the neighbor (keepalived: `neighbor_ip`). */
  readonly neighborAddress: string;
  /**
   * Address to speak from; not in a pair, whose directors have different ones (keepalived: `source_ip`).
   * @default - the address of the director, when it is of the neighbor's family
   */
  readonly sourceAddress?: string;
  /**
   * Time between two packets that the neighbor must not fall below, 1 to 10000 milliseconds (keepalived: `min_rx`).
   * @default - keepalived's own default (10 milliseconds)
   */
  readonly minRxMilliseconds?: number;
  /**
   * Time between two packets to the neighbor while the session is up, 1 to 10000 milliseconds (keepalived: `min_tx`).
   * @default - keepalived's own default (10 milliseconds)
   */
  readonly minTxMilliseconds?: number;
  /**
   * The same while the session is down, 1000 to 10000 milliseconds (keepalived: `idle_tx`).
   * @default - keepalived's own default (1000 milliseconds)
   */
  readonly idleTxMilliseconds?: number;
  /**
   * Packets that may be lost before the session is down, 1 to 255 (keepalived: `multiplier`).
   * @default - keepalived's own default (5)
   */
  readonly multiplier?: number;
  /**
   * Waits for the neighbor to begin (keepalived: `passive`).
   * @default false
   */
  readonly passive?: boolean;
  /**
   * TTL or hop limit of the packets, 1 to 255 (keepalived: `ttl`, `hoplimit`).
   * @default - keepalived's own default (255 for IPv4, 64 for IPv6)
   */
  readonly ttl?: number;
  /**
   * Hops that a packet of the neighbor may have come, 0 to 255 and at most `ttl`; 255 lets all pass
   * (keepalived: `max_hops`).
   * @default - keepalived's own default (0)
   */
  readonly maxHops?: number;
  /**
   * Added to the priority of a VRRP instance that tracks the session, -253 to 253; with 0 the instance fails with the
   * session (keepalived: `weight`).
   * @default - keepalived's own default (0)
   */
  readonly weight?: number;
  /**
   * Turns the meaning of `weight` round, which it needs (keepalived: `weight N reverse`).
   * @default false
   */
  readonly reverse?: boolean;
  /**
   * Who hears of the session (keepalived: `vrrp`, `checker`).
   * @default - both
   */
  readonly listeners?: readonly BfdListener[];
}

export type BfdInstance = DeepDeferrable<BfdInstanceSettings>;

/** Problems of the BFD instances of a director, by themselves and among each other. */
export function bfdInstancesProblems(path: string, instances: readonly BfdInstance[] = []): Problem[] {
  return instances.flatMap((instance, index) => {
    const here = `${path}[${index}]`;
    const before = instances.slice(0, index);
    return [...bfdInstanceProblems(here, instance), ...againProblems(here, path, instance, before)];
  });
}

function bfdInstanceProblems(path: string, instance: BfdInstance): Problem[] {
  const { listeners = [], ttl } = instance;
  return [
    ...bfdNameProblems(`${path}.name`, instance.name),
    ...unicastProblems(`${path}.neighborAddress`, instance.neighborAddress),
    ...unicastProblems(`${path}.sourceAddress`, instance.sourceAddress),
    ...sourceProblems(`${path}.sourceAddress`, instance),
    ...integerProblems(`${path}.minRxMilliseconds`, instance.minRxMilliseconds, 1, 10000),
    ...integerProblems(`${path}.minTxMilliseconds`, instance.minTxMilliseconds, 1, 10000),
    ...integerProblems(`${path}.idleTxMilliseconds`, instance.idleTxMilliseconds, 1000, 10000),
    ...integerProblems(`${path}.multiplier`, instance.multiplier, 1, 255),
    ...integerProblems(`${path}.ttl`, ttl, 1, 255),
    ...integerProblems(`${path}.maxHops`, instance.maxHops, 0, mostHops(instance)),
    ...integerProblems(`${path}.weight`, instance.weight, -253, 253),
    ...(instance.reverse === true && instance.weight === undefined
      ? [{ path: `${path}.reverse`, message: "needs weight, got none; set weight too" }]
      : []),
    ...listeners.flatMap((name, index) =>
      oneOfProblems(`${path}.listeners[${index}]`, name, Object.values(BfdListener)),
    ),
  ];
}

/** keepalived lowers what is more than the TTL, and complains. */
function mostHops({ ttl, neighborAddress }: BfdInstance): number {
  if (typeof ttl === "number" && ttl >= 1 && ttl <= 255) return ttl;
  return ttl === undefined && addressFamily(neighborAddress) === "IPv6" ? 64 : 255;
}

export function bfdNameProblems(path: string, name: Deferrable<string>): Problem[] {
  return bareNameProblems(path, name, 31);
}

function sourceProblems(path: string, { neighborAddress, sourceAddress }: BfdInstance): Problem[] {
  if (sourceAddress === undefined) return [];
  const family = addressFamily(neighborAddress);
  const source = addressFamily(sourceAddress);
  if (family === undefined || source === undefined || family === source) return [];
  return [{ path, message: `must be ${family} like the neighbor, got ${shown(sourceAddress)}` }];
}

function againProblems(path: string, list: string, instance: BfdInstance, before: readonly BfdInstance[]): Problem[] {
  const named = before.findIndex(({ name }) => sameValue(name, instance.name));
  const met = before.findIndex((other) => endpoints(other) === endpoints(instance));
  return [
    ...(named < 0
      ? []
      : [{ path: `${path}.name`, message: again("must be unique", instance.name, `${list}[${named}]`) }]),
    ...(met < 0
      ? []
      : [
          {
            path: `${path}.neighborAddress`,
            message: again("must be a neighbor of its own", instance.neighborAddress, `${list}[${met}]`),
          },
        ]),
  ];
}

function again(rule: string, value: Deferrable<string>, other: string): string {
  return `${rule}, got ${shown(printed(value))} again; ${other} has it already`;
}

function endpoints({ neighborAddress, sourceAddress }: BfdInstance): string {
  const source = sourceAddress === undefined ? "" : printed(canonicalAddress(sourceAddress));
  return `${printed(canonicalAddress(neighborAddress))} ${source}`;
}

/** Problems of BFD instances that both directors of a pair have. */
export function pairBfdProblems(path: string, instances: readonly BfdInstance[] = []): Problem[] {
  return instances.flatMap(({ sourceAddress }, index) =>
    sourceAddress === undefined
      ? []
      : [
          {
            path: `${path}[${index}].sourceAddress`,
            message: `must not be set in a pair, got ${shown(sourceAddress)}; each director speaks from its own address`,
          },
        ],
  );
}

/** The instances of one director, each with the address that it speaks from. */
export function bfdInstancesOf(instances: readonly BfdInstance[] = [], ownAddress: Deferrable<string>): BfdInstance[] {
  // Directors whose addresses are not known are taken for IPv4, as VRRP does.
  const own = addressFamily(ownAddress) ?? "IPv4";
  return instances.map((instance) =>
    own === (addressFamily(instance.neighborAddress) ?? "IPv4")
      ? { sourceAddress: ownAddress, ...instance }
      : { ...instance },
  );
}
