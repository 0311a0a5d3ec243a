import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "../workspace";
import { endedChildrenCpuMs } from "./cpu";
import type { BenchFleet } from "./fleet";
import type { TimedCommand } from "./way";

/** What one run of one way took. */
export interface Timing {
  readonly wallMs: number;
  /** Processor time on this side of the connections. */
  readonly controllerMs: number;
  /** Processor time on all hosts together. */
  readonly hostsMs: number;
  /** The most logins that any host saw. */
  readonly connections: number;
}

/** Runs the command in the network of the fleet, and throws with its output when it fails. */
export async function timed(workspace: Workspace, fleet: BenchFleet, timedCommand: TimedCommand): Promise<Timing> {
  const { command, cwd, env } = timedCommand;
  const logFile = path.join(workspace.directory("log"), "output");
  const log = openSync(logFile, "w");
  const before = { hosts: fleet.cpuMs(), controller: endedChildrenCpuMs(), connections: fleet.connections() };
  const started = performance.now();
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = workspace.spawn(fleet.network.enter(command), {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", log, log],
    });
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const wallMs = performance.now() - started;
  closeSync(log);
  const controllerMs = endedChildrenCpuMs() - before.controller;
  if (code !== 0) throw new Error(`'${command.join(" ")}' failed:\n${readFileSync(logFile, "utf8").slice(-4000)}`);
  await fleet.idle();
  return {
    wallMs,
    controllerMs,
    hostsMs: fleet.cpuMs() - before.hosts,
    connections: Math.max(...fleet.connections().map((count, index) => count - (before.connections[index] ?? 0))),
  };
}
