import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alerts } from "../../src/render/alerts";
import { prometheusRules } from "../../src/render/prometheus-rules";
import { HOSTS, monitoredHost } from "../support/monitoring";
import { describeWithOracles, judge, type Verdict } from "../support/oracles";

/** Series of an hour, a value each minute, in promtool's notation. */
type Series = Readonly<Record<string, string>>;

const PRIMARY = 'construct="web/lb",role="primary",job="node",instance="a:9100"';
const SECONDARY = 'construct="web/lb",role="secondary",job="node",instance="b:9100"';
const ALONE = 'construct="web/alone",role="director",job="node",instance="c:9100"';
const WEB1 = 'construct="web/web1",role="real-server",job="node",instance="d:9100"';
const OF_WEB1 = 'service="192.0.2.100:80/tcp",server="192.0.2.21:80"';
const OF_WEB2 = 'service="192.0.2.100:80/tcp",server="192.0.2.22:80"';

const VRRP = 'vrrp_instance="lb"';
const name = (metric: string, ...labels: string[]) => `${metric}{${labels.join(",")}}`;
const up = (...labels: string[]) => name("cdktf_lvs_real_server_up", ...labels);

/** All is well. */
const HEALTHY: Series = {
  ...Object.fromEntries(
    [PRIMARY, SECONDARY, ALONE, WEB1].flatMap((host) => [
      [name("cdktf_lvs_info", host), "1x60"],
      [name("cdktf_lvs_drift", host), "0x60"],
      [name("cdktf_lvs_last_check_timestamp_seconds", host), "0+60x60"],
    ]),
  ),
  ...Object.fromEntries(
    [PRIMARY, SECONDARY, ALONE].flatMap((host) => [
      [up(host, OF_WEB1), "1x60"],
      [up(host, OF_WEB2), "1x60"],
      [name("cdktf_lvs_real_server_planned_weight", host, OF_WEB1), "2x60"],
      [name("cdktf_lvs_real_server_planned_weight", host, OF_WEB2), "1x60"],
      [name("cdktf_lvs_connection_table_buckets", host), "4096x60"],
    ]),
  ),
  ...Object.fromEntries([PRIMARY, SECONDARY].map((host) => [name("cdktf_lvs_keepalived_up", host), "1x60"])),
  [name("cdktf_lvs_sync_daemon", PRIMARY, 'state="master"')]: "1x60",
  [name("cdktf_lvs_sync_daemon", SECONDARY, 'state="backup"')]: "1x60",
  [name("cdktf_lvs_vrrp_state", PRIMARY, VRRP)]: "1x60",
  [name("cdktf_lvs_vrrp_state", SECONDARY, VRRP)]: "0x60",
  [name("cdktf_lvs_table_repaired", ALONE)]: "0x60",
};

const connections = (kind: string, server: string) =>
  name(`node_ipvs_backend_connections_${kind}`, 'job="node",instance="a:9100"', `remote_address="${server}"`);

/** What goes wrong after ten minutes, the alerts that come of it, and after how many minutes at the latest. */
const broken: [title: string, series: Series, expected: string[], afterMinutes: number][] = [
  ["nothing", {}, [], 50],
  ["no director holds the VIPs", { [name("cdktf_lvs_vrrp_state", PRIMARY, VRRP)]: "1x9 0x50" }, ["LvsVipsNotHeld"], 4],
  ["both hold them", { [name("cdktf_lvs_vrrp_state", SECONDARY, VRRP)]: "0x9 1x50" }, ["LvsVipsHeldTwice"], 4],
  [
    "the VIPs move, and are seen twice for a moment",
    {
      [name("cdktf_lvs_vrrp_state", PRIMARY, VRRP)]: "1x10 0x50",
      [name("cdktf_lvs_vrrp_state", SECONDARY, VRRP)]: "0x9 1x50",
    },
    [],
    40,
  ],
  [
    "they move to and fro",
    {
      [name("cdktf_lvs_vrrp_state", PRIMARY, VRRP)]: "1x9 0 0 1 1 0 0 1x50",
      [name("cdktf_lvs_vrrp_state", SECONDARY, VRRP)]: "0x9 1 1 0 0 1 1 0x50",
    },
    ["LvsVipsFlapping"],
    8,
  ],
  [
    "one director loses its synchronisation daemon",
    { [name("cdktf_lvs_sync_daemon", SECONDARY, 'state="backup"')]: "1x9 0x50" },
    ["LvsSyncDaemonMissing"],
    4,
  ],
  ["keepalived ends", { [name("cdktf_lvs_keepalived_up", SECONDARY)]: "1x9 0x50" }, ["LvsKeepalivedDown"], 2],
  ["a real server fails its check", { [up(PRIMARY, OF_WEB1)]: "1x9 0x50" }, ["LvsRealServerDown"], 3],
  [
    "a real server is planned without connections",
    {
      [up(PRIMARY, OF_WEB1)]: "0x60",
      [name("cdktf_lvs_real_server_planned_weight", PRIMARY, OF_WEB1)]: "0x60",
    },
    [],
    40,
  ],
  [
    "a whole service is planned without connections",
    Object.fromEntries(
      [OF_WEB1, OF_WEB2].flatMap((server) => [
        [up(PRIMARY, server), "0x60"],
        [name("cdktf_lvs_real_server_planned_weight", PRIMARY, server), "0x60"],
      ]),
    ),
    [],
    40,
  ],
  [
    "a service has no real server left",
    { [up(ALONE, OF_WEB1)]: "1x9 0x50", [up(ALONE, OF_WEB2)]: "1x9 0x50" },
    ["LvsRealServerDown", "LvsServiceWithoutRealServers"],
    3,
  ],
  [
    "many connections share a bucket",
    { [connections("active", "x")]: "0x9 1x50", [connections("inactive", "x")]: "0x9 40960x50" },
    ["LvsConnectionTableCrowded"],
    11,
  ],
  [
    "the conntrack table of a director fills, and that of another host",
    {
      'node_nf_conntrack_entries{job="node",instance="a:9100"}': "0x9 90x50",
      'node_nf_conntrack_entries_limit{job="node",instance="a:9100"}': "100x60",
      'node_nf_conntrack_entries{job="node",instance="z:9100"}': "99x60",
      'node_nf_conntrack_entries_limit{job="node",instance="z:9100"}': "100x60",
    },
    ["LvsConntrackNearlyFull"],
    6,
  ],
  ["a table was repaired", { [name("cdktf_lvs_table_repaired", ALONE)]: "0x9 1 0x49" }, ["LvsTableRepaired"], 5],
  ["a host goes away", { [name("cdktf_lvs_info", WEB1)]: "1x9 stale" }, ["LvsHostNotReporting"], 4],
  [
    "both directors go away",
    { [name("cdktf_lvs_info", PRIMARY)]: "1x9 stale", [name("cdktf_lvs_info", SECONDARY)]: "1x9 stale" },
    ["LvsDirectorsNotReporting", "LvsHostNotReporting"],
    4,
  ],
  ["a timer stops", { [name("cdktf_lvs_last_check_timestamp_seconds", WEB1)]: "0+60x9 540x50" }, ["LvsCheckStale"], 7],
  ["a host differs from its last deploy", { [name("cdktf_lvs_drift", WEB1)]: "0x9 2x50" }, ["LvsDrift"], 3],
  ["hosts of another stack go wrong", { 'cdktf_lvs_drift{construct="webshop/lb",role="primary"}': "5x60" }, [], 50],
];

