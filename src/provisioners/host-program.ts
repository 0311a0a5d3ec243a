import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of the host program, in the order in which they build on each other. */
const PARTS = [
  "say",
  "state",
  "os",
  "packages",
  "modules",
  "selinux",
  "files",
  "sysctls",
  "addresses",
  "network",
  "ipvs-table",
  "connection-table",
  "timeouts",
  "sync-daemon",
  "nftables",
  "drain",
  "maintenance",
  "units",
  "conflicts",
  "restarts",
  "preflight",
  "keepalived",
  "reload",
  "vrrp",
  "verify",
  "metrics",
  "apply",
  "change",
  "rollback",
  "check",
  "remove",
  "main",
] as const;

function part(name: string): string {
  return readFileSync(join(__dirname, "host", `${name}.sh`), "utf8");
}

let program: string | undefined;

/**
 * The POSIX sh program that runs on every host, with the sub-commands `apply`, `check`, `repair`, `maintenance` and
 * `remove`. It holds no data: that comes beside it, and stays with it under /etc/cdktf-lvs.
 */
export function hostProgram(): string {
  program ??= [
    "#!/bin/sh\n# cdktf-lvs: program apply | check | repair | maintenance [NAME on|off] | remove\n",
    ...PARTS.map(part),
  ].join("\n");
  return program;
}

/** The end of every apply script: it unpacks what came with it and runs the program. */
export function unpackScript(): string {
  return part("unpack");
}

/** Tells one version of the program from another. */
export function hostProgramDigest(): string {
  return createHash("sha256").update(hostProgram()).digest("hex").slice(0, 12);
}
