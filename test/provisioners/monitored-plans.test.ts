import { logging } from "../../src/model/logging";
import { TableOwner } from "../../src/model/table-owner";
import { directorPlan } from "../../src/provisioners/director-plan";
import { monitoringPart } from "../../src/provisioners/parts/monitoring";
import { joinParts } from "../../src/provisioners/plan-part";
import { checkServiceUnit, checkTimerUnit } from "../../src/render/check-units";
import { logrotateConf } from "../../src/render/logrotate-conf";
import { rsyslogConf } from "../../src/render/rsyslog-conf";
import { directorConfig, service, vrrpConfig } from "../support/models";

const LABELS = 'construct="web/lb",role="primary"';
const host = { host: "web/lb (10.0.0.11)", address: "10.0.0.11", labels: LABELS };
const services = [service()];
const pair = directorConfig({ vrrp: vrrpConfig(), services });

const checkFiles = (role: string, seconds: number) => [
  {
    path: "/etc/systemd/system/cdktf-lvs-check.service",
    mode: "644",
    text: checkServiceUnit(`/etc/cdktf-lvs/${role}/current/program`),
  },
  { path: "/etc/systemd/system/cdktf-lvs-check.timer", mode: "644", text: checkTimerUnit(seconds) },
];

test("a director without logging and monitoring has nothing of them", () => {
  for (const settings of [{}, { logging: false }]) {
    const plan = directorPlan(host, { ...pair, settings });
    expect(JSON.stringify(plan)).not.toMatch(/rsyslog|logrotate|cdktf-lvs-check|prometheus|monitoring/);
  }
});

test("rsyslog is ready before keepalived is started, and restarts when its file changes", () => {
  const plan = directorPlan(host, { ...pair, settings: { logging: { keepDays: 3 } } });
  const wanted = logging({ keepDays: 3 })!;
  expect(plan.files).toEqual(
    expect.arrayContaining([
      {
        path: "/etc/rsyslog.d/30-cdktf-lvs.conf",
        mode: "644",
        text: rsyslogConf(wanted),
        restarts: "rsyslog.service",
      },
      { path: "/etc/logrotate.d/cdktf-lvs", mode: "644", text: logrotateConf(wanted) },
    ]),
  );
  expect(plan.packages.map(({ name }) => name)).toEqual(["ipvsadm", "iproute2", "rsyslog", "logrotate", "keepalived"]);
  expect(plan.units).toEqual(["rsyslog.service", "keepalived.service"]);
});

test("a check every minute that tells the journal", () => {
  const plan = directorPlan(host, { ...pair, settings: { monitoring: {} } });
  expect(plan.files.slice(-2)).toEqual(checkFiles("director", 60));
  expect(plan.units).toEqual(["keepalived.service", "cdktf-lvs-check.timer"]);
  expect(plan.monitoring).toEqual({ repair: false });
});

test("a check that writes metrics", () => {
  const plan = directorPlan(host, { ...pair, settings: { monitoring: { checkIntervalSeconds: 10, metrics: true } } });
  expect(plan.files.slice(-2)).toEqual(checkFiles("director", 10));
  expect(plan.packages.at(-1)).toEqual({ name: "prometheus-node-exporter", command: "prometheus-node-exporter" });
  expect(plan.units.slice(-2)).toEqual(["cdktf-lvs-check.timer", "prometheus-node-exporter.service"]);
  expect(plan.monitoring).toEqual({
    repair: false,
    metrics: { directory: "/var/lib/prometheus/node-exporter", labels: LABELS },
  });
});

test("a check that repairs the table of plain ipvsadm", () => {
  const settings = { monitoring: { repair: true, metrics: { textfileDirectory: "/srv/metrics" } } };
  const plan = directorPlan(host, directorConfig({ tableOwner: TableOwner.IPVSADM, services, settings }));
  expect(plan.monitoring).toEqual({ repair: true, metrics: { directory: "/srv/metrics", labels: LABELS } });
});

test("real servers have the check, too", () => {
  const joined = joinParts([{}, monitoringPart({ metrics: true }, { role: "real-server" })]);
  expect(joined.files).toEqual(checkFiles("real-server", 60));
  expect(joined.monitoring).toEqual({
    repair: false,
    metrics: { directory: "/var/lib/prometheus/node-exporter", labels: "" },
  });
  expect(joinParts([monitoringPart(undefined, { role: "real-server" })])).toEqual(joinParts([]));
});
