import type { BenchFleet } from "./fleet";

/** A command to be timed. */
export interface TimedCommand {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What every way of configuring the fleet is given. */
export interface WayContext {
  readonly fleet: BenchFleet;
  /** A directory of its own. */
  readonly directory: string;
}

/** One way of bringing the fleet to its plan. */
export interface Way {
  readonly name: string;
  /** Forgets what it knows of the hosts, which are new, and configures them. */
  first(): TimedCommand;
  /** Configures them again though nothing has changed. */
  again(): TimedCommand;
}
