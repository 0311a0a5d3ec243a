import { endpoint } from "./address";
import { printed, type Deferrable } from "./deferred";
import { overlap, rangeOf, type Range } from "./firewall-mark";
import type { Problem } from "./problem";
import { escaped } from "./rules";
import { vipsOfService, type VirtualService } from "./virtual-service";

/** A service of a director, as {@link markedPortsProblems} looks at it. */
export interface NamedService {
  readonly name: string;
  readonly service: Pick<VirtualService, "vip" | "additionalVips" | "port" | "protocol" | "firewallMark">;
}

interface Claim {
  readonly owner: NamedService;
  readonly range: Range;
}

/**
 * Services that want the same packets, one of them by a mark that we set: a packet has one mark, and the kernel looks
 * for that before it looks at addresses. All other ports of the VIP may well be another service.
 */
export function markedPortsProblems(services: readonly NamedService[]): Problem[] {
  if (services.every(({ service }) => service.firewallMark === undefined)) return [];
  const claims = new Map<string, Claim[]>();
  return services.flatMap((owner) =>
    endpointsOf(owner.service).flatMap(({ vip, range }) => {
      const protocol = owner.service.protocol.toLowerCase();
      const key = `${printed(vip)}/${protocol}`;
      const earlier = claims.get(key) ?? [];
      const rival = earlier.find((claim) => rivals(claim.owner, owner) && overlap(claim.range, range));
      claims.set(key, earlier);
      earlier.push({ owner, range });
      if (rival === undefined) return [];
      const shared = endpoint(vip, Math.max(rival.range[0], range[0]));
      const message = `must have packets of its own, got ${escaped(shared)}/${protocol} again; '${rival.owner.name}' has them already`;
      return [{ path: `virtual service '${owner.name}'`, message }];
    }),
  );
}

/** Two ports are compared as addresses, and two services with one mark as such. */
function rivals(a: NamedService, b: NamedService): boolean {
  const mark = a.service.firewallMark?.mark;
  const other = b.service.firewallMark?.mark;
  if (a === b || (mark === undefined && other === undefined)) return false;
  return mark === undefined || other === undefined || printed(mark) !== printed(other);
}

function endpointsOf(service: NamedService["service"]): { vip: Deferrable<string>; range: Range }[] {
  const ports = service.firewallMark?.ports ?? (service.port === 0 ? [] : [service.port]);
  const ranges = ports.map(rangeOf).filter((range) => range !== undefined);
  return vipsOfService(service).flatMap((vip) => ranges.map((range) => ({ vip, range })));
}
