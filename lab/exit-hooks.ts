const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs `end` when this process exits, by itself, by an uncaught exception or by a signal. Returns a function that
 * takes the hooks off again.
 */
export function endOnExit(end: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    // The hooks stay until the end: npm and tsx pass Ctrl-C on, so it arrives a second time while this runs.
    end();
    cancel();
    // With the hook gone this has its usual effect, and the parent sees which signal it was.
    process.kill(process.pid, signal);
  };
  const cancel = () => {
    process.off("exit", end);
    for (const signal of SIGNALS) {
      process.off(signal, onSignal);
    }
  };
  process.on("exit", end);
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return cancel;
}
