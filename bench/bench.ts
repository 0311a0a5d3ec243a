import { Command, Option } from "commander";
import { measureApply } from "./apply/measure";
import { measureImport } from "./import/measure";
import { measureState } from "./state/measure";
import { measureSynth } from "./synth/measure";
import { Workspace } from "./workspace";

interface Options {
  readonly part: "import" | "synth" | "state" | "apply" | "all";
  readonly hosts: readonly number[];
  readonly runs?: number;
  readonly ansible: boolean;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function counts(text: string): number[] {
  return text.split(",").map(Number);
}

async function bench({ part, hosts, runs, ansible }: Options): Promise<void> {
  const workspace = new Workspace();
  const wanted = (name: Options["part"]) => part === "all" || part === name;
  const report = (text: string) => say(`\n${text}\n`);
  if (wanted("import")) report(await measureImport(workspace, runs ?? 7, say));
  if (wanted("synth")) report(await measureSynth(workspace, runs ?? 3, say));
  if (wanted("state")) report(await measureState(workspace, say));
  if (wanted("apply"))
    report(await measureApply(workspace, { hosts, ansible, ...(runs !== undefined && { runs }) }, say));
}

new Command("bench")
  .description("what synth and apply cost on this machine, and what other ways of doing the same cost")
  .addOption(
    new Option("--part <name>", "what to measure").choices(["import", "synth", "state", "apply", "all"]).default("all"),
  )
  .addOption(
    new Option("--hosts <counts>", "sizes of the fleet for apply")
      .argParser(counts)
      .default([1, 5, 20, 50], "1,5,20,50"),
  )
  .addOption(
    new Option("--runs <count>", "runs of each (default: 3; import: 7; apply up to 5 hosts: 5)").argParser(Number),
  )
  .option("--no-ansible", "apply: leave out Ansible, which takes most of the time")
  .action(bench)
  .parseAsync()
  // Hosts that still run would keep this process alive.
  .then(() => process.exit())
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
