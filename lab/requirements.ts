import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { runCommand } from "./command";
import { withLock } from "./lock";
import { type Progress, reportWhile } from "./progress";

const APT_LOCK = "/run/lock/cdktf-lvs-lab";

/** The Debian packages the lab uses on this machine. */
export const requiredPackages: readonly string[] = [
  "user-mode-linux",
  "mmdebstrap",
  "e2fsprogs",
  "kmod",
  "iproute2",
  "ethtool",
  "openssh-client",
  "apt-utils",
  // For the kernel module of nftables; and see files/xstate.c.
  ...["gcc", "libc6-dev", "make", "flex", "bison", "bc", "xz-utils"],
];

/** What keeps the lab from running here: one sentence each, empty when nothing does. */
export function missingRequirements(): string[] {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return [`the lab needs Linux on x86-64, got ${process.platform} on ${process.arch}; run it on such a machine`];
  }
  const missing: string[] = [];
  if (!isDebianLike()) {
    missing.push("the lab takes its kernel and packages from Debian or Ubuntu; run it on one of them");
  }
  if (process.getuid?.() !== 0) {
    missing.push("the lab must run as root to create network namespaces and disk images; run it with sudo");
    return missing;
  }
  if (!existsSync("/dev/net/tun")) {
    missing.push("there is no /dev/net/tun; load the tun module, or pass the device into the container");
  }
  if (spawnSync("unshare", ["--net", "--mount", "true"]).status !== 0) {
    missing.push("network namespaces cannot be created here; in a container, run it with the SYS_ADMIN capability");
  }
  return missing;
}

/** Installs those of the required packages that are not installed yet. */
export async function installPackages(progress: Progress): Promise<void> {
  if (missingPackages().length > 0) {
    // apt-get waits for other runs of dpkg, but not for other updates of its lists.
    await withLock(APT_LOCK, "it installs packages", progress, () => installMissing(progress));
  }
}

async function installMissing(progress: Progress): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) {
    return;
  }
  progress(`installing on this machine: ${missing.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = ["apt-get", "--quiet", "--yes", "-o", "DPkg::Lock::Timeout=300"];
  await reportWhile(progress, () => "apt-get update", runCommand([...aptGet, "update"], { env }));
  const install = [...aptGet, "install", "--no-install-recommends", ...missing];
  await reportWhile(progress, () => "apt-get install", runCommand(install, { env }));
}

function missingPackages(): string[] {
  return requiredPackages.filter((name) => !isInstalled(name));
}

/** One value of /etc/os-release, such as VERSION_CODENAME. */
export function osRelease(key: string): string | undefined {
  const text = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  return new RegExp(`^${key}="?([^"\\n]*)"?$`, "m").exec(text)?.[1];
}

function isDebianLike(): boolean {
  const family = `${osRelease("ID") ?? ""} ${osRelease("ID_LIKE") ?? ""}`.split(" ");
  return family.includes("debian") || family.includes("ubuntu");
}

function isInstalled(name: string): boolean {
  const query = spawnSync("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name], { encoding: "utf8" });
  return query.stdout === "installed";
}
