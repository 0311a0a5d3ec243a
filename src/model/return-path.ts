import { printed, type DeepDeferrable, type Deferrable } from "./deferred";
import { rangeOf } from "./firewall-mark";
import { Protocol } from "./protocol";
import type { VirtualServiceSettings } from "./virtual-service-settings";

/** Where the replies of a real server under NAT must go, and which packets are replies. */
export interface ReturnPath {
  /** The real server's own address. */
  readonly address: Deferrable<string>;
  /** Inside address of the directors. */
  readonly gateway: Deferrable<string>;
  /** The directors' own addresses, which are reached without the gateway. */
  readonly directors: readonly Deferrable<string>[];
  readonly sources: readonly ReplySource[];
}

/** A port, or a range `50000-50100`, that replies come from. */
export interface ReplySource {
  readonly protocol: Protocol;
  readonly ports: Deferrable<number | string>;
}

/** Undefined when only a mark tells the packets, and others set it. */
export function replySources(
  service: Pick<DeepDeferrable<VirtualServiceSettings>, "protocol" | "port" | "allPorts" | "firewallMark">,
  realServerPort: Deferrable<number> | undefined,
): readonly ReplySource[] | undefined {
  const { protocol = Protocol.TCP, port, allPorts, firewallMark } = service;
  const one = realServerPort ?? port;
  if (one !== undefined) return [{ protocol, ports: one }];
  if (allPorts === true) return ALL_BUT_SSH.map((ports) => ({ protocol, ports }));
  return firewallMark?.ports?.map((ports) => ({ protocol, ports }));
}

/** Each once, in the order of their first: the kernel takes no rule twice, and services at several VIPs share ports. */
export function uniqueSources(sources: readonly ReplySource[]): ReplySource[] {
  const unique = new Map<string, ReplySource>();
  for (const { protocol, ports } of sources) {
    const source = { protocol, ports: onePort(ports) };
    const key = `${protocol} ${printed(source.ports)}`;
    if (!unique.has(key)) unique.set(key, source);
  }
  return [...unique.values()];
}

/** A range of one port is that port to the kernel, which shows it so. */
function onePort(ports: ReplySource["ports"]): ReplySource["ports"] {
  const range = rangeOf(ports);
  return range !== undefined && range[0] === range[1] ? range[0] : ports;
}

/** The login of the host is answered as before, or nobody would get in any more. */
const ALL_BUT_SSH = ["1-21", "23-65535"];
