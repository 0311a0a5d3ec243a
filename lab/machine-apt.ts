import { runCommand } from "./command";

const PASSED_ON = ["Acquire::http::Proxy", "Acquire::https::Proxy", "Acquire::Check-Valid-Until"];

/**
 * The apt source lines for one distribution release: the machine's own, so that images come from the same mirror, or
 * those of CDKTF_LVS_LAB_SOURCES, for a release that the machine does not run.
 */
export async function aptSources(codename: string): Promise<string[]> {
  const told = process.env["CDKTF_LVS_LAB_SOURCES"];
  if (told !== undefined) return told.split("\n");
  const format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
  const targets = await runCommand(["apt-get", "indextargets", "--format", format, "Created-By: Packages"]);
  const isOfRelease = (suite: string) => suite === codename || suite.startsWith(`${codename}-`);
  const lines = targets
    .split("\n")
    .filter((line) => isOfRelease(line.split(" ")[1] ?? ""))
    .map((line) => `deb ${line}`);
  if (lines.length === 0) {
    throw new Error(`apt on this machine has no source for '${codename}'; add one to /etc/apt/sources.list`);
  }
  return [...new Set(lines)];
}

/** The machine's apt settings without which its mirror may not be reachable, as lines of apt.conf. */
export async function aptOptions(): Promise<string[]> {
  const dump = await runCommand(["apt-config", "dump", "--no-empty", ...PASSED_ON]);
  return dump.split("\n").filter((line) => line !== "");
}
