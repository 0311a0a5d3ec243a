import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./command";
import { PACKAGE_PORT } from "./network";
import type { PlacedHost } from "./placed-host";

const DEFAULT_WEB_PORTS: readonly number[] = [80];

/** An ed25519 key pair. */
export interface KeyPair {
  readonly privatePath: string;
  readonly private: string;
  /** Type and key, without a comment. */
  readonly public: string;
}

/** Makes a key pair at `file` and `file`.pub. */
export async function makeKeyPair(file: string): Promise<KeyPair> {
  await runCommand(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
  return {
    privatePath: file,
    private: readFileSync(file, "utf8"),
    public: readFileSync(`${file}.pub`, "utf8").trim(),
  };
}

/**
 * Writes the tar file that a host reads as its second disk at its first boot: what makes it this host and no other.
 * It travels on a disk because a kernel command line is short, and readable by everyone on the machine.
 */
export async function writeIdentityDisk(
  directory: string,
  host: PlacedHost,
  hosts: readonly PlacedHost[],
  hostKey: KeyPair,
  clientKey: KeyPair,
): Promise<string> {
  const tree = path.join(directory, "identity");
  const put = (name: string, content: string, mode = 0o644) => {
    const file = path.join(tree, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  };
  put("etc/hostname", `${host.name}\n`);
  put("etc/hosts", hostsFile(hosts));
  put("etc/ssh/ssh_host_ed25519_key", hostKey.private, 0o600);
  put("etc/ssh/ssh_host_ed25519_key.pub", `${hostKey.public}\n`);
  put("etc/ssh/lab_authorized_keys", `${clientKey.public}\n`);
  put("etc/lab/network", lines(networkCommands(host)));
  put("etc/lab/web.env", lines([`LAB_WEB_PORTS=${(host.webPorts ?? DEFAULT_WEB_PORTS).join(",")}`]));
  put("etc/apt/sources.list.d/lab.list", lines([`deb [trusted=yes] http://${host.packageSource}:${PACKAGE_PORT} ./`]));
  const disk = path.join(directory, "identity.tar");
  await runCommand(["tar", "--create", "--owner=0", "--group=0", "--file", disk, "--directory", tree, "etc"]);
  return disk;
}

/** Commands for ip(8) that give a host its addresses and routes. */
function networkCommands({ interfaces, nextHops }: PlacedHost): string[] {
  const perInterface = interfaces.flatMap(({ name, address, address6 }, index) => [
    `link set dev vec${index} name ${name}`,
    `address add ${address}/24 brd + dev ${name}`,
    // Duplicate address detection would leave the address unusable for the first second.
    `address add ${address6}/64 dev ${name} nodad`,
    `link set dev ${name} up`,
  ]);
  return [...perInterface, ...nextHops.map((nextHop) => `route add default via ${nextHop}`)];
}

function hostsFile(hosts: readonly PlacedHost[]): string {
  const entries = hosts.flatMap((host) =>
    host.interfaces.flatMap(({ name, address, address6 }, index) => {
      const known = index === 0 ? host.name : `${host.name}-${name}`;
      return [`${address} ${known}`, `${address6} ${known}`];
    }),
  );
  return lines(["127.0.0.1 localhost", "::1 localhost ip6-localhost", ...entries]);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
