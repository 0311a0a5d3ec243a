import { plainPath } from "../model/monitored-host";
import { stackSelector } from "./alert";
import { PANELS, type GrafanaPanel } from "./grafana-panels";

const COLUMNS = 24;
const HEIGHTS: Record<GrafanaPanel["type"], number> = { stat: 5, "state-timeline": 8, timeseries: 8 };
const DATA_SOURCE = { type: "prometheus", uid: "${datasource}" };

/** A dashboard for the hosts of a stack, as Grafana imports it. */
export function grafanaDashboard(stack: string): string {
  const name = plainPath(stack);
  const dashboard = {
    // Grafana takes at most 40 characters.
    uid: `cdktf-lvs-${name.replaceAll("/", "-")}`.slice(0, 40),
    title: `LVS: ${name}`,
    tags: ["cdktf-lvs"],
    schemaVersion: 38,
    editable: true,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: { list: [dataSourceVariable(), constructVariable(stack)] },
    panels: placed(PANELS).map(panel),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

function dataSourceVariable() {
  return { name: "datasource", label: "Prometheus", type: "datasource", query: "prometheus" };
}

function constructVariable(stack: string) {
  const query = `label_values(cdktf_lvs_info${stackSelector(stack)}, construct)`;
  return {
    name: "construct",
    label: "Construct",
    type: "query",
    datasource: DATA_SOURCE,
    definition: query,
    query: { query, refId: "construct" },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    current: { text: ["All"], value: ["$__all"] },
  };
}

interface PlacedPanel {
  readonly id: number;
  readonly content: GrafanaPanel;
  readonly x: number;
  readonly y: number;
}

/** From left to right, and on in a new row where there is no room left. */
function placed(panels: readonly GrafanaPanel[]): PlacedPanel[] {
  let x = 0;
  let y = 0;
  let height = 0;
  return panels.map((content, index) => {
    if (x + content.width > COLUMNS) {
      x = 0;
      y += height;
      height = 0;
    }
    const place = { id: index + 1, content, x, y };
    x += content.width;
    height = Math.max(height, HEIGHTS[content.type]);
    return place;
  });
}

function panel({ id, content, x, y }: PlacedPanel) {
  const { type, title, description, unit, width, queries, thresholds } = content;
  const steps = thresholds?.map(([value, color]) => ({ value, color }));
  return {
    id,
    type,
    title,
    description,
    datasource: DATA_SOURCE,
    gridPos: { x, y, w: width, h: HEIGHTS[type] },
    fieldConfig: {
      defaults: {
        unit,
        ...(type !== "stat" && { min: 0 }),
        ...(steps !== undefined && { color: { mode: "thresholds" }, thresholds: { mode: "absolute", steps } }),
      },
      overrides: [],
    },
    options: type === "stat" ? { textMode: "value_and_name", reduceOptions: { calcs: ["lastNotNull"] } } : {},
    targets: queries.map(({ expression, legend }, index) => ({
      refId: String.fromCharCode("A".charCodeAt(0) + index),
      datasource: DATA_SOURCE,
      expr: expression,
      legendFormat: legend,
      ...(type === "stat" && { instant: true }),
    })),
  };
}
