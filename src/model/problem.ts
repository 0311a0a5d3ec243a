/** One thing that is wrong with a definition, and where. */
export interface Problem {
  /** Path of the prop at fault, as the user wrote it: `realServers[1].port`. */
  readonly path: string;
  /** What is wrong, the value got, what is allowed and what to do. */
  readonly message: string;
}

/** Thrown once per construct, with every problem found in its props. */
export class ConfigError extends Error {
  /** Tells it from other errors. */
  public override readonly name = "ConfigError";

  public constructor(
    subject: string,
    /** All of them, in the order of the message. */
    public readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`invalid ${subject}, ${count}:`, ...problems.map((p) => `  ${p.path}: ${p.message}`)].join("\n"));
  }
}

/** Throws one {@link ConfigError} that lists all problems; does nothing when there are none. */
export function throwProblems(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigError(subject, problems);
}
