import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { hostProgram } from "../../src/provisioners/host-program";
import { describeWithOracles } from "./oracles";

/** What the host program may take for granted on every system. */
const PROGRAMS = [
  ...[
    "cat",
    "chmod",
    "comm",
    "cp",
    "cut",
    "date",
    "env",
    "head",
    "install",
    "join",
    "mkdir",
    "mktemp",
    "mv",
    "realpath",
    "rm",
  ],
  ...["rmdir", "sed", "sha256sum", "sort", "stat", "sync", "tac", "tail", "timeout", "touch", "tr", "wc"],
];

/** How a function of the host program ended. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/**
 * A host that is not there: the functions of the program run in a directory that they take for /, with commands that
 * do what a test says and write down how they were called.
 */
export class HostSandbox {
  private readonly root = mkdtempSync(join(tmpdir(), "host-"));

  constructor(private readonly shell: readonly string[]) {
    const folders = ["bin", "etc", "stage/files", "run/cdktf-lvs"];
    for (const folder of folders) mkdirSync(join(this.root, folder), { recursive: true });
    for (const command of PROGRAMS) symlinkSync(realPath(command), join(this.root, "bin", command));
    this.file("/proc/uptime", "1000.00 2000.00").plan();
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  file(path: string, ...lines: readonly string[]): this {
    mkdirSync(join(this.root, dirname(path)), { recursive: true });
    writeFileSync(join(this.root, path), this.moved(lines.map((line) => `${line}\n`).join("")));
    return this;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** The plan of a director, unless the lines say another role. */
  plan(...lines: readonly string[]): this {
    const role = lines.some((line) => line.startsWith("role ")) ? [] : ["role director"];
    return this.file("/stage/plan", ...role, ...lines);
  }

  /** A command that is called, noted, and does what these lines of sh say. */
  command(name: string, ...body: readonly string[]): this {
    return this.program(`/bin/${name}`, ...body);
  }

  /** Lets each `sleep` take so many seconds of the host, and no time. */
  sleepsTake(seconds: number): this {
    const uptime = this.path("/proc/uptime");
    return this.command("sleep", `read -r now _ <${uptime}`, `echo "$((\${now%%.*} + ${seconds})).00 0" >${uptime}`);
  }

  /** The same for one that is called by its path. */
  program(path: string, ...body: readonly string[]): this {
    const file = this.path(path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, ["#!/bin/sh", `echo "${basename(file)} $*" >>"${this.root}/calls"`, ...body, ""].join("\n"));
    chmodSync(file, 0o755);
    return this;
  }

  /** Where a path of the host really is. */
  path(path: string): string {
    return join(this.root, path);
  }

  /** Takes a command away from the host. */
  forget(name: string): void {
    rmSync(join(this.root, "bin", name));
  }

  /** Runs lines of sh after the functions of the program; files of the host are below a scratch directory. */
  run(...lines: readonly string[]): Outcome {
    const functions = hostProgram().slice(0, hostProgram().lastIndexOf("# On one line"));
    const start = ["set -eu", "stage=/stage", 'read_plan "$stage/plan"', "host=lb"];
    const program = [functions, ...start, ...lines, ""].join("\n");
    writeFileSync(join(this.root, "program"), this.moved(program));
    const [command = "", ...args] = this.shell;
    const { status, stdout, stderr, error } = spawnSync(realPath(command), [...args, join(this.root, "program")], {
      encoding: "utf8",
      cwd: this.root,
      env: { PATH: join(this.root, "bin"), LC_ALL: "C" },
    });
    if (error) throw error;
    return { status, output: (stdout + stderr).replaceAll(this.root, "") };
  }

  /** Paths of the host below the scratch directory. */
  private moved(text: string): string {
    return text.replaceAll(/(?<=^|[^\w.]|-f)\/(?=(stage|etc|lib|sys|proc|run|var)\b)/g, `${this.root}/`);
  }

  /** How the commands of `command()` were called, in this order. */
  get calls(): string[] {
    const file = join(this.root, "calls");
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8").replaceAll(this.root, "").trim().split("\n");
  }
}

/** The shells that are /bin/sh somewhere: Debian's, the RHEL family's, and the smallest. */
export function describeInEveryShell(title: string, tests: (sandbox: () => HostSandbox) => void): void {
  const shells = [
    ["dash", ["dash"]],
    ["bash", ["bash", "--posix"]],
    ["busybox sh", ["busybox", "sh"]],
  ] as const;
  for (const [oracle, shell] of shells) {
    describeWithOracles(`${title}, in ${oracle}`, [oracle], () => {
      let sandbox: HostSandbox;
      beforeEach(() => {
        sandbox = new HostSandbox(shell);
      });
      afterEach(() => sandbox.remove());
      tests(() => sandbox);
    });
  }
}

function realPath(command: string): string {
  const found = (process.env["PATH"] ?? "")
    .split(":")
    .concat("/usr/sbin", "/sbin")
    .map((folder) => join(folder, command));
  const path = found.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`this machine has no ${command}`);
  return path;
}
