import { spawnSync } from "node:child_process";

/** A program that judges what we generate, and how to find out whether this machine can run it. */
const PROBES = {
  keepalived: ["keepalived", "--version"],
  "network namespaces (needs root)": ["unshare", "--net", "ip", "link", "show"],
  shellcheck: ["shellcheck", "--version"],
  dash: ["dash", "-c", "true"],
  bash: ["bash", "-c", "true"],
  "busybox sh": ["busybox", "sh", "-c", "true"],
  "systemd-analyze": ["systemd-analyze", "--version"],
  "keepalived.service": ["test", "-e", "/lib/systemd/system/keepalived.service"],
  nft: ["nft", "--version"],
  "grep -P": ["sh", "-c", "echo a | grep -q -P a"],
  ipvsadm: ["test", "-x", "/usr/sbin/ipvsadm"],
  terraform: ["terraform", "version"],
  openssl: ["openssl", "version"],
  promtool: ["promtool", "--version"],
  rsyslogd: ["rsyslogd", "-v"],
  logrotate: ["logrotate", "--version"],
  scp: ["sh", "-c", "command -v scp"],
} as const;

export type Oracle = keyof typeof PROBES;

function missing(oracle: Oracle): boolean {
  const [command, ...args] = PROBES[oracle];
  return spawnSync(command, args, { env: ENVIRONMENT }).status !== 0;
}

/**
 * A `describe` whose tests need programs of this machine. Without them it is skipped, loudly; with
 * CDKTF_LVS_REQUIRE_ORACLES=1 it fails.
 */
export function describeWithOracles(title: string, oracles: readonly Oracle[], tests: () => void): void {
  const absent = oracles.filter(missing);
  if (absent.length === 0) {
    describe(title, tests);
  } else if (process.env["CDKTF_LVS_REQUIRE_ORACLES"] === "1") {
    describe(title, () => {
      test("has the programs it needs", () => {
        throw new Error(`this machine lacks ${absent.join(", ")}, and CDKTF_LVS_REQUIRE_ORACLES=1 asks for all`);
      });
    });
  } else {
    describe.skip(title, tests);
    // Jest shows no output of a file in which all is skipped: this test is what makes the warning seen.
    test(`${title} is skipped: this machine lacks ${absent.join(", ")}`, () => {
      console.warn(`SKIPPED '${title}': this machine lacks ${absent.join(", ")}`);
    });
  }
}

/** What a program said, on both of its outputs. */
export interface Verdict {
  readonly status: number | null;
  readonly output: string;
}

/** What an oracle with nothing to complain about says. */
export const CLEAN: Verdict = { status: 0, output: "" };

const ENVIRONMENT = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`, CHECKPOINT_DISABLE: "1" };

/** Runs a program with the text as its standard input. */
export function judge(command: string, args: readonly string[], input = ""): Verdict {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: "utf8",
    env: ENVIRONMENT,
    // Terraform shows whole lines of a stack with each error.
    maxBuffer: 64 << 20,
  });
  if (error) throw error;
  return { status, output: stdout + stderr };
}
