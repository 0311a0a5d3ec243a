import type { DeepDeferrable, Deferrable } from "./deferred";
import type { Problem } from "./problem";
import { integerProblems, oneOfProblems, shown } from "./rules";

/** What packets travel in on their way to a tunnel real server (keepalived: `type`, ipvsadm: `--tun-type`). */
export enum TunnelType {
  /** IP in IP, the plainest. */
  IPIP = "ipip",
  /** Generic Routing Encapsulation (Linux 5.3). */
  GRE = "gre",
  /** Generic UDP Encapsulation: spreads well over links and network card queues (Linux 5.2). */
  GUE = "gue",
}

/** Checksums of the outer header (Linux 5.3; keepalived and ipvsadm: `nocsum`, `csum`, `remcsum`). */
export enum TunnelChecksum {
  /** No checksum. */
  NONE = "nocsum",
  /** A checksum of the whole packet. */
  FULL = "csum",
  /** Remote checksum offload; GUE only. */
  REMOTE = "remcsum",
}

/** How a director's packets reach a tunnel real server. */
export interface TunnelSettings {
  /**
   * What packets travel in (keepalived: `type`, ipvsadm: `--tun-type`).
   * @default TunnelType.IPIP
   */
  readonly type?: TunnelType;
  /**
   * UDP port that the real server takes GUE packets on, 1 to 65535; GUE only (ipvsadm: `--tun-port`).
   * @default 6080
   */
  readonly port?: number;
  /**
   * Checksum of the outer header; GRE and GUE only.
   * @default TunnelChecksum.NONE
   */
  readonly checksum?: TunnelChecksum;
}

/** A tunnel with its defaults filled in: what has no meaning for the type is absent. */
export interface Tunnel {
  /** What packets travel in. */
  readonly type: TunnelType;
  /** UDP port of GUE. */
  readonly port?: Deferrable<number>;
  /** Checksum of the outer header, of GRE and GUE. */
  readonly checksum?: TunnelChecksum;
}

export function tunnelProblems(path: string, settings: DeepDeferrable<TunnelSettings>): Problem[] {
  const { type = TunnelType.IPIP, port, checksum } = settings;
  return [
    ...oneOfProblems(`${path}.type`, settings.type, Object.values(TunnelType)),
    ...integerProblems(`${path}.port`, port, 1, 65535),
    ...oneOfProblems(`${path}.checksum`, checksum, Object.values(TunnelChecksum)),
    ...onlyForProblems(`${path}.port`, port !== undefined && type !== TunnelType.GUE, "gue", type),
    ...onlyForProblems(`${path}.checksum`, checksum !== undefined && type === TunnelType.IPIP, "gre or gue", type),
    ...onlyForProblems(
      `${path}.checksum`,
      checksum === TunnelChecksum.REMOTE && type === TunnelType.GRE,
      "gue, or checksum csum",
      type,
    ),
  ];
}

function onlyForProblems(path: string, wrong: boolean, types: string, type: TunnelType): Problem[] {
  return wrong ? [{ path, message: `must not be set for this type, got type ${shown(type)}; use type ${types}` }] : [];
}

/** The port that Linux's own documentation uses for GUE. */
const GUE_PORT = 6080;

export function tunnel(settings: DeepDeferrable<TunnelSettings>): Tunnel {
  const { type = TunnelType.IPIP, port, checksum = TunnelChecksum.NONE } = settings;
  switch (type) {
    case TunnelType.IPIP:
      return { type };
    case TunnelType.GRE:
      return { type, checksum };
    case TunnelType.GUE:
      return { type, port: port ?? GUE_PORT, checksum };
  }
}
