import { spawnSync } from "node:child_process";
import { runCommand } from "../../lab/command";
import type { Progress } from "../../lab/progress";

const REQUIRED: readonly string[] = ["openssh-server", "openssh-client", "iproute2"];

/** Installs what the machine lacks, and says so. */
export async function installPackages(ansible: boolean, progress: Progress): Promise<void> {
  const missing = [...REQUIRED, ...(ansible ? ["ansible"] : [])].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  progress(`installing on this machine: ${missing.join(" ")}`);
  const aptGet = ["apt-get", "--quiet", "--yes", "-o", "DPkg::Lock::Timeout=300"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runCommand([...aptGet, "update"], { env });
  await runCommand([...aptGet, "install", "--no-install-recommends", ...missing], { env });
}

function isInstalled(name: string): boolean {
  const query = spawnSync("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name], { encoding: "utf8" });
  return query.stdout === "installed";
}
