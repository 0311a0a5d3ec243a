import type { ChildProcess } from "node:child_process";
import { runCommand } from "../../lab/command";
import type { Workspace } from "../workspace";

/** What Terraform and its rivals run in; hosts are in the same segment. */
const CONTROLLER_ADDRESS = "198.19.0.1/16";

/** Where a host is plugged in. */
export interface Port {
  readonly name: string;
  readonly mac: string;
  /** A process of the host. */
  readonly pid: number;
}

/** A network namespace with a bridge, which lasts as long as its process. */
export class BenchNetwork {
  private constructor(private readonly holder: ChildProcess) {}

  public static async start(workspace: Workspace): Promise<BenchNetwork> {
    const holder = workspace.spawn(["unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve, reject) => {
      holder.stdout?.once("data", resolve);
      holder.once("exit", () => reject(new Error("cannot make a network namespace; the benchmark needs root")));
    });
    const network = new BenchNetwork(holder);
    await network.run([
      "link add br0 type bridge",
      `address add ${CONTROLLER_ADDRESS} dev br0`,
      "link set br0 up",
      "link set lo up",
    ]);
    return network;
  }

  /** The command, to be run inside. */
  public enter(command: readonly string[]): string[] {
    return ["nsenter", "--target", String(this.holder.pid), "--net", "--", ...command];
  }

  /**
   * Gives each process, which must be in a network namespace of its own, an `eth0` on the bridge. A port keeps its MAC
   * address for ever: neighbours remember it.
   */
  public async connect(ports: readonly Port[]): Promise<void> {
    await this.run(
      ports.flatMap(({ name, mac, pid }) => [
        `link add ${name} type veth peer name eth0 address ${mac} netns ${pid}`,
        `link set ${name} master br0 up`,
      ]),
    );
  }

  /** Takes the ports away at once; a namespace that has ended would keep its own for a while. */
  public async disconnect(ports: readonly Port[]): Promise<void> {
    await this.run(ports.map(({ name }) => `link delete ${name}`));
  }

  private async run(lines: readonly string[]): Promise<void> {
    const script = `ip -batch - <<'END'\n${lines.join("\n")}\nEND`;
    await runCommand(this.enter(["sh", "-c", script]));
  }
}
