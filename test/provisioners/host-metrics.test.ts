import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLEAN, describeWithOracles, judge } from "../support/oracles";

const PARTS = ["state", "addresses", "ipvs-table", "sync-daemon", "maintenance", "vrrp", "metrics"];
const host = join(__dirname, "../../src/provisioners/host");
const functions = PARTS.map((part) => readFileSync(join(host, `${part}.sh`), "utf8")).join("\n");

const PLANNED = `-A -t 192.0.2.100:80 -s wlc
-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 2
-a -t 192.0.2.100:80 -r 192.0.2.22:80 -g -w 1 -x 100 -y 50
-a -t 192.0.2.100:80 -r 192.0.2.23:80 -g -w 0
-A -u [2001:db8::100]:53 -s rr -o
-a -u [2001:db8::100]:53 -r [2001:db8::21]:53 -m -w 1
-A --sctp-service 192.0.2.100:99 -s rr
-a --sctp-service 192.0.2.100:99 -r 192.0.2.21:99 -i -w 1 --tun-type ipip
-A -f 7 -s wlc
-a -f 7 -r 192.0.2.21:0 -g -w 1
-A -f 7 -6 -s wlc
-a -f 7 -6 -r [2001:db8::21]:0 -g -w 1
`;
/** The first drains by hand, the second has been taken out, the sorry server has come. */
const LIVE = PLANNED.replace("192.0.2.21:80 -g -w 2", "192.0.2.21:80 -g -w 0")
  .replace("-a -t 192.0.2.100:80 -r 192.0.2.22:80 -g -w 1 -x 100 -y 50\n", "")
  .concat("-a -t 192.0.2.100:80 -r 192.0.2.99:80 -g -w 1\n");

const DAEMONS = "master sync daemon (mcast=eth0, syncid=51, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)";

/** What functions of the host program print on a host with this table. */
function printed(calls: string, plan = "", labels = 'construct="web/lb",role="primary"'): string {
  const script = `set -eu
LC_ALL=C
export LC_ALL
${functions}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
current=$stage metric_labels='${labels}' differences=3
printf '%s' '${PLANNED}' >"$stage/rules"
printf '%s' '${plan}' >"$stage/plan"
: >"$stage/run"
live_rules() { printf '%s' '${LIVE}'; }
ipvsadm() { echo '${DAEMONS}'; }
${calls}
`;
  const { status, output } = judge("sh", [], script);
  expect(status).toBe(0);
  return output;
}

test("a real server is up when it is in the live table with a weight; the sorry server is none", () => {
  expect(printed("real_server_metrics", "", ""))
    .toBe(`# HELP cdktf_lvs_real_server_up Whether the real server gets new connections.
# TYPE cdktf_lvs_real_server_up gauge
cdktf_lvs_real_server_up{service="192.0.2.100:99/sctp",server="192.0.2.21:99"} 1
cdktf_lvs_real_server_up{service="fwmark 7 (IPv6)",server="[2001:db8::21]:0"} 1
cdktf_lvs_real_server_up{service="fwmark 7 (IPv4)",server="192.0.2.21:0"} 1
cdktf_lvs_real_server_up{service="192.0.2.100:80/tcp",server="192.0.2.21:80"} 0
cdktf_lvs_real_server_up{service="192.0.2.100:80/tcp",server="192.0.2.22:80"} 0
cdktf_lvs_real_server_up{service="192.0.2.100:80/tcp",server="192.0.2.23:80"} 0
cdktf_lvs_real_server_up{service="[2001:db8::100]:53/udp",server="[2001:db8::21]:53"} 1
# HELP cdktf_lvs_real_server_planned_weight Weight of the real server in the last deploy; 0 while it is in maintenance.
# TYPE cdktf_lvs_real_server_planned_weight gauge
cdktf_lvs_real_server_planned_weight{service="192.0.2.100:99/sctp",server="192.0.2.21:99"} 1
cdktf_lvs_real_server_planned_weight{service="fwmark 7 (IPv6)",server="[2001:db8::21]:0"} 1
cdktf_lvs_real_server_planned_weight{service="fwmark 7 (IPv4)",server="192.0.2.21:0"} 1
cdktf_lvs_real_server_planned_weight{service="192.0.2.100:80/tcp",server="192.0.2.21:80"} 2
cdktf_lvs_real_server_planned_weight{service="192.0.2.100:80/tcp",server="192.0.2.22:80"} 1
cdktf_lvs_real_server_planned_weight{service="192.0.2.100:80/tcp",server="192.0.2.23:80"} 0
cdktf_lvs_real_server_planned_weight{service="[2001:db8::100]:53/udp",server="[2001:db8::21]:53"} 1
`);
});

