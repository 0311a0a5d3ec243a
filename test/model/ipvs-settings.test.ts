import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { DefenseMode, ipvsSettingsProblems, ipvsSysctls, type IpvsSettings } from "../../src/model/ipvs-settings";
import { ipvsTimeoutsProblems, type IpvsTimeouts } from "../../src/model/ipvs-timeouts";

type Settings = DeepDeferrable<IpvsSettings>;

const token = new Deferred("${x}");

/** Every setting, with its name in the kernel, the values printed there and what they come from. */
const settings: [kernelName: string, prop: keyof IpvsSettings, values: Record<string, unknown>][] = [
  ["am_droprate", "amDroprate", { "1": 1, "2147483647": 2147483647 }],
  ["amemthresh", "amemthresh", { "0": 0, "2147483647": 2147483647 }],
  ["backup_only", "backupOnly", { "0": false, "1": true }],
  ["cache_bypass", "cacheBypass", { "0": false, "1": true }],
  ["conn_reuse_mode", "connReuseMode", { "0": 0, "3": 3 }],
  ["conntrack", "conntrack", { "0": false, "1": true }],
  ["debug_level", "debugLevel", { "0": 0, "12": 12 }],
  ["drop_entry", "dropEntry", { "0": DefenseMode.NEVER, "1": DefenseMode.AUTOMATIC, "3": DefenseMode.ALWAYS }],
  ["drop_packet", "dropPacket", { "0": DefenseMode.NEVER, "1": DefenseMode.AUTOMATIC, "3": DefenseMode.ALWAYS }],
  ["secure_tcp", "secureTcp", { "0": DefenseMode.NEVER, "1": DefenseMode.AUTOMATIC, "3": DefenseMode.ALWAYS }],
  ["expire_nodest_conn", "expireNodestConn", { "0": false, "1": true }],
  ["expire_quiescent_template", "expireQuiescentTemplate", { "0": false, "1": true }],
  ["ignore_tunneled", "ignoreTunneled", { "0": false, "1": true }],
  ["nat_icmp_send", "natIcmpSend", { "0": false, "1": true }],
  ["pmtu_disc", "pmtuDisc", { "0": false, "1": true }],
  ["run_estimation", "runEstimation", { "0": false, "1": true }],
  ["est_cpulist", "estCpulist", { "0": "0", "0-3,6": "0-3,6", "${x}": token }],
  ["est_nice", "estNice", { "-20": -20, "19": 19, "${x}": token }],
  ["sloppy_tcp", "sloppyTcp", { "0": false, "1": true }],
  ["sloppy_sctp", "sloppySctp", { "0": false, "1": true }],
  ["snat_reroute", "snatReroute", { "0": false, "1": true }],
  ["schedule_icmp", "scheduleIcmp", { "0": false, "1": true }],
  ["conn_lfactor", "connLfactor", { "-8": -8, "8": 8 }],
  ["svc_lfactor", "svcLfactor", { "-8": -8, "8": 8 }],
];

test.each(settings)("%s is accepted and printed", (kernelName, prop, values) => {
  for (const [printed, value] of Object.entries(values)) {
    const made = { [prop]: value } as Settings;
    expect(ipvsSettingsProblems("ipvs", made)).toEqual([]);
    expect(ipvsSysctls("ipvs", made)).toEqual([
      { path: `ipvs.${prop}`, key: `net/ipv4/vs/${kernelName}`, value: printed },
    ]);
  }
});

test("what is not set is not printed", () => {
  expect(ipvsSysctls("ipvs", {})).toEqual([]);
  expect(ipvsSettingsProblems("ipvs", {})).toEqual([]);
});

const modes = "use one of never, automatic, always";
const processors = "must be numbers and ranges such as 0-3,6";

test.each<[string, Settings, string, string]>([
  ["drop rate 0", { amDroprate: 0 }, "amDroprate", "must be an integer from 1 to 2147483647, got 0"],
  ["negative memory", { amemthresh: -1 }, "amemthresh", "must be an integer from 0 to 2147483647, got -1"],
  ["reuse mode 4", { connReuseMode: 4 }, "connReuseMode", "must be an integer from 0 to 3, got 4"],
  ["debug level 13", { debugLevel: 13 }, "debugLevel", "must be an integer from 0 to 12, got 13"],
  ["niceness 20", { estNice: 20 }, "estNice", "must be an integer from -20 to 19, got 20"],
  ["load factor 9", { connLfactor: 9 }, "connLfactor", "must be an integer from -8 to 8, got 9"],
  ["load factor -9", { svcLfactor: -9 }, "svcLfactor", "must be an integer from -8 to 8, got -9"],
  ["a mode by number", { dropEntry: 1 as never }, "dropEntry", `must be a known value, got 1; ${modes}`],
  ["an unknown mode", { dropPacket: "on" as never }, "dropPacket", `must be a known value, got 'on'; ${modes}`],
  [
    "a mode as token",
    { secureTcp: token as never },
    "secureTcp",
    `must be known at synth, got a token; what else is written depends on it, ${modes}`,
  ],
  ["no processors", { estCpulist: "" }, "estCpulist", `${processors}, got ''`],
  ["all processors by name", { estCpulist: "all" }, "estCpulist", `${processors}, got 'all'`],
  ["a line break", { estCpulist: "0\n1" }, "estCpulist", `${processors}, got '0\\n1'`],
])("refuses %s", (_title, made, prop, message) => {
  expect(ipvsSettingsProblems("ipvs", made)).toEqual([{ path: `ipvs.${prop}`, message }]);
});

describe("timeouts", () => {
  test.each<[string, DeepDeferrable<IpvsTimeouts>]>([
    ["one", { tcpSeconds: 1 }],
    ["the longest", { tcpSeconds: 2678400, tcpFinSeconds: 2678400, udpSeconds: 2678400 }],
    ["known only at apply", { udpSeconds: token }],
  ])("accepts %s", (_title, timeouts) => {
    expect(ipvsTimeoutsProblems("timeouts", timeouts)).toEqual([]);
  });

  const range = "must be an integer from 1 to 2678400";
  test.each<[string, DeepDeferrable<IpvsTimeouts>, string, string]>([
    ["none", {}, "timeouts", "must set a timeout, got none; leave it out instead"],
    ["0", { tcpSeconds: 0 }, "timeouts.tcpSeconds", `${range}, got 0`],
    ["a fraction", { tcpFinSeconds: 0.5 }, "timeouts.tcpFinSeconds", `${range}, got 0.5`],
    ["32 days", { udpSeconds: 2764800 }, "timeouts.udpSeconds", `${range}, got 2764800`],
  ])("refuses %s", (_title, timeouts, path, message) => {
    expect(ipvsTimeoutsProblems("timeouts", timeouts)).toEqual([{ path, message }]);
  });
});
