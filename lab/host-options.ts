import type { ImageName } from "./image";

const NETWORK_PREFIX = "192.0.2.";
/** An interface name holds 15 characters, and the cable is called `tap-NAME`. */
const NAME_PATTERN = /^[a-z][a-z0-9-]{0,10}$/;

/** One host to boot. */
export interface HostOptions {
  /** Host name, at most 11 characters. */
  readonly name: string;
  /** Address in 192.0.2.0/24; its last number is that of the IPv6 address in 2001:db8:2::/64 too. */
  readonly address: string;
  /** @default "ready", with keepalived and ipvsadm installed */
  readonly image?: ImageName;
  /** Whether the test web server runs. @default false */
  readonly web?: boolean;
  /** Ports the test web server listens on. @default [80] */
  readonly webPorts?: readonly number[];
  /** @default 256 */
  readonly memoryMb?: number;
}

/** Throws one error that lists every reason why these hosts cannot be booted together. */
export function checkHosts(hosts: readonly HostOptions[]): void {
  const problems = hosts.flatMap((host, index) =>
    problemsOf(host, hosts.slice(0, index)).map((p) => `hosts[${index}].${p}`),
  );
  if (problems.length > 0) {
    throw new Error(`invalid lab, ${problems.length} problems:\n  ${problems.join("\n  ")}`);
  }
}

function problemsOf(host: HostOptions, earlier: readonly HostOptions[]): string[] {
  const problems: string[] = [];
  if (!NAME_PATTERN.test(host.name)) {
    problems.push(`name: must be 1 to 11 of a-z, 0-9 and '-', starting with a letter, got '${host.name}'`);
  }
  if (earlier.some(({ name }) => name === host.name)) {
    problems.push(`name: is used by an earlier host, got '${host.name}'`);
  }
  const last = host.address.startsWith(NETWORK_PREFIX) ? Number(host.address.slice(NETWORK_PREFIX.length)) : NaN;
  if (!Number.isInteger(last) || last < 2 || last > 254) {
    problems.push(`address: must be 192.0.2.2 to 192.0.2.254, got '${host.address}'`);
  }
  if (earlier.some(({ address }) => address === host.address)) {
    problems.push(`address: is used by an earlier host, got '${host.address}'`);
  }
  return problems;
}
