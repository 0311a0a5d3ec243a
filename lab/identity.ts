import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./command";
import type { HostOptions } from "./host-options";
import { GATEWAY, address6Of } from "./network";

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
  host: HostOptions,
  hosts: readonly HostOptions[],
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
  put(
    "etc/lab/host.env",
    [
      `LAB_ADDRESS=${host.address}`,
      `LAB_ADDRESS6=${address6Of(host.address)}`,
      `LAB_GATEWAY=${GATEWAY}`,
      `LAB_WEB_PORTS=${(host.webPorts ?? DEFAULT_WEB_PORTS).join(",")}`,
      "",
    ].join("\n"),
  );
  const disk = path.join(directory, "identity.tar");
  await runCommand(["tar", "--create", "--owner=0", "--group=0", "--file", disk, "--directory", tree, "etc"]);
  return disk;
}

function hostsFile(hosts: readonly HostOptions[]): string {
  const entries = hosts.flatMap(({ name, address }) => [`${address} ${name}`, `${address6Of(address)} ${name}`]);
  return ["127.0.0.1 localhost", "::1 localhost ip6-localhost", ...entries, ""].join("\n");
}
