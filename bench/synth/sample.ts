/** What one synth took. */
export interface SynthSample {
  /** Making the constructs. */
  readonly defineMs: number;
  /** `app.synth()`, start to end. */
  readonly synthMs: number;
  /** The processor time of the same, in all threads. */
  readonly cpuMs: number;
  /** The most memory that the whole process had, in bytes. */
  readonly peakMemory: number;
  /** Size of cdk.tf.json. */
  readonly outputBytes: number;
}
