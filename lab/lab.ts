import type { ChildProcess, SpawnOptions } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startAgent } from "./agent-process";
import { type Answers, type Question, countAnswers } from "./answers";
import { type ClientSite, inNamespace, onHost } from "./client-program";
import type { CommandResult } from "./command";
import type { Dial } from "./dial";
import { Echo, type EchoOptions } from "./echo";
import { endOnExit } from "./exit-hooks";
import type { LabHost } from "./host";
import { buildHost } from "./host-builder";
import { type HostOptions, checkHosts } from "./host-options";
import { makeKeyPair } from "./identity";
import { type Images, ensureImages } from "./image";
import { Load, type LoadOptions } from "./load";
import { type NamespaceExecOptions, execInNamespace, spawnInNamespace } from "./namespace-command";
import { LabNetwork } from "./network";
import { placeHost } from "./placed-host";
import { startTime } from "./process-table";
import { allowedProcessors } from "./processors";
import { type Progress, elapsed, reportWhile } from "./progress";
import { type Reply, type RequestOptions, type RequestTarget, get, targetOf } from "./request";
import { installPackages, missingRequirements } from "./requirements";
import { allSegments, type Segment } from "./segment";
import { LabState } from "./state";
import { endLab } from "./teardown";

/** What to boot. */
export interface LabOptions {
  readonly hosts: readonly HostOptions[];
  /** Networks besides 192.0.2.0/24; the lab routes between all of them. @default - none */
  readonly segments?: readonly Segment[];
  /** Receives a line about every step. @default - nothing is reported */
  readonly progress?: Progress;
}

/** A set of running hosts on a network of their own. */
export class Lab {
  private readonly hosts = new Map<string, LabHost>();
  private readonly loads = new Set<Load>();

  private constructor(
    readonly id: string,
    private readonly network: LabNetwork,
    private readonly state: LabState,
    private readonly dial: Dial,
    private readonly cancelExitHooks: () => void,
  ) {}

  /** Boots all hosts and waits until every unit on them runs. Leaves nothing behind if that fails. */
  static async up(options: LabOptions): Promise<Lab> {
    const progress = options.progress ?? (() => undefined);
    checkHosts(options.hosts, options.segments);
    const missing = missingRequirements();
    if (missing.length > 0) {
      throw new Error(`the lab cannot run here:\n  ${missing.join("\n  ")}`);
    }
    await installPackages(progress);
    const images = await ensureImages(progress);

    const startedAt = performance.now();
    const id = randomBytes(3).toString("hex");
    const state = new LabState(id);
    const cancelExitHooks = endOnExit(() => endLab(state));
    try {
      const lab = await Lab.build(id, state, images, options, cancelExitHooks);
      progress(`lab ${id}: network is ready, booting ${options.hosts.length} hosts (${elapsed(startedAt)})`);
      await lab.boot(progress, startedAt);
      return lab;
    } catch (error) {
      endLab(state);
      cancelExitHooks();
      throw error;
    }
  }

  /** The network namespace, for `ip netns exec`. */
  get namespace(): string {
    return this.network.namespace;
  }

  host(name: string): LabHost {
    const host = this.hosts.get(name);
    if (host === undefined) {
      throw new Error(`unknown host '${name}'; use one of ${[...this.hosts.keys()].join(", ")}`);
    }
    return host;
  }

  /** The private key that opens every host. */
  get keyPath(): string {
    const [host] = this.hosts.values();
    return host?.privateKeyPath ?? "";
  }

  /** The public keys of all hosts, one line of address and key each. */
  get knownHostsPath(): string {
    return path.join(path.dirname(this.keyPath), "known_hosts");
  }

  /** Pulls the network cable of one interface of a host. */
  async cutCable(host: string, interfaceName = "eth0"): Promise<void> {
    await this.network.cutCable(this.host(host).interface(interfaceName));
  }

  async plugCable(host: string, interfaceName = "eth0"): Promise<void> {
    await this.network.plugCable(this.host(host).interface(interfaceName));
  }

