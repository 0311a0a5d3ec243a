import { ipvsKeyProblems, tuningProblems } from "../../src/model/tuning";
import { directorProfile, realServerProfile, TuningProfile } from "../../src/model/tuning-profile";

const forward = [{ key: "net/ipv4/ip_forward", value: "1" }];

test.each([
  ["nothing", {}],
  ["no profile", { profile: TuningProfile.NONE }],
  ["a profile and settings", { profile: TuningProfile.HIGH_TRAFFIC, sysctls: { "net.core.somaxconn": 1 } }],
  ["what the host needs anyway", { sysctls: { "net.ipv4.ip_forward": 1 } }],
])("accepts %s", (_title, tuning) => {
  expect(tuningProblems("tuning", tuning, forward)).toEqual([]);
});

test("every problem is told at its prop", () => {
  const sysctls = { x: 1, "net.ipv4.ip_forward": 0 };
  expect(tuningProblems("tuning", { profile: "fast" as never, sysctls }, forward)).toEqual([
    {
      path: "tuning.profile",
      message: "must be a known value, got 'fast'; use one of none, high-traffic",
    },
    {
      path: "tuning.sysctls['x']",
      message:
        "must be the name of a kernel setting such as net.core.somaxconn or net/ipv4/conf/eth0.5/rp_filter, got 'x'",
    },
    {
      path: "tuning.sysctls['net.ipv4.ip_forward']",
      message: "must be 1, which the work of this host needs, got 0; leave it out",
    },
  ]);
});

test("settings of IPVS have props of their own", () => {
  expect(ipvsKeyProblems("tuning", {})).toEqual([]);
  expect(ipvsKeyProblems("tuning", { sysctls: { "net.ipv4.vsx": 1, "net.core.x": 1 } })).toEqual([]);
  expect(ipvsKeyProblems("tuning", { sysctls: { "net.ipv4.vs.conntrack": 1 } })).toEqual([
    {
      path: "tuning.sysctls['net.ipv4.vs.conntrack']",
      message: "must not be a setting of IPVS, got 'net.ipv4.vs.conntrack'; use ipvs or connectionSync",
    },
  ]);
});

const lines = (sysctls: ReturnType<typeof realServerProfile>) => sysctls.map(({ key, value }) => `${key} ${value}`);

test("no profile sets nothing", () => {
  expect(directorProfile(TuningProfile.NONE, { ipv6: true, conntrack: true })).toEqual([]);
  expect(realServerProfile(TuningProfile.NONE)).toEqual([]);
});

const directorLines = [
  "net/core/netdev_max_backlog 16384",
  "net/core/netdev_budget 600",
  "net/ipv4/neigh/default/gc_thresh1 4096",
  "net/ipv4/neigh/default/gc_thresh2 8192",
  "net/ipv4/neigh/default/gc_thresh3 16384",
];

test("a director passes packets on", () => {
  const made = directorProfile(TuningProfile.HIGH_TRAFFIC, { ipv6: false, conntrack: false });
  expect(lines(made)).toEqual([...directorLines, "net/ipv4/conf/*/accept_redirects 0"]);
});

test("a director with IPv6 VIPs and tracked connections has room for them", () => {
  const made = directorProfile(TuningProfile.HIGH_TRAFFIC, { ipv6: true, conntrack: true });
  expect(lines(made)).toEqual([
    ...directorLines,
    "net/ipv6/neigh/default/gc_thresh1 4096",
    "net/ipv6/neigh/default/gc_thresh2 8192",
    "net/ipv6/neigh/default/gc_thresh3 16384",
    "net/ipv4/conf/*/accept_redirects 0",
    "net/netfilter/nf_conntrack_max 1048576",
  ]);
});

test("a real server ends connections", () => {
  expect(lines(realServerProfile(TuningProfile.HIGH_TRAFFIC))).toEqual([
    "net/core/netdev_max_backlog 16384",
    "net/core/somaxconn 16384",
    "net/ipv4/tcp_max_syn_backlog 16384",
    "net/core/rmem_max 16777216",
    "net/core/wmem_max 16777216",
    "net/ipv4/tcp_rmem 4096 131072 16777216",
    "net/ipv4/tcp_wmem 4096 65536 16777216",
    "net/ipv4/tcp_tw_reuse 1",
    "net/ipv4/ip_local_port_range 16384 65535",
  ]);
});
