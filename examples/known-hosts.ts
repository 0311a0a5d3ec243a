import { readFileSync } from "node:fs";
import { homedir } from "node:os";

/** The public keys of a host, as `ssh-keyscan ADDRESS >> ~/.ssh/known_hosts` wrote them down. */
export function hostKeys(address: string): string[] {
  const file = process.env["KNOWN_HOSTS"] ?? `${homedir()}/.ssh/known_hosts`;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((entry) => entry.startsWith(`${address} `));
  if (lines.length === 0) throw new Error(`${file} has no key of ${address}; run ssh-keyscan for it`);
  return lines.map((line) => line.slice(address.length + 1));
}