  /** Runs a command of this machine inside the lab's network, and gives its result whatever it is. */
  async execInNamespace(command: readonly string[], options: NamespaceExecOptions = {}): Promise<CommandResult> {
    return execInNamespace(this.network, this.state, command, options);
  }

  /** Starts a command of this machine inside the lab's network, as the leader of its own process group. */
  spawnInNamespace(command: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawnInNamespace(this.network, this.state, command, options);
  }

  /** One GET as a client on the hosts' network, over a connection of its own. Any status is an answer. */
  async request(target: string | RequestTarget, options: RequestOptions = {}): Promise<Reply> {
    return get(this.dial, typeof target === "string" ? targetOf(target) : target, options);
  }

  /** Asks many times, from a host or from the lab's own end of the network, and counts who answered. */
  async answers(question: Question): Promise<Answers> {
    return countAnswers(this.clientSite(question.from), question);
  }

  /** Starts a conversation over one long connection; its `stop()` tells what came of it. */
  startEcho(options: EchoOptions): Echo {
    return new Echo(this.clientSite(options.from), options);
  }

  /** Starts a steady stream of requests; its `stop()` tells what came of them. */
  startLoad({ url, perSecond, ...options }: LoadOptions): Load {
    const load = new Load(() => this.request(url, options), perSecond);
    this.loads.add(load);
    return load;
  }

  /** Ends everything the lab started and deletes all it made. */
  async down(): Promise<void> {
    for (const host of this.hosts.values()) {
      host.disconnect();
    }
    const stopped = [...this.loads].map((load) => load.stop());
    endLab(this.state);
    this.cancelExitHooks();
    await Promise.all(stopped);
  }

  private clientSite(from: string | undefined): ClientSite {
    return from === undefined ? inNamespace(this) : onHost(this.host(from));
  }

  private static async build(
    id: string,
    state: LabState,
    images: Images,
    options: LabOptions,
    cancelExitHooks: () => void,
  ): Promise<Lab> {
    const segments = allSegments(options.segments);
    const hosts = options.hosts.map((host) => placeHost(host, segments));
    const scratch = mkdtempSync(path.join(os.tmpdir(), `cdktf-lvs-lab-${id}-`));
    const network = new LabNetwork(`lvs-${id}`, segments);
    const keyPath = path.join(scratch, "client_key");
    const knownHostsPath = path.join(scratch, "known_hosts");
    // Written before anything is made, so that whatever happens next can be undone.
    state.write({
      id,
      namespace: network.namespace,
      scratch,
      keyPath,
      knownHostsPath,
      owner: process.pid,
      ownerStart: startTime(process.pid) ?? "",
      hosts: hosts.map(({ name, address }) => ({ name, address })),
    });
    await network.create();
    const dial = await startAgent(network, state, scratch, images.packages);
    const lab = new Lab(id, network, state, dial, cancelExitHooks);
    // Labs side by side do not all begin with the same one.
    const all = allowedProcessors();
    const first = randomInt(all.length);
    const processors = [...all.slice(first), ...all.slice(0, first)];
    const site = { network, state, dial, clientKey: await makeKeyPair(keyPath), scratch, images, processors };
    for (const host of hosts) {
      lab.hosts.set(host.name, await buildHost(host, hosts, site));
    }
    writeFileSync(knownHostsPath, [...lab.hosts.values()].map((host) => `${host.address} ${host.hostKey}\n`).join(""));
    return lab;
  }

  private async boot(progress: Progress, startedAt: number): Promise<void> {
    const waiting = new Set(this.hosts.keys());
    const bootOne = async (host: LabHost) => {
      await host.start();
      await host.waitUntilBooted();
      waiting.delete(host.name);
      progress(`lab ${this.id}: ${host.name} (${host.address}) is up (${elapsed(startedAt)})`);
    };
    const all = Promise.all([...this.hosts.values()].map(bootOne));
    await reportWhile(progress, () => `lab ${this.id}: waiting for ${[...waiting].join(", ")}`, all);
  }
}
