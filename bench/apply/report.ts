import { median, seconds, times } from "../figures";
import { table } from "../table";
import type { Timing } from "./timing";

export interface WayResult {
  readonly name: string;
  readonly first: Timing[];
  readonly again: Timing[];
}

export interface FleetResult {
  readonly count: number;
  readonly synthMs: number;
  /** This library comes first. */
  readonly ways: readonly WayResult[];
}

type Step = "first" | "again";

/** The tables of all fleets, and what they say about the targets. */
export function applyReport(results: readonly FleetResult[]): string {
  const synth = results.map(({ count, synthMs }) => `${count} hosts ${seconds(synthMs)} s`).join(", ");
  return [
    "First converge: wall / processor here / processor of all hosts, seconds, median (number of runs)",
    "",
    timeTable(results, "first"),
    "",
    "Forced re-run of the same",
    "",
    timeTable(results, "again"),
    "",
    "Wall time of other ways against cdktf-lvs, first / again",
    "",
    ratioTable(results),
    "",
    "Logins per host, the most of any host and run, first / again",
    "",
    connectionTable(results),
    "",
    `Synth of the fleets, not in the above: ${synth}`,
    "",
    ...results.flatMap(targets),
  ].join("\n");
}

function timeTable(results: readonly FleetResult[], step: Step): string {
  return wayTable(results, (way) => {
    const of = (what: keyof Timing) => seconds(median(way[step].map((timing) => timing[what])));
    return `${of("wallMs")} / ${of("controllerMs")} / ${of("hostsMs")} (${way[step].length})`;
  });
}

function ratioTable(results: readonly FleetResult[]): string {
  return wayTable(
    results,
    (way, fleet) => `${times(ratio(fleet, way, "first"))} / ${times(ratio(fleet, way, "again"))}`,
  );
}

function connectionTable(results: readonly FleetResult[]): string {
  const most = (timings: readonly Timing[]) => Math.max(...timings.map(({ connections }) => connections));
  return wayTable(results, (way) => `${most(way.first)} / ${most(way.again)}`);
}

function wayTable(results: readonly FleetResult[], cell: (way: WayResult, fleet: FleetResult) => string): string {
  const names = results[0]?.ways.map(({ name }) => name) ?? [];
  const header = ["way", ...results.map(({ count }) => `N = ${count}`)];
  return table(
    header,
    names.map((name, index) => [name, ...results.map((fleet) => cell(fleet.ways[index] as WayResult, fleet))]),
  );
}

/** How many times as long as this library. */
function ratio({ ways }: FleetResult, way: WayResult, step: Step): number {
  const wall = (one: WayResult) => median(one[step].map(({ wallMs }) => wallMs));
  return wall(way) / wall(ways[0] as WayResult);
}

function targets(fleet: FleetResult): string[] {
  if (fleet.count !== 50) return [];
  return fleet.ways.flatMap((way) => {
    const factor = ratio(fleet, way, "first");
    if (way.name === "plain Terraform")
      return [target(way.name, `${times(1 / factor)} its time`, "at most 1.3 ×", factor >= 1 / 1.3)];
    if (way.name === "Ansible") return [target(way.name, `${times(factor)} as fast`, "at least 15 ×", factor >= 15)];
    return [];
  });
}

function target(name: string, got: string, wanted: string, met: boolean): string {
  return `- 50 hosts against ${name}: ${got} (${wanted}: ${met ? "met" : "MISSED"})`;
}
