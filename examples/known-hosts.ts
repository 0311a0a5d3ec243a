import { readFileSync } from "node:fs";
import { homedir } from "node:os";

/** The public key of a host, as `ssh-keyscan -t ed25519 ADDRESS >> ~/.ssh/known_hosts` wrote it down. */
export function hostKey(address: string): string {
  const file = process.env["KNOWN_HOSTS"] ?? `${homedir()}/.ssh/known_hosts`;
  const line = readFileSync(file, "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${address} `));
  if (line === undefined) throw new Error(`${file} has no key of ${address}; run ssh-keyscan for it`);
  return line.slice(address.length + 1);
}
