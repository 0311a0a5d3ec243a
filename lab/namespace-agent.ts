/**
 * Runs inside the lab's network namespace: forwards connections into it, serves packages to the hosts, and spreads them
 * over the processors. It also ends the lab when the process that started it goes away, however that happens.
 *
 * Arguments: lab id, path of the unix socket, package directory and port of the package source.
 */
import { balanceHosts } from "./balance";
import { listenForDials } from "./forwarder";
import { servePackages } from "./package-server";
import { LabState } from "./state";
import { endLab } from "./teardown";

async function main([id, socketPath, packages, port]: readonly string[]): Promise<void> {
  if (!id || !socketPath || !packages || !port) {
    throw new Error("expected: id socket packages port");
  }
  // Standard input is a pipe from the lab's owner: it closes when the owner dies, even by SIGKILL.
  process.stdin.resume().once("close", () => {
    endLab(new LabState(id));
    process.exit();
  });
  balanceHosts(new LabState(id));
  await Promise.all([listenForDials(socketPath), servePackages(packages, Number(port))]);
  process.stdout.write("ready\n");
}

void main(process.argv.slice(2));
