import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A host and how Terraform logs in: as root, with the key in the SSH agent of whoever deploys. Its own key is the line
 * that `ssh-keyscan -t ed25519 ADDRESS` prints.
 */
export function host(address: string) {
  return { address, connection: { hostKey: hostKey(address) } };
}

function hostKey(address: string): string {
  const lines = readFileSync(join(__dirname, "known_hosts"), "utf8").split("\n");
  const line = lines.find((entry) => entry.startsWith(`${address} `));
  if (line === undefined) throw new Error(`known_hosts has no key of ${address}; README.md says how to add a server`);
  return line.slice(address.length + 1);
}
