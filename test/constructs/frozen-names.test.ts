import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  CarrierType,
  Director,
  DrRealServer,
  HaPair,
  HealthCheck,
  MonitoringFiles,
  NatRealServer,
  SyncGroup,
  SyncState,
  TableOwner,
  TopologyFiles,
  TunnelRealServer,
  UnmanagedRealServers,
  VirtualService,
  VrrpInstance,
} from "../../src";
import { run } from "../../src/commands/command-line";
import { hostProgram } from "../../src/provisioners/host-program";
import { alerts } from "../../src/render/alerts";
import { HOSTS as HOSTS_WITH_METRICS, writtenMetrics } from "../support/monitoring";
import { hostFiles, newStack, resources, scripts, ssh, synthesize, type Synthesized } from "../support/stacks";

/** One of everything that has a name in Terraform or on a host. */
function sample(): Synthesized {
  const stack = newStack("web");
  const host = (address: string) => ({ address, connection: ssh, monitoring: { metrics: true } });
  const lb = new HaPair(stack, "lb", {
    primary: host("10.0.0.11"),
    secondary: host("10.0.0.12"),
    furtherBackups: [host("10.0.0.13")],
    interface: "eth0",
    virtualRouterId: 51,
    authentication: new TerraformVariable(stack, "password", { type: "string", sensitive: true }),
    natGateway: { interface: "eth0", address: "10.0.0.1" },
    keepalivedVersion: "2.2.7",
    connectionTableBits: 16,
    firewall: {},
    logging: true,
    monitoring: { metrics: true },
  });
  const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, interface: "eth0" });
  new SyncGroup(stack, "both", { instances: [lb, api] });
  const script = { name: "fit", text: "#!/bin/sh\nexit 0\n" };
  const healthCheck = HealthCheck.misc({ script });
  const web = new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80, healthCheck });
  web.addRealServer(new DrRealServer(stack, "direct", { ...host("10.0.0.21"), maintenanceSwitch: true }));
  web.addRealServer(new TunnelRealServer(stack, "tunneled", host("10.0.0.22")));
  web.addRealServer(new NatRealServer(stack, "translated", host("10.0.0.23")));
  web.addRealServer(new DrRealServer(stack, "leaving", { ...host("10.0.0.24"), decommission: true }));
  const plain = new Director(stack, "plain", {
    ...host("10.0.0.14"),
    tableOwner: TableOwner.IPVSADM,
    vipInterface: "eth0",
    connectionSync: { state: SyncState.MASTER },
  });
  const dns = new VirtualService(stack, "dns", { director: plain, vip: "10.0.0.153", port: 53 });
  dns.addRealServer(new DrRealServer(stack, "dns1", host("10.0.0.25")));
  return synthesize(stack);
}

const synthesized = sample();
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

test("addresses of resources in Terraform", () => {
  expect(Object.keys(resources(synthesized)).sort()).toEqual([
    "terraform_data.direct_host_config_8F31A2B7",
    "terraform_data.direct_host_teardown_298E175B",
    "terraform_data.dns1_host_config_F80F73B3",
    "terraform_data.dns1_host_teardown_175D1873",
    "terraform_data.lb_further-backup-0_config_7584AFDD",
    "terraform_data.lb_further-backup-0_teardown_42355967",
    "terraform_data.lb_primary_config_16F6EF64",
    "terraform_data.lb_primary_teardown_0D825A31",
    "terraform_data.lb_secondary_config_96D17A5E",
    "terraform_data.lb_secondary_teardown_1DACCC30",
    "terraform_data.leaving_host_decommission_D5B2C76A",
    "terraform_data.leaving_host_teardown_87E6761E",
    "terraform_data.plain_host_config_DEB054B4",
    "terraform_data.plain_host_teardown_5FFFF271",
    "terraform_data.translated_host_config_A445EA68",
    "terraform_data.translated_host_teardown_62FF542E",
    "terraform_data.tunneled_host_config_1BF4E8A9",
    "terraform_data.tunneled_host_teardown_FB37D94C",
  ]);
});

/** A director with a service, in a stack of that app. */
function directorIn(app: App, carrier?: CarrierType): VirtualService {
  const stack = new TerraformStack(app, "web");
  const director = new Director(stack, "lb", {
    address: "10.0.0.11",
    connection: ssh,
    vipInterface: "eth0",
    delivery: { ...(carrier && { carrier }) },
  });
  return new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
}

test("addresses of resources in Terraform, with the null provider", () => {
  const web = directorIn(new App(), CarrierType.NULL_RESOURCE);
  const stack = TerraformStack.of(web);
  const delivery = { carrier: CarrierType.NULL_RESOURCE };
  web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, delivery }));
  expect(Object.keys(resources(synthesize(stack))).sort()).toEqual([
    "null_resource.lb_host_config_9332BF5A",
    "null_resource.lb_host_teardown_01C77B5E",
    "null_resource.web1_host_config_6D723BCB",
    "null_resource.web1_host_teardown_D539AFB1",
  ]);
});

test("locals that hold a list, for which tests of users give values", () => {
  const web = directorIn(new App());
  const stack = TerraformStack.of(web);
  const addresses = new TerraformVariable(stack, "addresses", { type: "list(string)" }).listValue;
  web.addRealServers(new UnmanagedRealServers(stack, "group", { addresses }));
  const names = Object.keys(synthesize(stack).locals ?? {});
  expect(names.filter((name) => name.startsWith("group"))).toEqual(["group_addresses_9C024475"]);
});

test("files beside a stack", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-lvs-frozen-"));
  try {
    const app = new App({ outdir });
    const web = directorIn(app);
    const stack = TerraformStack.of(web);
    const monitoring = { metrics: true };
    web.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh, monitoring }));
    new MonitoringFiles(stack, "monitoring");
    new TopologyFiles(stack, "topology");
    app.synth();
    const folder = join(outdir, "stacks/web");
    expect((await run(["picture", folder])).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([
      "cdk.tf.json",
      "lvs-alerts.rules.yml",
      "lvs-dashboard.json",
      "topology.dot",
      "topology.mmd",
      "topology.svg",
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

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
