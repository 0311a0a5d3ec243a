import { writeFileSync } from "node:fs";
import path from "node:path";
import { applyScript } from "../../src/provisioners/apply-script";
import { planOf } from "./plan";
import type { Way, WayContext } from "./way";

/** The same host program, without Terraform: piped into `sh -s`, ten hosts at a time. */
export function sshWay({ fleet, directory }: WayContext): Way {
  for (const host of fleet.hosts) writeFileSync(path.join(directory, host.address), applyScript(planOf(host)));
  writeFileSync(path.join(directory, "addresses"), fleet.hosts.map(({ address }) => `${address}\n`).join(""));
  const ssh = `ssh -F none -i ${fleet.keyPath} -o UserKnownHostsFile=${fleet.knownHostsPath} -o BatchMode=yes`;
  const each = `${ssh} root@"$1" sh -s <"$1"`;
  const timed = {
    command: ["xargs", "-a", "addresses", "-P", "10", "-n", "1", "sh", "-c", each, "ssh"],
    cwd: directory,
  };
  return { name: "ssh + xargs", first: () => timed, again: () => timed };
}