test("the synchronisation daemons that should run, and whether they do so in the words of the plan", () => {
  const lines = (plan: string) => printed("sync_daemon_metrics", plan).split("\n").slice(2, -1);
  expect(lines("sync_state both\nsync_words mcast=eth0 syncid=51\n")).toEqual([
    'cdktf_lvs_sync_daemon{construct="web/lb",role="primary",state="master"} 1',
    'cdktf_lvs_sync_daemon{construct="web/lb",role="primary",state="backup"} 0',
  ]);
  expect(lines("sync_state active-active\nsync_words mcast=eth0 syncid=51\n")).toEqual(
    lines("sync_state both\nsync_words mcast=eth0 syncid=51\n"),
  );
  expect(lines("sync_state master\nsync_words mcast=eth0 syncid=52\n")).toEqual([
    'cdktf_lvs_sync_daemon{construct="web/lb",role="primary",state="master"} 0',
  ]);
  expect(printed("sync_daemon_metrics")).toBe("");
});

test("a real server in maintenance is not planned to work", () => {
  const switched = "switch web1 -a -t 192.0.2.100:80 -r 192.0.2.21:80\n";
  const weights = (value: string) =>
    printed(`maintenance_dir=$stage; echo ${value} >"$stage/web1"; real_server_metrics`, switched)
      .split("\n")
      .filter((line) => /planned_weight.*192.0.2.2[12]:80"/.test(line))
      .map((line) => line.split(" ").at(-1));
  expect(weights("0")).toEqual(["2", "1"]);
  expect(weights("1")).toEqual(["0", "1"]);
});

test("each VRRP instance, and whether all of its VIPs are on the host", () => {
  const plan = ["lb 192.0.2.100", "lb 192.0.2.101", "api 192.0.2.102"].map((vip) => `vrrp_vip ${vip} eth0\n`).join("");
  const states = (...addresses: string[]) =>
    printed(
      `look_at_addresses() { :; }; has_address() { case "${addresses.join(" ")}" in *$1*) ;; *) return 1 ;; esac; }
plan_values "$stage/plan" vrrp_vip >"$stage/vrrp-vips"
printf 'lb yes\\napi no\\n' >"$stage/vrrp-holds"
vrrp_metrics`,
      plan,
      "",
    )
      .split("\n")
      .slice(2, -1);
  expect(states("192.0.2.100", "192.0.2.101")).toEqual([
    'cdktf_lvs_vrrp_state{vrrp_instance="lb"} 1',
    'cdktf_lvs_vrrp_state{vrrp_instance="api"} 0',
  ]);
  expect(states("192.0.2.100", "192.0.2.102")).toEqual([
    'cdktf_lvs_vrrp_state{vrrp_instance="lb"} 0',
    'cdktf_lvs_vrrp_state{vrrp_instance="api"} 1',
  ]);
});

test("what every host says of itself", () => {
  const values = printed("host_metrics")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(values).toEqual([
    'cdktf_lvs_info{construct="web/lb",role="primary"} 1',
    'cdktf_lvs_drift{construct="web/lb",role="primary"} 3',
    expect.stringMatching(/^cdktf_lvs_last_check_timestamp_seconds\{construct="web\/lb",role="primary"\} \d{10}$/),
    expect.stringMatching(/^cdktf_lvs_last_deploy_timestamp_seconds\{construct="web\/lb",role="primary"\} \d{10}$/),
  ]);
});

describeWithOracles("promtool check metrics", ["promtool"], () => {
  test("takes all of them in silence", () => {
    const metrics = printed(
      "host_metrics; sync_daemon_metrics; real_server_metrics",
      "sync_state master\nsync_words mcast=eth0\n",
    );
    expect(judge("promtool", ["check", "metrics"], metrics)).toEqual(CLEAN);
  });

  test("is a judge that refuses", () => {
    const metrics = printed("host_metrics");
    expect(judge("promtool", ["check", "metrics"], metrics.replace("role=", "role:=")).status).toBe(1);
  });
});
