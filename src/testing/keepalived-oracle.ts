import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { MAINTENANCE_DIRECTORY } from "../model/maintenance";
import { SCRIPTS_DIRECTORY } from "../render/script-file";

/** A configuration, and what keepalived looks for beside it. */
export interface KeepalivedInput {
  readonly conf: string;
  /** Texts of the scripts of the director, by their paths. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Network interfaces that the configuration names. */
  readonly interfaces: readonly string[];
}

/** What keepalived said, on both of its outputs. */
export interface KeepalivedVerdict {
  readonly status: number | null;
  readonly output: string;
}

const ENVIRONMENT = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` };

const NEEDS = {
  "keepalived (the package of that name)": ["keepalived", "--version"],
  "network namespaces (they need root, and iproute2)": ["unshare", "--net", "ip", "link", "show"],
} as const;

/** What this machine lacks to judge a configuration. */
export function missingForKeepalived(): string[] {
  return Object.entries(NEEDS).flatMap(([name, [command, ...args]]) =>
    spawnSync(command, args, { env: ENVIRONMENT }).status === 0 ? [] : [name],
  );
}

// A namespace of its own keeps the interfaces from the machine.
const IN_NAMESPACE = `set -e
conf=$1
shift
ip link set lo up
count=0
for name; do
  count=$((count + 1))
  ip link add "$name" type veth peer name "cdktf-lvs-$count"
  ip link set "$name" up
  ip link set "cdktf-lvs-$count" up
done
exec keepalived -t -e -f "$conf"`;

/** What `keepalived -t` says; like on the host, scripts and maintenance switches are beside the configuration. */
export function keepalivedVerdict({ conf, scripts, interfaces }: KeepalivedInput): KeepalivedVerdict {
  const folder = mkdtempSync(join(tmpdir(), "keepalived-"));
  const moved = (text: string): string =>
    text.replaceAll(SCRIPTS_DIRECTORY, join(folder, "scripts")).replaceAll(MAINTENANCE_DIRECTORY, folder);
  const file = join(folder, "keepalived.conf");
  try {
    mkdirSync(join(folder, "scripts"));
    writeFileSync(file, moved(conf));
    for (const [path, text] of Object.entries(scripts)) {
      writeFileSync(join(folder, "scripts", basename(path)), text, { mode: 0o700 });
    }
    const args = ["--net", "sh", "-c", IN_NAMESPACE, "sh", file, ...interfaces.filter((name) => name !== "lo")];
    const { status, stdout, stderr, error } = spawnSync("unshare", args, { encoding: "utf8", env: ENVIRONMENT });
    if (error) throw error;
    return { status, output: (stdout + stderr).replaceAll(file, "keepalived.conf").replaceAll(folder, "") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
