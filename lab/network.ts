import { execFileSync } from "node:child_process";
import { runCommand } from "./command";
import type { HostInterface } from "./placed-host";
import { address6In, bridgeOf, ownAddress, type Segment } from "./segment";

/** A second kind of bridge, never up, that holds the loose ends of pulled cables. */
const UNPLUGGED = "unplugged";

/** Where the hosts fetch packages from, on the lab's own end of every segment. */
export const PACKAGE_PORT = 8099;

/** A network namespace with one bridge per segment that hosts are plugged into, and the router between them. */
export class LabNetwork {
  constructor(
    readonly namespace: string,
    private readonly segments: readonly Segment[],
  ) {}

  /** The command that runs `command` inside the namespace, as the same process. */
  enter(command: readonly string[]): string[] {
    return ["ip", "netns", "exec", this.namespace, ...command];
  }

  async create(): Promise<void> {
    // Synchronous: a signal handled while this is under way would find nothing to delete yet.
    execFileSync("ip", ["netns", "add", this.namespace]);
    await this.ip("link set dev lo up");
    await this.ip(`link add ${UNPLUGGED} type bridge`);
    if (this.segments.length > 1) {
      await this.routeBetweenSegments();
    }
    for (const segment of this.segments) {
      await this.addSegment(segment);
    }
  }

  /** Plugs one interface of a host into its segment. */
  async addCable({ tap, segment }: HostInterface): Promise<void> {
    await this.ip(`tuntap add dev ${tap} mode tap`);
    await this.ip(`link set dev ${tap} master ${bridgeOf(segment)} up`);
    await this.turnOffloadsOff(tap);
  }

  /**
   * Pulls a cable: nothing gets in or out of it until it is plugged again. The cable itself stays up, because the
   * kernel at its other end does not recover from the errors of one that is down.
   */
  async cutCable({ tap }: HostInterface): Promise<void> {
    await this.ip(`link set dev ${tap} master ${UNPLUGGED}`);
  }

  async plugCable({ tap, segment }: HostInterface): Promise<void> {
    await this.ip(`link set dev ${tap} master ${bridgeOf(segment)}`);
  }

  private async addSegment(segment: Segment): Promise<void> {
    const bridge = bridgeOf(segment);
    const address = ownAddress(segment);
    // Multicast snooping without a querier would drop VRRP advertisements now and then.
    await this.ip(`link add ${bridge} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`);
    await this.ip(`address add ${address}/24 dev ${bridge}`);
    await this.ip(`address add ${address6In(segment, address)}/64 dev ${bridge} nodad`);
    await this.ip(`link set dev ${bridge} up`);
    await this.turnOffloadsOff(bridge);
  }

  /** In this namespace only. A reply of a real server comes in with a VIP of another segment: no reverse path check. */
  private async routeBetweenSegments(): Promise<void> {
    const settings = {
      "ipv4/ip_forward": 1,
      "ipv6/conf/all/forwarding": 1,
      "ipv4/conf/all/rp_filter": 0,
      "ipv4/conf/default/rp_filter": 0,
    };
    const lines = Object.entries(settings).map(([name, value]) => `echo ${value} > /proc/sys/net/${name}`);
    await runCommand(this.enter(["sh", "-e", "-c", lines.join("\n")]));
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
