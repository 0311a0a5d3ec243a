import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withLock } from "./lock";
import { runCommand } from "./command";
import { kernelModules, needsXstateShim } from "./kernel";
import { aptOptions, aptSources } from "./machine-apt";
import { type Progress, elapsed, reportWhile } from "./progress";
import { osRelease } from "./requirements";

const FILES = path.join(__dirname, "files");
const BUILDING = "building-";

const BASE_PACKAGES: readonly string[] = [
  ...["systemd", "systemd-sysv", "dbus", "openssh-server", "sudo"],
  ...["iproute2", "netbase", "iputils-ping", "iputils-arping", "tcpdump", "curl"],
  ...["kmod", "procps", "busybox"],
  // What the test services run on.
  ...["socat", "dnsmasq-base"],
];

/** What the ready image has and the bare one can install from the local package source. */
const EXTRA_PACKAGES: readonly string[] = [
  ...["keepalived", "ipvsadm", "nftables"],
  ...["rsyslog", "logrotate", "prometheus-node-exporter"],
];

/** `bare` lacks the extra packages; `ready` has them installed, but their units are neither enabled nor running. */
export type ImageName = "bare" | "ready";

/** Where the finished images are. */
export interface Images {
  readonly directory: string;
  readonly bare: string;
  readonly ready: string;
  /** The local package source: .deb files and their index. */
  readonly packages: string;
  /** Library to preload into the user-mode kernel, where the processor calls for it. */
  readonly xstateShim: string | undefined;
}

/** The images for the present recipe, built first if they are not in the cache. */
export async function ensureImages(progress: Progress): Promise<Images> {
  const images = currentImages();
  if (existsSync(images.directory)) {
    return images;
  }
  mkdirSync(cacheRoot(), { recursive: true });
  return withLock(path.join(cacheRoot(), "lock"), "it builds the images", progress, async () => {
    if (!existsSync(images.directory)) {
      await build(images.directory, progress);
    }
    return images;
  });
}

/** Where the images for the present recipe are or would be. */
export function currentImages(): Images {
  const directory = path.join(cacheRoot(), recipeHash());
  return {
    directory,
    bare: path.join(directory, "bare.ext4"),
    ready: path.join(directory, "ready.ext4"),
    packages: path.join(directory, "packages"),
    xstateShim: needsXstateShim() ? path.join(directory, "xstate.so") : undefined,
  };
}

/** Every finished build in the cache, for any recipe. */
export function cachedBuilds(): string[] {
  const isBuild = (name: string) => /^[0-9a-f]{16}$/.test(name);
  return existsSync(cacheRoot())
    ? readdirSync(cacheRoot())
        .filter(isBuild)
        .map((name) => path.join(cacheRoot(), name))
    : [];
}

async function build(directory: string, progress: Progress): Promise<void> {
  // The lock is held, so whatever is half built was left by a builder that died.
  for (const leftover of readdirSync(cacheRoot()).filter((name) => name.startsWith(BUILDING))) {
    rmSync(path.join(cacheRoot(), leftover), { recursive: true, force: true });
  }
  const codename = suite();
  const startedAt = performance.now();
  let step = "preparing";
  const onLine = (line: string) => {
    step = line;
    progress(`images: ${line} (${elapsed(startedAt)})`);
  };
  const env = {
    LAB_SUITE: codename,
    LAB_PACKAGES: BASE_PACKAGES.join(","),
    LAB_EXTRA_PACKAGES: EXTRA_PACKAGES.join(" "),
    LAB_KERNEL_MODULES: kernelModules(),
    LAB_XSTATE_SHIM: needsXstateShim() ? "yes" : "no",
    LAB_APT_OPTIONS: (await aptOptions()).join("\n"),
  };
  const target = mkdtempSync(path.join(cacheRoot(), BUILDING));
  // Dies with this process, takes everything it started along, and its mounts are seen by nobody else.
  const isolate = [
    "setpriv",
    "--pdeathsig",
    "KILL",
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  const command = [...isolate, path.join(FILES, "build-images.sh"), target, ...(await aptSources(codename))];
  try {
    await reportWhile(progress, () => `images: still ${step}`, runCommand(command, { env, onLine }));
    renameSync(target, directory);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
  progress(`images: done (${elapsed(startedAt)})`);
}

/** Changes with anything that goes into the images, except newer versions of the packages. */
function recipeHash(): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([suite(), BASE_PACKAGES, EXTRA_PACKAGES, kernelModules(), needsXstateShim()]));
  for (const name of readdirSync(FILES, { recursive: true, encoding: "utf8" }).sort()) {
    const file = path.join(FILES, name);
    if (statSync(file).isFile()) {
      hash.update(`${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function cacheRoot(): string {
  return process.env["CDKTF_LVS_LAB_CACHE"] ?? path.join(os.homedir(), ".cache", "cdktf-lvs-lab");
}

/** Hosts run the machine's own release, because the mirror that is configured here has it, unless told otherwise. */
function suite(): string {
  const codename = process.env["CDKTF_LVS_LAB_SUITE"] ?? osRelease("VERSION_CODENAME");
  if (codename === undefined) {
    throw new Error("/etc/os-release names no VERSION_CODENAME; the lab needs a released Debian or Ubuntu");
  }
  return codename;
}
