import { Construct } from "constructs";
import { addStackFiles, TerraformStack } from "../framework";
import { alertSettingsProblems, type AlertSettings } from "../model/alert-settings";
import { throwProblems, type Problem } from "../model/problem";
import { deferTokens } from "../provisioners/terraform/token-boundary";
import { alerts } from "../render/alerts";
import { grafanaDashboard } from "../render/grafana-dashboard";
import { prometheusRules } from "../render/prometheus-rules";
import { monitoredHostsOf } from "./monitored-tree";
import { reportProblems } from "./synth-checks";

/** Props of {@link MonitoringFiles}. */
export type MonitoringFilesProps = AlertSettings;

/**
 * Writes alert rules for Prometheus (`lvs-alerts.rules.yml`) and a dashboard for Grafana (`lvs-dashboard.json`) into the
 * directory of the stack, `cdktf.out/stacks/STACK`, at every synth. They are about all hosts of the stack that write
 * metrics (`monitoring.metrics`).
 */
export class MonitoringFiles extends Construct {
  private readonly stack: TerraformStack;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: MonitoringFilesProps = {},
  ) {
    super(scope, id);
    this.stack = TerraformStack.of(this);
    reportProblems(this, () => this.problems());
    addStackFiles(this.stack, () => this.files());
  }

  private files(): Record<string, string> {
    throwProblems(`monitoring files '${this.node.path}'`, this.problems());
    const { labels = {}, runbookUrl } = this.props;
    const stack = this.stack.node.path;
    return {
      "lvs-alerts.rules.yml": prometheusRules(`cdktf-lvs ${stack}`, alerts(stack, monitoredHostsOf(this.stack)), {
        labels,
        ...(runbookUrl !== undefined && { runbookUrl }),
      }),
      "lvs-dashboard.json": grafanaDashboard(stack),
    };
  }

  private problems(): Problem[] {
    return [
      ...alertSettingsProblems(deferTokens(`monitoring files '${this.node.path}'`, this.props)),
      ...this.onlyOneProblems(),
      ...this.nothingProblems(),
    ];
  }

  private onlyOneProblems(): Problem[] {
    const [first] = this.stack.node.findAll().filter((node) => node instanceof MonitoringFiles);
    if (first === undefined || first === this) return [];
    return [
      {
        path: "id",
        message: `must be the only one of its stack, got a second; '${first.node.path}' writes the same files`,
      },
    ];
  }

  private nothingProblems(): Problem[] {
    if (monitoredHostsOf(this.stack).length > 0) return [];
    const message = "must find a host that writes metrics in the stack, got none; set monitoring.metrics on a director";
    return [{ path: "monitoring", message }];
  }
}
