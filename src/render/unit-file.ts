/** One section of a systemd unit file; a key may be given several times. */
export interface UnitSection {
  readonly name: string;
  readonly lines: readonly (readonly [key: string, value: string])[];
}

/** A systemd unit file or drop-in. */
export function unitFile(sections: readonly UnitSection[]): string {
  return sections
    .map(({ name, lines }) => [`[${name}]`, ...lines.map(([key, value]) => `${key}=${value}`)].join("\n") + "\n")
    .join("\n");
}
