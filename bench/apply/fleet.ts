import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeKeyPair } from "../../lab/identity";
import type { Workspace } from "../workspace";
import { BenchHost } from "./host";
import { BenchNetwork } from "./network";

/** Hosts to configure, and what it takes to log in there. */
export class BenchFleet {
  private constructor(
    public readonly network: BenchNetwork,
    public readonly hosts: readonly BenchHost[],
    public readonly keyPath: string,
    public readonly knownHostsPath: string,
  ) {}

  public static async make(workspace: Workspace, network: BenchNetwork, count: number): Promise<BenchFleet> {
    const directory = workspace.directory(`fleet${count}`);
    const client = await makeKeyPair(path.join(directory, "id_ed25519"));
    const hosts: BenchHost[] = [];
    for (let index = 1; index <= count; index++)
      hosts.push(await BenchHost.make(workspace, `fleet${count}`, index, client));
    const knownHostsPath = path.join(directory, "known_hosts");
    writeFileSync(knownHostsPath, hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`).join(""));
    return new BenchFleet(network, hosts, client.privatePath, knownHostsPath);
  }

  /** Every host as it was when it was new. */
  public async renew(): Promise<void> {
    await this.stop();
    for (const host of this.hosts) await host.start();
    await this.network.connect(this.hosts);
    for (const host of this.hosts) await host.ready();
  }

  public async stop(): Promise<void> {
    const running = this.hosts.filter((host) => host.isRunning());
    await this.network.disconnect(running);
    for (const host of running) await host.stop();
  }

  /** Waits until nobody is logged in any more. */
  public async idle(): Promise<void> {
    for (const host of this.hosts) await host.idle();
  }

  public cpuMs(): number {
    return this.hosts.reduce((sum, host) => sum + host.cpuMs(), 0);
  }

  public connections(): number[] {
    return this.hosts.map((host) => host.connections());
  }

  /** Fails unless every host is as it should be after a converge. */
  public async verify(vip: string): Promise<void> {
    const test = [
      `ip -oneline address show dev lo to ${vip} | grep -q ${vip}`,
      "test -e /run/active-units/cdktf-lvs-vips.service",
      "test -L /etc/systemd/system/multi-user.target.wants/cdktf-lvs-vips.service",
      "test 1 = $(cat /proc/sys/net/ipv4/conf/eth0/arp_ignore)",
      "test 2 = $(cat /proc/sys/net/ipv4/conf/all/arp_announce)",
    ].join(" && ");
    for (const host of this.hosts) {
      await host.inspect(test).catch((error: unknown) => {
        throw new Error(`${host.name} was not brought to its plan`, { cause: error });
      });
    }
  }
}
