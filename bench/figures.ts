export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : bytes < 1e7 ? 1 : 0);
}

export function times(factor: number): string {
  return `${factor.toFixed(factor < 10 ? 2 : 1)} ×`;
}

export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

export function milliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** A figure beside what it is to be. */
export function target(what: string, got: string, wanted: string, met: boolean): string {
  return `- ${what}: ${got} (${wanted}: ${met ? "met" : "MISSED"})`;
}
