import type { TerraformStack } from "cdktf";
import { SCRIPTS_DIRECTORY } from "../../src/render/script-file";
import { keepalivedVerdict as verdict } from "../../src/testing/keepalived-oracle";
import type { Verdict } from "./oracles";
import { hostFiles, synthesize } from "./stacks";

/** What `keepalived -t` says of a configuration without scripts, in the words that the host program uses too. */
export function keepalivedVerdict(conf: string): Verdict {
  return verdictOf({ conf, scripts: {} });
}

function verdictOf(conf: ConfFile): Verdict {
  return verdict({ ...conf, interfaces: ["eth0", "eth1"] });
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
          .map(({ path, text: script }) => [path, script]),
      ),
    }));
}
