import { randomBytes } from "node:crypto";
import path from "node:path";
import type { CommandResult } from "./command";
import type { LabHost } from "./host";
import type { Lab } from "./lab";

const PROGRAMS = "usr/local/lib/lab";

/** A client's program under way. */
export interface ClientProgram {
  readonly result: Promise<CommandResult>;
  /** Sends it SIGTERM. */
  terminate(): Promise<unknown>;
}

/** Starts a client's program where the client is. The arguments are plain words. */
export type ClientSite = (program: string, args: readonly string[], timeoutMs: number) => ClientProgram;

/** Clients on a host. */
export function onHost(host: LabHost): ClientSite {
  return (program, args, timeoutMs) => {
    const pidFile = `/run/lab-client.${randomBytes(4).toString("hex")}`;
    const words = [`/${PROGRAMS}/${program}`, ...args].map((word) => `'${word}'`).join(" ");
    const untilStarted = `timeout 10 sh -c 'until [ -s ${pidFile} ]; do sleep 0.1; done'`;
    return {
      result: host.exec(`echo $$ > ${pidFile}; exec ${words}`, { timeoutMs }),
      terminate: () => host.exec(`${untilStarted}; kill $(cat ${pidFile}); rm ${pidFile}`),
    };
  };
}

/** Clients at the lab's own end of the network; the programs are those that go into the images. */
export function inNamespace(lab: Pick<Lab, "execInNamespace">): ClientSite {
  return (program, args, timeoutMs) => {
    const end = new AbortController();
    const command = [path.join(__dirname, "files/guest", PROGRAMS, program), ...args];
    return {
      result: lab.execInNamespace(command, { timeoutMs, terminateOn: end.signal }),
      terminate: () => Promise.resolve(end.abort()),
    };
  };
}
