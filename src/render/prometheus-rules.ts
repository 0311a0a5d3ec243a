import { duration, type Alert } from "./alert";

/** What the user adds to every alert. */
export interface RuleOptions {
  readonly labels: Readonly<Record<string, string>>;
  /** Where the alerts are explained; each has an anchor of its own there. */
  readonly runbookUrl?: string;
}

/** A file of alerting rules, for `rule_files` of prometheus.yml. */
export function prometheusRules(group: string, alerts: readonly Alert[], options: RuleOptions): string {
  return ["groups:", `  - name: ${text(group)}`, "    rules:", ...alerts.flatMap((alert) => ruleLines(alert, options))]
    .map((line) => `${line}\n`)
    .join("");
}

function ruleLines(alert: Alert, { labels, runbookUrl }: RuleOptions): string[] {
  return [
    `      - alert: ${alert.name}`,
    `        expr: ${text(alert.expression)}`,
    ...(alert.forSeconds === 0 ? [] : [`        for: ${duration(alert.forSeconds)}`]),
    ...mapping("labels", { ...labels, severity: alert.severity }),
    ...mapping("annotations", {
      summary: alert.summary,
      description: alert.description,
      runbook: alert.runbook,
      ...(runbookUrl !== undefined && { runbook_url: `${runbookUrl}#${alert.name.toLowerCase()}` }),
    }),
  ];
}

function mapping(name: string, values: Readonly<Record<string, string>>): string[] {
  return [`        ${name}:`, ...Object.entries(values).map(([key, value]) => `          ${key}: ${text(value)}`)];
}

/** A YAML string in single quotes, where nothing but the quote itself has a meaning. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
