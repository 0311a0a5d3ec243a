import { SyncState } from "../../src/model/connection-sync";
import { DefenseMode } from "../../src/model/ipvs-settings";
import { TableOwner } from "../../src/model/table-owner";
import { TuningProfile } from "../../src/model/tuning-profile";
import type { DirectorConfig } from "../../src/model/director";
import { directorPlan } from "../../src/provisioners/director-plan";
import { planText, type HostPlan } from "../../src/provisioners/host-plan";
import { ipvsUnit } from "../../src/render/ipvs-unit";
import { directorConfig, service, vrrpConfig } from "../support/models";

function planOf(different: Partial<DirectorConfig>): HostPlan {
  const config = directorConfig({ services: [service()], ...different });
  return directorPlan({ host: "lb", address: "10.0.0.11" }, config);
}

/** The lines of a plan that tell the host program of IPVS. */
function ipvsLinesOf(plan: HostPlan): string[] {
  return planText(plan)
    .split("\n")
    .filter((line) => /^(timeouts|conn_tab_bits|sync_)/.test(line));
}

const vrrp = vrrpConfig();
const syncDaemon = { interface: "eth1", syncId: 7, settings: { threads: 4, socketSize: 65536, ttl: 2 } };
const lone = { ...syncDaemon, state: SyncState.BOTH };
const timeouts = { tcpSeconds: 1200 };

test("without settings there is nothing to say, and no unit", () => {
  expect(ipvsLinesOf(planOf({}))).toEqual([]);
  expect(planOf({}).units).toEqual(["keepalived.service"]);
});

test("a pair: VRRP decides, and the address of the master tells", () => {
  const plan = planOf({ vrrp, syncDaemon: { ...syncDaemon, instance: "lb" } });
  expect(ipvsLinesOf(plan)).toEqual([
    "sync_state vrrp",
    "sync_master 127.112.0.51",
    "sync_words mcast=eth1 syncid=7 ttl=2",
    "sync_sockets 4 65536",
  ]);
  expect(plan.interfaces).toEqual(["eth1", "eth0", "eth0"].filter((name, index, all) => all.indexOf(name) === index));
  expect(plan.sysctls).toContainEqual({ key: "net/ipv4/vs/sync_ports", value: "4" });
  expect(plan.units).toEqual(["keepalived.service"]);
});

test("a pair whose instances fail over apart: keepalived starts both daemons on every director", () => {
  const plan = planOf({ vrrp, syncDaemon });
  expect(ipvsLinesOf(plan)).toEqual([
    "sync_state active-active",
    "sync_words mcast=eth1 syncid=7 ttl=2",
    "sync_sockets 4 65536",
  ]);
  expect(plan.units).toEqual(["keepalived.service"]);
});

test("keepalived sets the timeouts, a lone director's unit starts its daemons", () => {
  const plan = planOf({ syncDaemon: lone, settings: { timeouts } });
  expect(ipvsLinesOf(plan)).toEqual([
    "timeouts 1200 0 0",
    "sync_state both",
    "sync_words mcast=eth1 syncid=7 ttl=2",
    "sync_sockets 4 65536",
  ]);
  expect(plan.units).toEqual(["keepalived.service", "cdktf-lvs-ipvs.service"]);
  expect(plan.files).toContainEqual({
    path: "/etc/systemd/system/cdktf-lvs-ipvs.service",
    mode: "644",
    text: ipvsUnit({ syncDaemon: lone }),
  });
});

test("plain ipvsadm: one unit for both", () => {
  const plan = planOf({ tableOwner: TableOwner.IPVSADM, syncDaemon: lone, settings: { timeouts } });
  expect(plan.units).toEqual(["cdktf-lvs-ipvsadm.service", "cdktf-lvs-ipvs.service"]);
  const unit = plan.files.find(({ path }) => path.endsWith("/cdktf-lvs-ipvs.service"));
  expect(unit?.text).toBe(ipvsUnit({ timeouts: "1200 0 0", syncDaemon: lone }));
  const timeoutsAlone = planOf({ tableOwner: TableOwner.IPVSADM, settings: { timeouts } });
  expect(timeoutsAlone.units).toEqual(["cdktf-lvs-ipvsadm.service", "cdktf-lvs-ipvs.service"]);
});

test("the size of the connection table is a module option", () => {
  const plan = planOf({ settings: { connectionTableBits: 15 } });
  expect(ipvsLinesOf(plan)).toEqual(["conn_tab_bits 15"]);
  expect(plan.files).toContainEqual({
    path: "/etc/modprobe.d/cdktf-lvs.conf",
    mode: "644",
    text: "options ip_vs conn_tab_bits=15\n",
  });
});

test("settings of IPVS come before our own defaults, each once", () => {
  const ipvs = { expireNodestConn: false, conntrack: true, dropEntry: DefenseMode.AUTOMATIC };
  expect(planOf({ settings: { ipvs } }).sysctls).toEqual([
    { key: "net/ipv4/vs/expire_nodest_conn", value: "0" },
    { key: "net/ipv4/vs/expire_quiescent_template", value: "1" },
    { key: "net/ipv4/vs/conntrack", value: "1" },
    { key: "net/ipv4/vs/drop_entry", value: "1" },
  ]);
});

test("a profile, with a value of the user's own in its place", () => {
  const tuning = {
    profile: TuningProfile.HIGH_TRAFFIC,
    sysctls: { "net.core.netdev_budget": 900, "vm.swappiness": 1 },
  };
  const { sysctls } = planOf({ settings: { tuning } });
  expect(sysctls).toContainEqual({ key: "net/core/netdev_budget", value: "900" });
  expect(sysctls).toContainEqual({ key: "net/core/netdev_max_backlog", value: "16384" });
  expect(sysctls.at(-1)).toEqual({ key: "vm/swappiness", value: "1" });
  expect(sysctls.filter(({ key }) => key === "net/core/netdev_budget")).toHaveLength(1);
});

test.each([
  ["tracked connections in the profile need their module", { profile: TuningProfile.HIGH_TRAFFIC }, true, true],
  ["untracked ones do not", { profile: TuningProfile.HIGH_TRAFFIC }, false, false],
  ["without the profile nothing is raised", {}, true, false],
])("%s", (_title, tuning, conntrack, expected) => {
  const plan = planOf({ settings: { tuning, ipvs: { conntrack } } });
  const modules = plan.files.find(({ path }) => path.startsWith("/etc/modules-load.d/"))?.text;
  expect(modules?.includes("nf_conntrack\n")).toBe(expected);
  expect(plan.sysctls.some(({ key }) => key === "net/netfilter/nf_conntrack_max")).toBe(expected);
});

test("an IPv6 VIP makes room for IPv6 neighbours", () => {
  const services = [service({ vip: "2001:db8::100" }, [])];
  const { sysctls } = planOf({ services, settings: { tuning: { profile: TuningProfile.HIGH_TRAFFIC } } });
  expect(sysctls).toContainEqual({ key: "net/ipv6/neigh/default/gc_thresh3", value: "16384" });
});
