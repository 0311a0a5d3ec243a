import type { Progress } from "../../lab/progress";
import { seconds } from "../figures";
import type { Workspace } from "../workspace";
import { ansibleWay } from "./ansible";
import { BenchFleet } from "./fleet";
import { BenchNetwork } from "./network";
import { ourWay } from "./ours";
import { installPackages } from "./packages";
import { plainTerraformWay } from "./plain-terraform";
import { VIP } from "./plan";
import { applyReport, type FleetResult, type WayResult } from "./report";
import { sshWay } from "./ssh";
import { timed, type Timing } from "./timing";
import type { Way } from "./way";

/** From this size on Ansible takes minutes, and runs once only. */
const SLOW_FLEET = 50;

export interface ApplyOptions {
  /** Sizes of the fleet. */
  readonly hosts: readonly number[];
  /**
   * @default - 5 up to 5 hosts, else 3
   */
  readonly runs?: number;
  /** Whether to compare with Ansible, which takes most of the time. */
  readonly ansible: boolean;
}

/** Configures fleets of these sizes in every way, taking turns, and returns the report. */
export async function measureApply(
  workspace: Workspace,
  { hosts, runs, ansible }: ApplyOptions,
  progress: Progress,
): Promise<string> {
  await installPackages(ansible, progress);
  const network = await BenchNetwork.start(workspace);
  const results: FleetResult[] = [];
  for (const count of hosts) {
    const fleet = await BenchFleet.make(workspace, network, count);
    results.push(await measureFleet(workspace, fleet, { ansible, runs: runs ?? (count <= 5 ? 5 : 3) }, progress));
    await fleet.stop();
  }
  return applyReport(results);
}

async function measureFleet(
  workspace: Workspace,
  fleet: BenchFleet,
  options: { readonly runs: number; readonly ansible: boolean },
  progress: Progress,
): Promise<FleetResult> {
  const count = fleet.hosts.length;
  const context = (name: string) => ({ fleet, directory: workspace.directory(`fleet${count}`, name) });
  const ours = await ourWay(context("ours"));
  const ansible = ansibleWay(context("ansible"));
  const rivals = [await plainTerraformWay(context("plain")), sshWay(context("ssh"))];
  const ways: Way[] = [ours, ...rivals, ...(options.ansible ? [ansible] : [])];
  const results = new Map<Way, WayResult>(ways.map((way) => [way, { name: way.name, first: [], again: [] }]));
  for (let run = 0; run < options.runs; run++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const way = ways[(run + turn) % ways.length] as Way;
      if (way === ansible && run > 0 && count >= SLOW_FLEET) continue;
      await fleet.renew();
      const first = await timed(workspace, fleet, way.first());
      await fleet.verify(VIP);
      const again = await timed(workspace, fleet, way.again());
      results.get(way)?.first.push(first);
      results.get(way)?.again.push(again);
      progress(`${count} hosts, run ${run + 1}, ${way.name}: first ${shown(first)}; again ${shown(again)}`);
    }
  }
  return { count, synthMs: ours.synthMs, ways: [...results.values()] };
}

function shown({ wallMs, controllerMs, hostsMs }: Timing): string {
  return `${seconds(wallMs)} s (processor ${seconds(controllerMs)} + ${seconds(hostsMs)} s)`;
}
