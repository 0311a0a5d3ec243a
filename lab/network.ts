import { execFileSync } from "node:child_process";
import { runCommand } from "./command";

/** The lab's own end of the network: the client and the package source. */
export const GATEWAY = "192.0.2.1";
const GATEWAY6 = "2001:db8:2::1";
const BRIDGE = "br0";
/** A second bridge, never up, that holds the loose ends of pulled cables. */
const UNPLUGGED = "unplugged";

/** Where the hosts fetch packages from; their images name the same port. */
export const PACKAGE_PORT = 8099;

/** A network namespace with a bridge that hosts are plugged into. */
export class LabNetwork {
  constructor(readonly namespace: string) {}

  /** The command that runs `command` inside the namespace, as the same process. */
  enter(command: readonly string[]): string[] {
    return ["ip", "netns", "exec", this.namespace, ...command];
  }

  async create(): Promise<void> {
    // Synchronous: a signal handled while this is under way would find nothing to delete yet.
    execFileSync("ip", ["netns", "add", this.namespace]);
    await this.ip("link set dev lo up");
    // Multicast snooping without a querier would drop VRRP advertisements now and then.
    await this.ip(`link add ${BRIDGE} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`);
    await this.ip(`address add ${GATEWAY}/24 dev ${BRIDGE}`);
    await this.ip(`address add ${GATEWAY6}/64 dev ${BRIDGE} nodad`);
    await this.ip(`link set dev ${BRIDGE} up`);
    await this.ip(`link add ${UNPLUGGED} type bridge`);
    await this.turnOffloadsOff(BRIDGE);
  }

  /** Adds the cable of one host. */
  async addCable(host: string): Promise<void> {
    const tap = tapOf(host);
    await this.ip(`tuntap add dev ${tap} mode tap`);
    await this.ip(`link set dev ${tap} master ${BRIDGE} up`);
    await this.turnOffloadsOff(tap);
  }

  /**
   * Pulls a host's cable: nothing gets in or out of it until it is plugged again. The cable itself stays up, because
   * the kernel at its other end does not recover from the errors of one that is down.
   */
  async cutCable(host: string): Promise<void> {
    await this.ip(`link set dev ${tapOf(host)} master ${UNPLUGGED}`);
  }

  async plugCable(host: string): Promise<void> {
    await this.ip(`link set dev ${tapOf(host)} master ${BRIDGE}`);
  }

  /** The kernels on the other side do not finish offloaded checksums: large transfers would crawl. */
  private async turnOffloadsOff(device: string): Promise<void> {
    const offloads = ["tx", "sg", "tso", "gso", "gro"].flatMap((name) => [name, "off"]);
    await runCommand(this.enter(["ethtool", "-K", device, ...offloads]));
  }

  private async ip(command: string): Promise<void> {
    await runCommand(["ip", "-netns", this.namespace, ...command.split(" ")]);
  }
}

/** The lab's end of a host's cable. */
export function tapOf(host: string): string {
  return `tap-${host}`;
}

/** The IPv6 address that goes with a host's IPv4 address: the same last number. */
export function address6Of(address: string): string {
  return `2001:db8:2::${address.slice(address.lastIndexOf(".") + 1)}`;
}
