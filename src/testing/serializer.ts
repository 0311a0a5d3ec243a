import { lineDifference } from "./line-difference";
import { SynthesizedHosts } from "./synth-hosts";
import { SynthesizedHost, type SynthesizedFile } from "./synthesized-host";

/** Where a file was shown. */
interface Shown {
  readonly host: string;
  readonly lines: readonly string[];
  /** Or only what differs from another. Nothing is compared with that: nobody wants to follow differences of differences. */
  readonly inFull: boolean;
}

/** Files that were shown, by path and mode. */
type ShownFiles = Map<string, Shown[]>;

/**
 * A snapshot serializer for `expect.addSnapshotSerializer()`: hosts as their files, packages and units. A file that
 * another host has too, or nearly so, is shown once, and then what differs.
 */
export const lvsSerializer = {
  /** Whether a value is for this serializer. */
  test(value: unknown): boolean {
    return value instanceof SynthesizedHosts || value instanceof SynthesizedHost;
  },
  /** The text that the snapshot keeps. */
  serialize(value: SynthesizedHosts | SynthesizedHost, _config?: unknown, indentation = ""): string {
    const hosts = value instanceof SynthesizedHost ? [value] : value.hosts;
    const shown: ShownFiles = new Map();
    const lines = hosts.flatMap((host, index) => [...(index === 0 ? [] : [""]), ...hostLines(host, shown)]);
    return lines.map((line, index) => (index === 0 || line === "" ? line : `${indentation}${line}`)).join("\n");
  },
};

function hostLines(host: SynthesizedHost, shown: ShownFiles): string[] {
  const title = `${host.role} ${host.path} (${host.address})`;
  if (host.decommissioned) return [`${title}: decommissioned, everything is taken off it`];
  return [
    title,
    ...listLine("packages", host.packages),
    ...listLine("units", host.units),
    ...host.files.flatMap((file) => fileLines(host, file, shown)),
  ];
}

function listLine(title: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`  ${title}: ${words.join(", ")}`];
}

function fileLines(host: SynthesizedHost, file: SynthesizedFile, shown: ShownFiles): string[] {
  const title = `  ${file.path} (${file.mode})`;
  const lines = linesOf(file.text);
  const earlier = shown.get(title) ?? [];
  const same = earlier.find((one) => one.lines.join("\n") === lines.join("\n"));
  if (same !== undefined) return [`${title}, as on ${same.host}`];
  const remember = (inFull: boolean) => shown.set(title, [...earlier, { host: host.path, lines, inFull }]);
  for (const { host: like, lines: others } of earlier.filter((one) => one.inFull)) {
    const changes = lineDifference(others, lines);
    if (changes === undefined) continue;
    remember(false);
    return [`${title}, as on ${like} but for`, ...indented(changes)];
  }
  remember(true);
  return [title, ...indented(lines)];
}

function linesOf(text: string): string[] {
  return text.endsWith("\n") ? text.slice(0, -1).split("\n") : [...text.split("\n"), "(no line break at the end)"];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `    ${line}`));
}
