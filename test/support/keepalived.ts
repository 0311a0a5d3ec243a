import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { judge, type Verdict } from "./oracles";
import { hostFiles, synthesize } from "./stacks";

// Interfaces that a configuration names must exist; a network namespace of its own keeps them from the machine.
const IN_NAMESPACE = `
ip link add eth0 type veth peer name eth0p
ip link add eth1 type veth peer name eth1p
ip link set lo up
ip link set eth0 up
ip link set eth0p up
ip link set eth1 up
ip link set eth1p up
exec keepalived -t -e -f "$1"`;

/** What `keepalived -t` says of a configuration, in the words that the host program uses too. */
export function keepalivedVerdict(conf: string): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "keepalived-"));
  const file = join(folder, "keepalived.conf");
  writeFileSync(file, conf);
  try {
    return judge("unshare", ["--net", "sh", "-c", IN_NAMESPACE, "sh", file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every keepalived.conf of a stack as it is on the host, the password in its place. */
export function keepalivedConfs(stack: TerraformStack): string[] {
  return Object.entries(hostFiles(synthesize(stack)))
    .filter(([name]) => name.endsWith(" /etc/keepalived/keepalived.conf"))
    .map(([, text]) => text.replace("(sensitive VRRP password)", "ab#c!d"));
}
