/** What loading a package took. */
export interface Cost {
  readonly wallMs: number;
  /** The processor time of the same, in all threads. */
  readonly cpuMs: number;
}

/** What one process took to load both. */
export interface LoadSample {
  readonly framework: Cost;
  /** On top of that. */
  readonly library: Cost;
}
