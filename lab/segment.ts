/** A network of its own in the lab: a bridge that hosts are plugged into. */
export interface Segment {
  /** At most 11 of a-z, 0-9 and '-'; the bridge is called `br-NAME`. */
  readonly name: string;
  /** IPv4 network, a /24, such as "198.51.100.0/24". */
  readonly ipv4: string;
  /** IPv6 network, a /64, such as "2001:db8:100::/64". */
  readonly ipv6: string;
}

/** The segment that every lab has. */
const LAN: Segment = { name: "lan", ipv4: "192.0.2.0/24", ipv6: "2001:db8:2::/64" };

const NAME_PATTERN = /^[a-z][a-z0-9-]{0,10}$/;
const IPV4_PATTERN = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.0\/24$/;
const IPV6_PATTERN = /^[0-9a-f]{1,4}(:[0-9a-f]{1,4}){1,3}::\/64$/;

/** The lab's own end of a segment, in both families: router, client and package source. */
const OWN_NUMBER = 1;

/** All segments of a lab that has these besides the one that every lab has. */
export function allSegments(further: readonly Segment[] = []): readonly Segment[] {
  return [LAN, ...further];
}

/** What is wrong with further segments, each with its place. */
export function segmentProblems(further: readonly Segment[]): string[] {
  return further.flatMap((segment, index) => {
    const earlier = allSegments(further.slice(0, index));
    return problemsOf(segment, earlier).map((problem) => `segments[${index}].${problem}`);
  });
}

function problemsOf(segment: Segment, earlier: readonly Segment[]): string[] {
  const problems: string[] = [];
  if (!NAME_PATTERN.test(segment.name)) {
    problems.push(`name: must be 1 to 11 of a-z, 0-9 and '-', starting with a letter, got '${segment.name}'`);
  }
  if (!IPV4_PATTERN.test(segment.ipv4)) {
    problems.push(`ipv4: must be a /24 such as 198.51.100.0/24, got '${segment.ipv4}'`);
  }
  if (!IPV6_PATTERN.test(segment.ipv6)) {
    problems.push(`ipv6: must be a /64 such as 2001:db8:100::/64, got '${segment.ipv6}'`);
  }
  for (const key of ["name", "ipv4", "ipv6"] as const) {
    if (earlier.some((other) => other[key] === segment[key])) {
      problems.push(`${key}: is used by an earlier segment, got '${segment[key]}'`);
    }
  }
  return problems;
}

/** The segment that has an IPv4 address, the lab's own end included. */
export function segmentOf(address: string, segments: readonly Segment[]): Segment | undefined {
  const last = Number(lastPart(address));
  return segments.find(({ ipv4 }) => last >= OWN_NUMBER && last < 255 && address === `${prefix(ipv4)}${String(last)}`);
}

/** The IPv6 address that goes with an IPv4 address in the segment: the same last number. */
export function address6In(segment: Segment, address: string): string {
  return `${prefix(segment.ipv6)}${lastPart(address)}`;
}

/** The lab's own IPv4 address in the segment. */
export function ownAddress(segment: Segment): string {
  return `${prefix(segment.ipv4)}${OWN_NUMBER}`;
}

export function bridgeOf(segment: Segment): string {
  return `br-${segment.name}`;
}

/** What all addresses of a network begin with: 198.51.100. or 2001:db8:100:: */
function prefix(network: string): string {
  return network.replace(/(0\/24|\/64)$/, "");
}

function lastPart(address: string): string {
  return address.slice(address.lastIndexOf(".") + 1);
}
