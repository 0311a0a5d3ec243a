import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Token } from "cdktf";
import { Director, DrRealServer, HaPair, MonitoringFiles, TableOwner, VirtualService } from "../../src";
import type { MonitoringFilesProps, MonitoringSettings } from "../../src";
import { alerts } from "../../src/render/alerts";
import { grafanaDashboard } from "../../src/render/grafana-dashboard";
import { prometheusRules } from "../../src/render/prometheus-rules";
import { monitoredHost } from "../support/monitoring";
import { hostFiles, newStack, ssh, synthError, synthesize } from "../support/stacks";

const METRICS: MonitoringSettings = { metrics: true };

const host = (address: string) => ({ address, connection: ssh });

/** A pair with one service of one real server. */
function addPair(stack: TerraformStack, monitoring: MonitoringSettings, server: MonitoringSettings = {}): DrRealServer {
  const director = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    interface: "eth0",
    virtualRouterId: 51,
    monitoring,
  });
  const web1 = new DrRealServer(stack, "web1", { ...host("10.0.0.21"), monitoring: server });
  new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  return web1;
}

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-app-"));
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function written(name: string): string {
  return readFileSync(join(outdir, "stacks/web", name), "utf8");
}

test("rules and dashboard lie beside the stack, about every host that writes metrics", () => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "web");
  const runbookUrl = "https://wiki.example/lvs";
  // Before the hosts that it is about.
  new MonitoringFiles(stack, "monitoring", { labels: { team: "net" }, runbookUrl });
  addPair(stack, METRICS, { checkIntervalSeconds: 10, metrics: true });
  const alone = new Director(stack, "alone", {
    ...host("10.0.0.13"),
    tableOwner: TableOwner.IPVSADM,
    monitoring: { metrics: true, repair: true },
  });
  new VirtualService(stack, "dns", { director: alone, vip: "10.0.0.101", port: 53 }).addRealServer(
    new DrRealServer(stack, "web2", { ...host("10.0.0.22"), monitoring: {} }),
  );
  new DrRealServer(stack, "gone", { ...host("10.0.0.23"), monitoring: METRICS, decommission: true });
  app.synth();
  const textfileDirectory = "/var/lib/prometheus/node-exporter";
  const hosts = [
    monitoredHost("lb", "primary", { textfileDirectory }),
    monitoredHost("lb", "secondary", { textfileDirectory }),
    monitoredHost("web1", "real-server", { checkIntervalSeconds: 10, textfileDirectory }),
    monitoredHost("alone", "director", { repair: true, textfileDirectory }),
  ];
  expect(written("lvs-alerts.rules.yml")).toBe(
    prometheusRules("cdktf-lvs web", alerts("web", hosts), { labels: { team: "net" }, runbookUrl }),
  );
  expect(written("lvs-dashboard.json")).toBe(grafanaDashboard("web"));
  expect(JSON.parse(written("cdk.tf.json"))).toHaveProperty("resource");
});

test("nothing is written for a stack with problems", () => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "web");
  new MonitoringFiles(stack, "monitoring");
  addPair(stack, { checkIntervalSeconds: 1, metrics: true });
  expect(() => app.synth()).toThrow("monitoring.checkIntervalSeconds: must be an integer from 10 to 86400, got 1");
  expect(() => written("lvs-dashboard.json")).toThrow("ENOENT");
});

test.each<[string, MonitoringSettings, MonitoringFilesProps, string]>([
  [
    "no host writes metrics",
    {},
    {},
    "[stack/monitoring] monitoring: must find a host that writes metrics in the stack, got none; set monitoring.metrics on a director",
  ],
  [
    "a label with a bad name",
    METRICS,
    { labels: { "a-b": "x" } },
    "[stack/monitoring] labels.a-b: must be named with letters, digits and _, without __ at its start, got 'a-b'",
  ],
  [
    "a page that is known only at apply",
    METRICS,
    { runbookUrl: Token.asString({ resolve: () => "https://wiki.example" }) },
    "[stack/monitoring] runbookUrl: must be known at synth, got a token; what else is written depends on it, pass a literal",
  ],
])("refuses: %s", (_title, monitoring, props, problem) => {
  const stack = newStack();
  addPair(stack, monitoring);
  new MonitoringFiles(stack, "monitoring", props);
  expect(synthError(stack)).toContain(problem);
});

test("refuses a second one of the same files", () => {
  const stack = newStack();
  addPair(stack, METRICS);
  new MonitoringFiles(stack, "first");
  new MonitoringFiles(stack, "second");
  expect(synthError(stack)).toContain(
    "[stack/second] id: must be the only one of its stack, got a second; 'stack/first' writes the same files",
  );
});

test("hosts say in their metrics which construct they belong to", () => {
  const stack = newStack();
  addPair(stack, METRICS, METRICS);
  const plans = Object.entries(hostFiles(synthesize(stack))).filter(([name]) => name.endsWith(" plan"));
  const labels = plans.map(([, text]) => text.split("\n").filter((line) => line.startsWith("metric")));
  expect(labels.sort()).toEqual(
    [
      ['metric_labels construct="stack/lb",role="primary"'],
      ['metric_labels construct="stack/lb",role="secondary"'],
      ['metric_labels construct="stack/web1",role="real-server"'],
    ].map((lines) => ["metrics /var/lib/prometheus/node-exporter", ...lines]),
  );
});
