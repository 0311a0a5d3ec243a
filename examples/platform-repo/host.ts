import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A host and how Terraform logs in: as root, with the key in the SSH agent of whoever deploys. Its own keys
 * are the lines that `ssh-keyscan ADDRESS` prints.
 */
export function host(address: string) {
  return { address, connection: { hostKey: hostKeys(address) } };
}

function hostKeys(address: string): string[] {
  const lines = readFileSync(join(__dirname, "known_hosts"), "utf8").split("\n");
  const own = lines.filter((entry) => entry.startsWith(`${address} `));
  if (own.length === 0) throw new Error(`known_hosts has no key of ${address}; README.md says how to add a server`);
  return own.map((entry) => entry.slice(address.length + 1));
}
