/** Receives one line for a person to read. */
export type Progress = (line: string) => void;

const REPORT_EVERY_MS = 3000;

/** Seconds since `startedAt` (a `performance.now()` value), for a progress line. */
export function elapsed(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** Awaits `work` and says every three seconds that `describe()` is still going on. */
export async function reportWhile<T>(progress: Progress, describe: () => string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const timer = setInterval(() => progress(`${describe()} (${elapsed(startedAt)})`), REPORT_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
