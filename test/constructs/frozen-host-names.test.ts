import { hostProgram } from "../../src/provisioners/host-program";
import { alerts } from "../../src/render/alerts";
import { HOSTS as HOSTS_WITH_METRICS, writtenMetrics } from "../support/monitoring";
import { namedSample } from "../support/named-sample";
import { hostFiles, scripts } from "../support/stacks";

const synthesized = namedSample();
const HOSTS = ["lb_primary", "plain_host", "direct_host", "tunneled_host", "translated_host"];

/** `MODE PATH` of every file of a host, from the script that Terraform uploads. */
function filesOf(host: string): string[] {
  const [, script = ""] =
    scripts(synthesized).find(([title]) => title.startsWith(`terraform_data.${host}_config_`)) ?? [];
  return [...script.matchAll(/^\d+ ([0-7]{3}) .* (\/\S+)$/gm)].map(([, mode, path]) => `${mode} ${path}`).sort();
}

function unitsOf(host: string): string[] {
  const plans = Object.entries(hostFiles(synthesized)).filter(([name]) => name.startsWith(`${host}_`));
  const [, plan = ""] = plans.find(([name]) => name.endsWith(" plan")) ?? [];
  return [...plan.matchAll(/^unit (.*)$/gm)].map(([, unit = ""]) => unit).sort();
}

// These lists are promises, see docs/upgrades.md: a line that is here must stay, and only new ones may come.

test("files of hosts", () => {
  expect(Object.fromEntries(HOSTS.map((host) => [host, filesOf(host)]))).toEqual({
    direct_host: [
      "644 /etc/sysctl.d/99-cdktf-lvs.conf",
      "644 /etc/systemd/system/cdktf-lvs-check.service",
      "644 /etc/systemd/system/cdktf-lvs-check.timer",
      "644 /etc/systemd/system/cdktf-lvs-vips.service",
    ],
    lb_primary: [
      "600 /etc/cdktf-lvs/nftables.conf",
      "600 /etc/keepalived/keepalived.conf",
      "644 /etc/logrotate.d/cdktf-lvs",
      "644 /etc/modprobe.d/cdktf-lvs.conf",
      "644 /etc/modules-load.d/cdktf-lvs.conf",
      "644 /etc/rsyslog.d/30-cdktf-lvs.conf",
      "644 /etc/sysctl.d/99-cdktf-lvs.conf",
      "644 /etc/systemd/system/cdktf-lvs-check.service",
      "644 /etc/systemd/system/cdktf-lvs-check.timer",
      "644 /etc/systemd/system/cdktf-lvs-nftables.service",
      "644 /etc/systemd/system/keepalived.service.d/cdktf-lvs.conf",
      "644 /etc/systemd/system/nftables.service.d/cdktf-lvs.conf",
      "700 /etc/cdktf-lvs/director/scripts/fit",
    ],
    plain_host: [
      "600 /etc/cdktf-lvs/ipvsadm.rules",
      "644 /etc/modules-load.d/cdktf-lvs.conf",
      "644 /etc/sysctl.d/99-cdktf-lvs.conf",
      "644 /etc/systemd/system/cdktf-lvs-check.service",
      "644 /etc/systemd/system/cdktf-lvs-check.timer",
      "644 /etc/systemd/system/cdktf-lvs-ipvs.service",
      "644 /etc/systemd/system/cdktf-lvs-ipvsadm.service",
      "644 /etc/systemd/system/cdktf-lvs-vips.service",
    ],
    translated_host: [
      "644 /etc/systemd/system/cdktf-lvs-check.service",
      "644 /etc/systemd/system/cdktf-lvs-check.timer",
      "644 /etc/systemd/system/cdktf-lvs-network.service",
    ],
    tunneled_host: [
      "644 /etc/modules-load.d/cdktf-lvs.conf",
      "644 /etc/sysctl.d/99-cdktf-lvs.conf",
      "644 /etc/systemd/system/cdktf-lvs-check.service",
      "644 /etc/systemd/system/cdktf-lvs-check.timer",
      "644 /etc/systemd/system/cdktf-lvs-network.service",
      "644 /etc/systemd/system/cdktf-lvs-vips.service",
    ],
  });
});

test("units of hosts", () => {
  expect(Object.fromEntries(HOSTS.map((host) => [host, unitsOf(host)]))).toEqual({
    direct_host: ["cdktf-lvs-check.timer", "cdktf-lvs-vips.service", "prometheus-node-exporter.service"],
    lb_primary: [
      "cdktf-lvs-check.timer",
      "cdktf-lvs-nftables.service",
      "keepalived.service",
      "prometheus-node-exporter.service",
      "rsyslog.service",
    ],
    plain_host: [
      "cdktf-lvs-check.timer",
      "cdktf-lvs-ipvs.service",
      "cdktf-lvs-ipvsadm.service",
      "cdktf-lvs-vips.service",
      "prometheus-node-exporter.service",
    ],
    translated_host: ["cdktf-lvs-check.timer", "cdktf-lvs-network.service", "prometheus-node-exporter.service"],
    tunneled_host: [
      "cdktf-lvs-check.timer",
      "cdktf-lvs-network.service",
      "cdktf-lvs-vips.service",
      "prometheus-node-exporter.service",
    ],
  });
});

test("metrics and alerts", () => {
  expect(writtenMetrics()).toEqual([
    "cdktf_lvs_connection_table_buckets",
    "cdktf_lvs_drift",
    "cdktf_lvs_info",
    "cdktf_lvs_keepalived_up",
    "cdktf_lvs_last_check_timestamp_seconds",
    "cdktf_lvs_last_deploy_timestamp_seconds",
    "cdktf_lvs_real_server_planned_weight",
    "cdktf_lvs_real_server_up",
    "cdktf_lvs_sync_daemon",
    "cdktf_lvs_table_repaired",
    "cdktf_lvs_vrrp_state",
  ]);
  expect([...new Set(alerts("web", HOSTS_WITH_METRICS).map(({ name }) => name))].sort()).toEqual([
    "LvsCheckStale",
    "LvsConnectionTableCrowded",
    "LvsConntrackNearlyFull",
    "LvsDirectorsNotReporting",
    "LvsDrift",
    "LvsHostNotReporting",
    "LvsKeepalivedDown",
    "LvsRealServerDown",
    "LvsServiceWithoutRealServers",
    "LvsSyncDaemonMissing",
    "LvsTableRepaired",
    "LvsVipsFlapping",
    "LvsVipsHeldTwice",
    "LvsVipsNotHeld",
  ]);
});

test("what people call on a host, and where it keeps what it knows", () => {
  const program = hostProgram();
  for (const line of [
    "usage: program apply | check | repair | maintenance [NAME on|off] | remove",
    "root_dir=/etc/cdktf-lvs\n",
    "base=$root_dir/$role\n",
    "current=$base/current\n",
    "before=$base/before\n",
    "maintenance_dir=/var/lib/cdktf-lvs/maintenance\n",
    "METRICS_FILE=cdktf_lvs.prom\n",
  ]) {
    expect(program).toContain(line);
  }
});
