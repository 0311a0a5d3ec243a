import { spawnSync } from "node:child_process";
import { Command, Option } from "commander";
import type { HostOptions } from "./host-options";
import { cachedBuilds, currentImages, ensureImages, type ImageName } from "./image";
import { Lab } from "./lab";
import { installPackages } from "./requirements";
import { type LabRecord, LabState } from "./state";
import { endLab, isAbandoned } from "./teardown";

const DEFAULT_HOSTS = "lb1,lb2,rs1,rs2,client";

interface UpOptions {
  readonly hosts: string;
  readonly image: ImageName;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Directors get addresses from .11 on, real servers (`rs...`) from .21 on with a web server, others from .31 on. */
function hostsFromNames(names: string, image: ImageName): HostOptions[] {
  const next = { lb: 11, rs: 21, other: 31 };
  return names.split(",").map((name) => {
    const role = name.startsWith("lb") ? "lb" : name.startsWith("rs") ? "rs" : "other";
    return { name, address: `192.0.2.${next[role]++}`, image, web: role === "rs" };
  });
}

async function up({ hosts, image }: UpOptions): Promise<void> {
  const lab = await Lab.up({ hosts: hostsFromNames(hosts, image), progress: say });
  say("");
  say(`Enter a host:      npm run lab -- shell ${hosts.split(",")[0] ?? "lb1"}`);
  say(`Enter the network: ip netns exec ${lab.namespace} bash`);
  say("End the lab:       Ctrl-C");
  // The agent's and the hosts' processes keep this one alive until a signal comes.
}

function runningLab(id: string | undefined): LabRecord {
  const records = LabState.all()
    .filter((state) => !isAbandoned(state) && (id === undefined || state.id === id))
    .map((state) => state.read())
    .filter((record): record is LabRecord => record !== undefined);
  const [record] = records;
  if (record === undefined) {
    throw new Error("no lab is running; start one with 'npm run lab -- up' and leave it in the foreground");
  }
  if (records.length > 1) {
    throw new Error(`several labs are running (${records.map(({ id }) => id).join(", ")}); choose one with --lab`);
  }
  return record;
}

function sshInto(lab: LabRecord, name: string, command: readonly string[]): void {
  const host = lab.hosts.find((candidate) => candidate.name === name);
  if (host === undefined) {
    throw new Error(`unknown host '${name}'; use one of ${lab.hosts.map((known) => known.name).join(", ")}`);
  }
  const ssh = ["ssh", "-i", lab.keyPath, "-o", `UserKnownHostsFile=${lab.knownHostsPath}`, "-o", "LogLevel=ERROR"];
  const terminal = command.length === 0 ? ["-t"] : [];
  const all = ["netns", "exec", lab.namespace, ...ssh, ...terminal, `root@${host.address}`, ...command];
  process.exitCode = spawnSync("ip", all, { stdio: "inherit" }).status ?? 1;
}

function down(everything: boolean): void {
  const labs = LabState.all();
  const ending = labs.filter((state) => everything || isAbandoned(state));
  for (const state of ending) {
    endLab(state);
    say(`ended lab ${state.id}`);
  }
  const left = labs.length - ending.length;
  if (left > 0) {
    say(`left ${left} running; use --all to end labs that are in use too`);
  } else if (ending.length === 0) {
    say("there is no lab to end");
  }
}

async function images(): Promise<void> {
  await installPackages(say);
  await ensureImages(say);
  const current = currentImages().directory;
  for (const directory of cachedBuilds()) {
    say(`${directory}${directory === current ? "" : " (of an older recipe; may be deleted)"}`);
  }
}

const program = new Command("lab").description("Linux hosts on this machine, as processes, to try LVS on");
program
  .command("up")
  .description("boot hosts and keep them until Ctrl-C")
  .option("--hosts <names>", "comma-separated names; lb* become directors, rs* web servers", DEFAULT_HOSTS)
  .addOption(new Option("--image <name>", "base image").choices(["bare", "ready"]).default("ready"))
  .action(up);
program
  .command("shell <host>")
  .description("open a shell on a host of the running lab")
  .option("--lab <id>", "which lab, if several are running")
  .action((host: string, { lab }: { readonly lab?: string }) => sshInto(runningLab(lab), host, []));
program
  .command("exec <host> <command...>")
  .description("run a command on a host of the running lab, after --")
  .option("--lab <id>", "which lab, if several are running")
  .action((host: string, command: string[], { lab }: { readonly lab?: string }) =>
    sshInto(runningLab(lab), host, command),
  );
program
  .command("down")
  .description("end labs that were left behind")
  .option("--all", "end labs that are in use too", false)
  .action(({ all }: { readonly all: boolean }) => down(all));
program.command("images").description("build the base images if needed and say where they are").action(images);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
