import { Deferred, type DeepDeferrable } from "./deferred";
import type { Problem } from "./problem";
import { literalProblems, shown } from "./rules";

/** What every alert gets besides what it says itself. */
export interface AlertSettings {
  /**
   * Labels of every alert, by which Alertmanager routes it: `{ team: "network" }`.
   * @default - the severity (critical or warning), and what the alert is about
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * A page with a heading for every alert, such as a copy of docs/monitoring.md, for the annotation `runbook_url`.
   * @default - the alerts say in a few words what to look at
   */
  readonly runbookUrl?: string;
}

export function alertSettingsProblems({ labels, runbookUrl }: DeepDeferrable<AlertSettings>): Problem[] {
  return [
    ...Object.entries(labels ?? {}).flatMap(([name, value]) => labelProblems(`labels.${name}`, name, value)),
    ...literalProblems("runbookUrl", runbookUrl),
    ...(typeof runbookUrl === "string" ? urlProblems("runbookUrl", runbookUrl) : []),
  ];
}

function labelProblems(path: string, name: string, value: string | Deferred): Problem[] {
  if (value instanceof Deferred) return literalProblems(path, value);
  if (!/^[a-zA-Z_]\w*$/.test(name) || name.startsWith("__")) {
    return [{ path, message: `must be named with letters, digits and _, without __ at its start, got ${shown(name)}` }];
  }
  if (name === "severity") return [{ path, message: `must be another label than severity, got ${shown(name)}` }];
  if (!isPlainText(value)) {
    return [{ path, message: `must be one line of text without {{, which starts a template, got ${shown(value)}` }];
  }
  return [];
}

function urlProblems(path: string, value: string): Problem[] {
  if (/^https?:\/\/\S+$/.test(value) && isPlainText(value) && !value.includes("#")) return [];
  return [{ path, message: `must be an http or https URL without #, got ${shown(value)}` }];
}

function isPlainText(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return value !== "" && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\{\{/.test(value);
}
