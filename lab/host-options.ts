import type { ImageName } from "./image";
import { addressesOf } from "./placed-host";
import { allSegments, ownAddress, type Segment, segmentOf, segmentProblems } from "./segment";
import type { Service } from "./service";

/** An interface name holds 15 characters, and a cable is called `t0-NAME`. */
const NAME_PATTERN = /^[a-z][a-z0-9-]{0,10}$/;

/** One host to boot. */
export interface HostOptions {
  /** Host name, at most 11 characters. */
  readonly name: string;
  /**
   * Address of eth0, which says what segment it is in: 192.0.2.0/24 or a further one. Its last number is that of the
   * IPv6 address too. The host is reached here over SSH.
   */
  readonly address: string;
  /** Addresses of eth1, eth2 and so on, each in a segment where the host is not yet. @default - only eth0 */
  readonly moreAddresses?: readonly string[];
  /**
   * Next hop of the default route, an address in a segment of the host's; the IPv6 one has the same last number.
   * False for no default route.
   * @default - the lab's own end (.1) of the segment of eth0
   */
  readonly gateway?: string | false;
  /** @default "ready", with keepalived and ipvsadm installed */
  readonly image?: ImageName;
  /** Test services that run from boot on. @default - none */
  readonly services?: readonly Service[];
  /** Whether the test web server runs, as `services: ["web"]` says too. @default false */
  readonly web?: boolean;
  /** Ports the test web server listens on. @default [80] */
  readonly webPorts?: readonly number[];
  /** @default 256 */
  readonly memoryMb?: number;
}

/** Throws one error that lists every reason why these hosts cannot be booted together. */
export function checkHosts(hosts: readonly HostOptions[], further: readonly Segment[] = []): void {
  const segments = allSegments(further);
  const problems = [
    ...segmentProblems(further),
    ...hosts.flatMap((host, index) =>
      problemsOf(host, hosts.slice(0, index), segments).map((problem) => `hosts[${index}].${problem}`),
    ),
  ];
  if (problems.length > 0) {
    throw new Error(`invalid lab, ${problems.length} problems:\n  ${problems.join("\n  ")}`);
  }
}

function problemsOf(host: HostOptions, earlier: readonly HostOptions[], segments: readonly Segment[]): string[] {
  const problems: string[] = [];
  if (!NAME_PATTERN.test(host.name)) {
    problems.push(`name: must be 1 to 11 of a-z, 0-9 and '-', starting with a letter, got '${host.name}'`);
  }
  if (earlier.some(({ name }) => name === host.name)) {
    problems.push(`name: is used by an earlier host, got '${host.name}'`);
  }
  const used = earlier.flatMap(addressesOf);
  const own: Segment[] = [];
  addressesOf(host).forEach((address, index) => {
    const path = index === 0 ? "address" : `moreAddresses[${index - 1}]`;
    const segment = segmentOf(address, segments);
    if (segment === undefined || address === ownAddress(segment)) {
      const networks = segments.map(({ ipv4 }) => ipv4).join(" or ");
      problems.push(`${path}: must be .2 to .254 of ${networks}, got '${address}'`);
      return;
    }
    if (used.includes(address)) {
      problems.push(`${path}: is used by an earlier host, got '${address}'`);
    }
    if (own.includes(segment)) {
      problems.push(`${path}: must be in a segment where the host is not yet, got '${address}'`);
    } else {
      own.push(segment);
    }
  });
  if (typeof host.gateway === "string" && segmentOf(host.gateway, own) === undefined) {
    const networks = own.map(({ ipv4 }) => ipv4).join(" or ");
    problems.push(`gateway: must be .1 to .254 of ${networks}, got '${host.gateway}'`);
  }
  return problems;
}
