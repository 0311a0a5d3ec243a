import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { type Dial, dialThrough } from "./dial";
import { type LabNetwork, PACKAGE_PORT } from "./network";
import type { LabState } from "./state";

/** Starts the lab's agent inside the namespace; gives the way into it once it listens. */
export async function startAgent(
  network: LabNetwork,
  state: LabState,
  scratch: string,
  packages: string,
): Promise<Dial> {
  const socketPath = path.join(scratch, "dial.sock");
  const script = path.join(__dirname, "namespace-agent.ts");
  const agent = [process.execPath, "--require", require.resolve("tsx/cjs"), script];
  const [file, ...args] = network.enter([...agent, state.id, socketPath, packages, String(PACKAGE_PORT)]);
  const log = openSync(path.join(scratch, "agent.log"), "a");
  // A session of its own: it has to outlive this process and its terminal, to clean up after them.
  const child: ChildProcess = spawn(file ?? "", args, { detached: true, stdio: ["pipe", "pipe", log] });
  closeSync(log);
  if (child.pid !== undefined) {
    state.setAgent(child.pid);
  }
  await Promise.race([
    once(child.stdout ?? child, "data"),
    once(child, "exit").then(() => {
      throw new Error(`the lab's agent did not start; see ${path.join(scratch, "agent.log")}`);
    }),
  ]);
  return dialThrough(socketPath);
}
