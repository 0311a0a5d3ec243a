import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { TerraformStack } from "cdktf";
import { MAINTENANCE_DIRECTORY } from "../../src/model/maintenance";
import { SCRIPTS_DIRECTORY } from "../../src/render/script-file";
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

/** What `keepalived -t` says of a configuration without scripts, in the words that the host program uses too. */
export function keepalivedVerdict(conf: string): Verdict {
  return verdictOf({ conf, scripts: {} });
}

/** Like on the host, scripts and maintenance switches are looked for beside the configuration. */
function verdictOf({ conf, scripts }: ConfFile): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "keepalived-"));
  const file = join(folder, "keepalived.conf");
  mkdirSync(join(folder, "scripts"));
  writeFileSync(
    file,
    conf.replaceAll(SCRIPTS_DIRECTORY, join(folder, "scripts")).replaceAll(MAINTENANCE_DIRECTORY, folder),
  );
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, "scripts", name), text, { mode: 0o700 });
  try {
    return judge("unshare", ["--net", "sh", "-c", IN_NAMESPACE, "sh", file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every keepalived.conf of a stack as it is on the host, the password in its place. */
export function keepalivedConfs(stack: TerraformStack): string[] {
  return confFiles(stack).map(({ conf }) => conf);
}

/** What `keepalived -t` says of every director of a stack, with its scripts. */
export function keepalivedVerdicts(stack: TerraformStack): Verdict[] {
  return confFiles(stack).map(verdictOf);
}

interface ConfFile {
  readonly conf: string;
  readonly scripts: Readonly<Record<string, string>>;
}

function confFiles(stack: TerraformStack): ConfFile[] {
  const files = Object.entries(hostFiles(synthesize(stack))).map(([name, text]) => {
    const [local = "", path = ""] = name.split(" ");
    return { local, path, text };
  });
  return files
    .filter(({ path }) => path === "/etc/keepalived/keepalived.conf")
    .map(({ local, text }) => ({
      conf: text.replaceAll(/\(sensitive VRRP password[^)]*\)/g, "ab#c!d"),
      scripts: Object.fromEntries(
        files
          .filter((file) => file.local === local && file.path.startsWith(`${SCRIPTS_DIRECTORY}/`))
          .map(({ path, text: script }) => [basename(path), script]),
      ),
    }));
}
