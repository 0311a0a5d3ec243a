import { daemonSettingsProblems, type Daemon } from "../../src/model/daemon-settings";
import { Deferred } from "../../src/model/deferred";

const token = new Deferred("${x}");
const most = { nice: 19, realtimePriority: 99, realtimeLimitMicroseconds: 10000000, noSwap: true, cpus: [0, 8191] };
const least = { nice: -20, realtimePriority: 1, realtimeLimitMicroseconds: 2, noSwap: false, cpus: [0] };

test.each<[string, Daemon]>([
  ["nothing", {}],
  ["all of SNMP", { snmp: { vrrp: true, checker: true, rfc: true, traps: true, socket: "udp:192.0.2.1:705" } }],
  ["one part of SNMP", { snmp: { rfc: true, socket: "unix:/var/agentx/master" } }],
  ["an SNMP socket known only at apply", { snmp: { checker: true, socket: token } }],
  [
    "the most of processes",
    { processes: { vrrp: most, maxAutoPriority: 99, minAutoPriorityDelayMicroseconds: 10000000 } },
  ],
  [
    "the least of processes",
    { processes: { checker: least, bfd: {}, maxAutoPriority: 1, minAutoPriorityDelayMicroseconds: 1 } },
  ],
  ["D-Bus", { dbus: true }],
  ["mail", { mail: { to: ["a@example.org"], server: "192.0.2.25" } }],
])("accepts %s", (_title, settings) => {
  expect(daemonSettingsProblems(settings)).toEqual([]);
});

test.each<[string, Daemon, string, string]>([
  [
    "SNMP of nothing",
    { snmp: { traps: true } },
    "snmp",
    "must have vrrp, checker or rfc set, got none; leave it out instead",
  ],
  [
    "a socket with a blank",
    { snmp: { vrrp: true, socket: "udp:192.0.2.1 705" } },
    "snmp.socket",
    "must be such as unix:/var/agentx/master or udp:192.0.2.1:705, got 'udp:192.0.2.1 705'",
  ],
  [
    "niceness -21",
    { processes: { vrrp: { nice: -21 } } },
    "processes.vrrp.nice",
    "must be an integer from -20 to 19, got -21",
  ],
  [
    "real-time priority 0",
    { processes: { checker: { realtimePriority: 0 } } },
    "processes.checker.realtimePriority",
    "must be an integer from 1 to 99, got 0",
  ],
  [
    "a limit of 1 microsecond",
    { processes: { bfd: { realtimeLimitMicroseconds: 1 } } },
    "processes.bfd.realtimeLimitMicroseconds",
    "must be an integer from 2 to 10000000, got 1",
  ],
  [
    "processor -1",
    { processes: { vrrp: { cpus: [0, -1] } } },
    "processes.vrrp.cpus[1]",
    "must be an integer from 0 to 8191, got -1",
  ],
  [
    "no processor",
    { processes: { vrrp: { cpus: [] } } },
    "processes.vrrp.cpus",
    "must hold at least one, got none; leave it out",
  ],
  [
    "automatic priority 0",
    { processes: { maxAutoPriority: 0 } },
    "processes.maxAutoPriority",
    "must be an integer from 1 to 99, got 0",
  ],
  [
    "a delay of what is not done",
    { processes: { minAutoPriorityDelayMicroseconds: 1 } },
    "processes.minAutoPriorityDelayMicroseconds",
    "needs maxAutoPriority, got 1 without it; no priority is taken",
  ],
  ["mail to nobody", { mail: { to: [], server: "192.0.2.25" } }, "mail.to", "must hold at least one address, got none"],
])("refuses %s", (_title, settings, path, message) => {
  expect(daemonSettingsProblems(settings)).toEqual([{ path, message }]);
});
