import { addressFamily, addressProblems, isLinkLocal, portProblems } from "../address";
import { printed, type DeepDeferrable, type Deferrable } from "../deferred";
import type { Problem } from "../problem";
import { integerProblems, interfaceProblems, numberProblems, shown } from "../rules";
import { checkTimingProblems, type CheckTimingOptions } from "./timing";

/** What every health check that sends packets to the real server can set. */
export interface CheckTargetOptions extends CheckTimingOptions {
  /**
   * Address to send to (keepalived: `connect_ip`).
   * @default - the address of the real server
   */
  readonly address?: string;
  /**
   * How long to wait for the connection and for the answer, 0.01 to 3600 seconds (keepalived: `connect_timeout`).
   * @default - keepalived's own default (5 seconds)
   */
  readonly connectTimeoutSeconds?: number;
}

/** What every health check of a port of the real server can set. */
export interface CheckPortOptions extends CheckTargetOptions {
  /**
   * Port to connect to, 1 to 65535; needed where the real server has none: under a firewall mark, and when all ports
   * are one service (keepalived: `connect_port`).
   * @default - the port of the real server
   */
  readonly port?: number;
  /**
   * Address of the director to connect from, of the family that is connected to (keepalived: `bindto`).
   * @default - the kernel chooses
   */
  readonly bindAddress?: string;
  /**
   * Port to connect from, 1 to 65535; needs `bindAddress` (keepalived: `bind_port`).
   * @default - the kernel chooses
   */
  readonly bindPort?: number;
  /**
   * Firewall mark of the packets of the check, 1 to 4294967295 (keepalived: `fwmark`).
   * @default - none
   */
  readonly firewallMark?: number;
}

/** What every health check that opens a connection to the real server can set. */
export interface CheckConnectionOptions extends CheckPortOptions {
  /**
   * Network interface of the director to connect through; link-local addresses need it (keepalived: `bind_if`).
   * @default - the kernel chooses
   */
  readonly bindInterface?: string;
}

/** `bindInterface` is that of the check, where it can have one. */
export function checkTargetProblems(
  path: string,
  check: DeepDeferrable<CheckTargetOptions>,
  bindInterface?: Deferrable<string>,
): Problem[] {
  return [
    ...addressProblems(`${path}.address`, check.address),
    ...linkLocalProblems(`${path}.address`, check.address, bindInterface),
    ...numberProblems(`${path}.connectTimeoutSeconds`, check.connectTimeoutSeconds, 0.01, 3600, "seconds"),
    ...checkTimingProblems(path, check),
  ];
}

/** `bindInterface` is that of the check, where it can have one. */
export function checkPortProblems(
  path: string,
  check: DeepDeferrable<CheckPortOptions>,
  bindInterface?: Deferrable<string>,
): Problem[] {
  return [
    ...portProblems(`${path}.port`, check.port),
    ...addressProblems(`${path}.bindAddress`, check.bindAddress),
    ...linkLocalProblems(`${path}.bindAddress`, check.bindAddress, bindInterface),
    ...portProblems(`${path}.bindPort`, check.bindPort),
    ...boundPortProblems(path, check),
    ...integerProblems(`${path}.firewallMark`, check.firewallMark, 1, 4294967295),
    ...checkTargetProblems(path, check, bindInterface),
  ];
}

export function checkConnectionProblems(path: string, check: DeepDeferrable<CheckConnectionOptions>): Problem[] {
  return [
    ...checkPortProblems(path, check, check.bindInterface),
    ...interfaceProblems(`${path}.bindInterface`, check.bindInterface),
  ];
}

/** keepalived takes the port alone, and then does not bind at all. */
function boundPortProblems(path: string, check: DeepDeferrable<CheckPortOptions>): Problem[] {
  if (check.bindPort === undefined || check.bindAddress !== undefined) return [];
  return [{ path: `${path}.bindPort`, message: "needs bindAddress, got none; set bindAddress too" }];
}

/** keepalived drops the whole check, and with it the real server goes unchecked. */
function linkLocalProblems(
  path: string,
  address: Deferrable<string> | undefined,
  bindInterface: Deferrable<string> | undefined,
): Problem[] {
  if (address === undefined || bindInterface !== undefined || !isLinkLocal(address)) return [];
  const advice = "set bindInterface, which TCP, HTTP, SSL, SMTP and DNS checks have";
  return [{ path, message: `needs an interface with a link-local address, got ${shown(address)} alone; ${advice}` }];
}

/** keepalived forgets an address to connect from that is of another family than the one to connect to. */
export function bindFamilyProblems(
  path: string,
  check: DeepDeferrable<CheckPortOptions>,
  serverAddress: Deferrable<string>,
): Problem[] {
  const { address: target = serverAddress, bindAddress } = check;
  const family = addressFamily(target);
  const bound = bindAddress === undefined ? undefined : addressFamily(bindAddress);
  if (family === undefined || bound === undefined || family === bound) return [];
  const message = `must be ${family} like ${printed(target)}, which is checked, got ${shown(bindAddress)}`;
  return [{ path: `${path}.bindAddress`, message }];
}
