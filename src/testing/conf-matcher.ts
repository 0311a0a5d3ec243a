import { SCRIPTS_DIRECTORY } from "../render/script-file";
import { listsIn, withLists } from "./directives";
import { keepalivedVerdict, missingForKeepalived, type KeepalivedInput } from "./keepalived-oracle";
import type { MatcherResult } from "./search";
import { SynthesizedHosts } from "./synth-hosts";
import { SynthesizedHost } from "./synthesized-host";

/** What {@link LvsMatchers.toBeValidKeepalivedConf} needs beyond the configuration. */
export interface KeepalivedConfOptions {
  /**
   * Values for what only apply knows, by its expression: `{ "${var.vip}": "192.0.2.100" }`. The addresses of
   * `UnmanagedRealServers` are a list.
   * @default - none: a configuration with such an expression is refused
   */
  readonly values?: Readonly<Record<string, string | number | readonly string[]>>;
}

const CONF = "/etc/keepalived/keepalived.conf";
/** In place of every password. */
const ANY_PASSWORD = "password";

/** Asks keepalived itself, where this machine has it. */
export function beValidKeepalivedConf(
  received: unknown,
  { values = {} }: KeepalivedConfOptions,
  isNot: boolean,
): MatcherResult {
  const directors = directorsOf(received).map(({ path, input }) => ({ path, input: filledIn(input, values) }));
  const unknown = directors.flatMap(({ path, input }) => expressionsIn(input).map((text) => `${path}: ${text}`));
  if (unknown.length > 0) return refusal(unknown, isNot);
  const missing = missingForKeepalived();
  if (missing.length > 0) return skipped(missing, isNot);
  const verdicts = directors.map(({ path, input }) => ({ path, ...keepalivedVerdict(input) }));
  const bad = verdicts.filter(({ status, output }) => status !== 0 || output !== "");
  if (bad.length === 0) {
    const paths = directors.map(({ path }) => path).join(", ");
    return {
      pass: true,
      message: () => `expected keepalived to refuse the configuration of ${paths}, but it takes it`,
    };
  }
  const told = bad.flatMap(({ path, status, output }) => [
    `  ${path}, exit status ${status ?? "none"}`,
    ...output
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`),
  ]);
  return {
    pass: false,
    message: () => ["expected a configuration that keepalived takes, but it says of", ...told].join("\n"),
  };
}

interface Director {
  readonly path: string;
  readonly input: KeepalivedInput;
}

function directorsOf(received: unknown): Director[] {
  const hosts =
    received instanceof SynthesizedHost ? [received] : received instanceof SynthesizedHosts ? received.hosts : [];
  const directors = hosts.flatMap(director);
  if (directors.length > 0) return directors;
  const needs = "what synthHosts() returns, or one of its hosts, with keepalived on a director";
  throw new TypeError(`toBeValidKeepalivedConf() needs ${needs}`);
}

function director({ path, files, interfaces }: SynthesizedHost): Director[] {
  const conf = files.find((file) => file.path === CONF);
  if (conf === undefined) return [];
  const text = conf.placeholders.reduce((made, placeholder) => made.replaceAll(placeholder, ANY_PASSWORD), conf.text);
  const scripts = files.filter((file) => file.path.startsWith(`${SCRIPTS_DIRECTORY}/`));
  return [
    {
      path,
      input: { conf: text, interfaces, scripts: Object.fromEntries(scripts.map((file) => [file.path, file.text])) },
    },
  ];
}

/** Expressions that no value is given for. */
function expressionsIn({ conf, interfaces }: KeepalivedInput): string[] {
  const texts = [conf, ...interfaces].flatMap((text) => text.match(/\$\{[^}]*\}/g) ?? []);
  // An item of a list is known as soon as the list is.
  return [...new Set([...listsIn(conf), ...texts])].filter((text) => text !== "${address}");
}

function filledIn(input: KeepalivedInput, values: KeepalivedConfOptions["values"] & {}): KeepalivedInput {
  const fill = (text: string): string =>
    Object.entries(values).reduce(
      (made, [name, value]) => (isList(value) ? made : made.replaceAll(name, () => String(value))),
      text,
    );
  const lists = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (isList(value) ? [[name, value]] : [])),
  );
  return { ...input, conf: withLists(fill(input.conf), lists), interfaces: [...new Set(input.interfaces.map(fill))] };
}

function isList(value: string | number | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}

function refusal(unknown: readonly string[], isNot: boolean): MatcherResult {
  const lines = [
    "expected a configuration that is known in full, but only apply knows",
    ...unknown.map((text) => `  ${text}`),
  ];
  const advice = 'give a value for each: toBeValidKeepalivedConf({ values: { "${...}": "192.0.2.100" } })';
  return { pass: isNot, message: () => [...lines, advice].join("\n") };
}

function skipped(missing: readonly string[], isNot: boolean): MatcherResult {
  const lacks = `this machine lacks ${missing.join(" and ")}`;
  if (process.env["CDKTF_LVS_REQUIRE_ORACLES"] === "1") {
    return { pass: isNot, message: () => `${lacks}, and CDKTF_LVS_REQUIRE_ORACLES=1 asks for it` };
  }
  console.warn(`SKIPPED toBeValidKeepalivedConf(): ${lacks}`);
  return { pass: !isNot, message: () => lacks };
}