describeWithOracles("promtool", ["promtool"], () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rules-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function checked(rules: string): Verdict {
    writeFileSync(join(folder, "rules.yml"), rules);
    return judge("promtool", ["check", "rules", "--lint-fatal", join(folder, "rules.yml")]);
  }

  function expectSuccess({ status, output }: Verdict): void {
    expect([status, output]).toEqual([0, expect.stringContaining("SUCCESS")]);
  }

  /** Of a test in promtool's words; JSON is YAML. */
  function tried(test: Readonly<Record<string, unknown>>): Verdict {
    writeFileSync(join(folder, "rules.yml"), prometheusRules("web", alerts("web", HOSTS), { labels: {} }));
    const file = { rule_files: ["rules.yml"], evaluation_interval: "1m", tests: [{ interval: "1m", ...test }] };
    writeFileSync(join(folder, "test.json"), JSON.stringify(file));
    return judge("promtool", ["test", "rules", join(folder, "test.json")]);
  }

  function inputSeries(series: Series): unknown[] {
    return Object.entries({ ...HEALTHY, ...series }).map(([key, values]) => ({ series: key, values }));
  }

  const options = { labels: { team: 'it\'s #1: "net"' }, runbookUrl: "https://wiki.example/lvs?a='b'" };
  const stacks: [string, string][] = [
    ["a pair, a lone director and a real server", prometheusRules("web", alerts("web", HOSTS), options)],
    ["nothing but a real server", prometheusRules("it's", alerts("a.b", [monitoredHost("x", "real-server")]), options)],
  ];

  test.each(stacks)("takes the rules of %s", (_title, rules) => {
    expectSuccess(checked(rules));
  });

  test("is a judge that refuses", () => {
    const [, rules] = stacks[0] ?? ["", ""];
    expect(checked(rules.replace("sum by", "sum bye")).status).toBe(1);
    expect(checked(rules.replace("for: ", "fore: ")).status).toBe(1);
    expect(checked(rules.replace("{{ $labels.construct }}", "{{ $labels.construct }")).status).toBe(1);
    const nothing = { eval_time: "30m", expr: "ALERTS", exp_samples: [{ labels: "ALERTS", value: 1 }] };
    expect(tried({ input_series: inputSeries({}), promql_expr_test: [nothing] }).status).toBe(1);
  });

  test.each(broken)("fires in time: %s", (_title, series, expected, afterMinutes) => {
    const firing = 'count by (alertname) (ALERTS{alertstate="firing"}) > bool 0';
    const samples = expected.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 }));
    const promql = [
      { eval_time: "8m", expr: firing, exp_samples: [] },
      { eval_time: `${10 + afterMinutes}m`, expr: firing, exp_samples: samples },
    ];
    expectSuccess(tried({ input_series: inputSeries(series), promql_expr_test: promql }));
  });

  test("says which host and which real server", () => {
    const expected = {
      exp_labels: {
        severity: "warning",
        construct: "web/lb",
        role: "primary",
        service: "192.0.2.100:80/tcp",
        server: "192.0.2.21:80",
        job: "node",
        instance: "a:9100",
      },
      exp_annotations: {
        summary: "Real server 192.0.2.21:80 of 192.0.2.100:80/tcp is down",
        description: "web/lb (primary) has it not in its IPVS table, or with weight 0, against the last deploy.",
        runbook: "Try its health check from the director; journalctl -u keepalived says why it failed",
      },
    };
    const alert = { eval_time: "20m", alertname: "LvsRealServerDown", exp_alerts: [expected] };
    const series = inputSeries({ [up(PRIMARY, OF_WEB1)]: "1x9 0x50" });
    expectSuccess(tried({ input_series: series, alert_rule_test: [alert] }));
  });
});
