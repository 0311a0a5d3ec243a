import { grafanaDashboard } from "../../src/render/grafana-dashboard";
import { PANELS } from "../../src/render/grafana-panels";

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

const dashboard = JSON.parse(grafanaDashboard("web")) as {
  readonly uid: string;
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly Panel[];
};

test("every panel is there, with a number and a place of its own", () => {
  const { panels } = dashboard;
  expect(panels.map(({ title }) => title)).toEqual(PANELS.map(({ title }) => title));
  expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});

test("every query has a name of its own in its panel, an expression and a legend", () => {
  for (const { targets } of dashboard.panels) {
    expect(targets.map(({ refId }) => refId)).toEqual(["A", "B"].slice(0, targets.length));
    expect(targets.filter(({ expr, legendFormat }) => expr === "" || legendFormat === "")).toEqual([]);
  }
});

test("queries use no variable but those of the dashboard and of Grafana", () => {
  const known = [...dashboard.templating.list.map(({ name }) => name), "__rate_interval"];
  const used = JSON.stringify(dashboard).match(/\$\{?(\w+)/g) ?? [];
  expect([...new Set(used.map((name) => name.replace(/\W/g, "")))].filter((name) => !known.includes(name))).toEqual([
    "__all",
  ]);
});

test("the same stack makes the same text, another one another dashboard", () => {
  expect(grafanaDashboard("web")).toBe(grafanaDashboard("web"));
  expect([dashboard.uid, dashboard.title]).toEqual(["cdktf-lvs-web", "LVS: web"]);
  const long = JSON.parse(grafanaDashboard(`a/${"b".repeat(50)}`)) as typeof dashboard;
  expect(long.uid).toBe(`cdktf-lvs-a-${"b".repeat(28)}`);
});

test("a panel, whole", () => {
  expect(dashboard.panels[0]).toEqual({
    id: 1,
    type: "stat",
    title: "Directors that hold the VIPs",
    description: "One of each pair; none: nobody answers, two: they do not hear each other.",
    datasource: { type: "prometheus", uid: "${datasource}" },
    gridPos: { x: 0, y: 0, w: 4, h: 5 },
    fieldConfig: {
      defaults: {
        unit: "none",
        color: { mode: "thresholds" },
        thresholds: {
          mode: "absolute",
          steps: [
            { value: null, color: "red" },
            { value: 1, color: "green" },
            { value: 2, color: "red" },
          ],
        },
      },
      overrides: [],
    },
    options: { textMode: "value_and_name", reduceOptions: { calcs: ["lastNotNull"] } },
    targets: [
      {
        refId: "A",
        datasource: { type: "prometheus", uid: "${datasource}" },
        expr: 'sum by (construct, vrrp_instance) (cdktf_lvs_vrrp_state{construct=~"$construct"})',
        legendFormat: "{{construct}}",
        instant: true,
      },
    ],
  });
});
