import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { TunnelType } from "../../src/model/tunnel";
import { virtualServiceProblems, type VirtualServiceSettings } from "../../src/model/virtual-service-settings";

type Settings = DeepDeferrable<VirtualServiceSettings>;

const token = new Deferred("${x}");
const vip = "192.0.2.1";
const persistence = { timeoutSeconds: 300 };
const firewallMark = { mark: 1 };
const tunneled = { address: "10.0.0.99", forwardingMethod: ForwardingMethod.TUN };
const { UDP, SCTP } = Protocol;

const accepted: [string, Omit<Settings, "vip">][] = [
  ["a port", { port: 80 }],
  ["a port, and explicitly nothing else", { port: 80, allPorts: false }],
  ["all ports with persistence", { allPorts: true, persistence }],
  ["all ports of UDP", { allPorts: true, persistence, protocol: UDP }],
  ["a firewall mark", { firewallMark }],
  ["a firewall mark of a protocol", { firewallMark, protocol: SCTP }],
  ["ports with a mark", { firewallMark: { mark: 1, ports: [80, 443] }, persistence }],
  ["no further VIPs", { port: 80, additionalVips: [] }],
  ["further VIPs", { port: 80, additionalVips: ["192.0.2.2", "192.0.2.3"] }],
  ["further VIPs known only at apply", { port: 80, additionalVips: [token, new Deferred("${y}")] }],
  ["further VIPs with a mark", { firewallMark, additionalVips: ["192.0.2.2"] }],
  ["single packets of UDP", { port: 53, protocol: UDP, onePacketScheduling: true }],
  ["single packets of all ports", { allPorts: true, persistence, protocol: UDP, onePacketScheduling: true }],
  ["single packets that others mark", { firewallMark, onePacketScheduling: true }],
  ["single packets that we mark", { firewallMark: { mark: 1, ports: [53] }, protocol: UDP, onePacketScheduling: true }],
  ["connections, explicitly", { port: 80, onePacketScheduling: false }],
  ["flags of a hashing scheduler", { port: 80, scheduler: Scheduler.MH, hashing: { port: true } }],
  ["checks on one director", { port: 80, suspendChecksOnBackup: true }],
  ["checks of a mark on both directors", { firewallMark, suspendChecksOnBackup: false }],
  ["a quorum", { port: 80, quorum: 2, hysteresis: 1 }],
  ["a sorry server by another way", { port: 80, sorryServer: tunneled }],
  [
    "a sorry server in a tunnel of its own",
    { port: 80, sorryServer: { ...tunneled, tunnel: { type: TunnelType.GUE, port: 5555 } } },
  ],
  [
    "every flag",
    { port: 80, inhibitOnFailure: true, alpha: true, omega: true, smtpAlert: false, suspendChecksOnBackup: true },
  ],
];

test.each(accepted)("accepts %s", (_title, settings) => {
  expect(virtualServiceProblems({ vip, ...settings })).toEqual([]);
});

const onlyOne = "must be the only one of port, allPorts and firewallMark, got";
const notUdp = "a connection is more than one packet";

const refused: [string, Omit<Settings, "vip">, string, string][] = [
  ["nothing", {}, "port", "must be set, got none; or set allPorts or firewallMark instead"],
  [
    "a wish against all ports",
    { allPorts: false },
    "port",
    "must be set, got none; or set allPorts or firewallMark instead",
  ],
  [
    "a port and all ports",
    { port: 80, allPorts: true, persistence },
    "port",
    `${onlyOne} port and allPorts; choose one`,
  ],
  ["a port and a mark", { port: 80, firewallMark }, "port", `${onlyOne} port and firewallMark; choose one`],
  [
    "all ports and a mark",
    { allPorts: true, firewallMark, persistence },
    "allPorts",
    `${onlyOne} allPorts and firewallMark; choose one`,
  ],
  [
    "everything",
    { port: token, allPorts: true, firewallMark },
    "port",
    `${onlyOne} port and allPorts and firewallMark; choose one`,
  ],
  [
    "all ports without persistence",
    { allPorts: true },
    "allPorts",
    "needs persistence, got none; set persistence.timeoutSeconds",
  ],
  [
    "the VIP as a further VIP",
    { port: 80, additionalVips: [vip] },
    "additionalVips[0]",
    "must be named once, got '192.0.2.1' again; it is vip already",
  ],
  [
    "a further VIP twice",
    { port: 80, additionalVips: ["192.0.2.2", "192.0.2.3", "192.0.2.2"] },
    "additionalVips[2]",
    "must be named once, got '192.0.2.2' again; it is additionalVips[0] already",
  ],
  [
    "a token twice",
    { port: 80, additionalVips: [token, token] },
    "additionalVips[1]",
    "must be named once, got a value known only at apply again; it is additionalVips[0] already",
  ],
  [
    "a further VIP of the other family",
    { port: 80, additionalVips: ["2001:db8::2"] },
    "additionalVips[0]",
    "must be IPv4 like the VIP 192.0.2.1, got '2001:db8::2'; make a service of its own for the other family",
  ],
  [
    "no further VIP",
    { port: 80, additionalVips: [""] },
    "additionalVips[0]",
    "must be an IPv4 or IPv6 address, got ''",
  ],
  [
    "a multicast address as further VIP",
    { port: 80, additionalVips: ["192.0.2.2", "224.0.0.18"] },
    "additionalVips[1]",
    "must be a unicast address, got '224.0.0.18' (multicast)",
  ],
  [
    "single packets of TCP, the default",
    { port: 80, onePacketScheduling: true },
    "onePacketScheduling",
    `needs protocol UDP, or a firewallMark without ports, got 'TCP'; ${notUdp}`,
  ],
  [
    "single packets of SCTP",
    { port: 80, protocol: SCTP, onePacketScheduling: true },
    "onePacketScheduling",
    `needs protocol UDP, or a firewallMark without ports, got 'SCTP'; ${notUdp}`,
  ],
  [
    "single packets of TCP that we mark",
    { firewallMark: { mark: 1, ports: [80] }, onePacketScheduling: true },
    "onePacketScheduling",
    `needs protocol UDP, or a firewallMark without ports, got 'TCP'; ${notUdp}`,
  ],
  [
    "flags of the default scheduler",
    { port: 80, hashing: { fallback: true } },
    "hashing",
    "needs scheduler sh or mh, got 'wlc'; no other hashes clients",
  ],
  [
    "checks of a mark on one director",
    { firewallMark, suspendChecksOnBackup: true },
    "suspendChecksOnBackup",
    "must not be set with a firewallMark, got true; keepalived finds no VIP to look for",
  ],
  ["a mark of 0", { firewallMark: { mark: 0 } }, "firewallMark.mark", "must be an integer from 1 to 2147483647, got 0"],
  [
    "persistence of a prefix that IPv4 has not",
    { port: 80, persistence: { timeoutSeconds: 1, prefixLength: 33 } },
    "persistence.prefixLength",
    "must be an integer from 1 to 32, got 33",
  ],
  ["a quorum of nobody", { port: 80, quorum: 0 }, "quorum", "must be an integer from 1 to 2147483647, got 0"],
  [
    "a sorry server by a way that nobody knows",
    { port: 80, sorryServer: { address: "10.0.0.99", forwardingMethod: "FULLNAT" as never } },
    "sorryServer.forwardingMethod",
    "must be a known value, got 'FULLNAT'; use one of DR, NAT, TUN",
  ],
  [
    "a tunnel without tunneling",
    { port: 80, sorryServer: { address: "10.0.0.99", forwardingMethod: ForwardingMethod.DR, tunnel: {} } },
    "sorryServer.tunnel",
    "needs forwardingMethod TUN, got 'DR'; leave it out, or set both",
  ],
  [
    "a tunnel for whatever method the first real server has",
    { port: 80, sorryServer: { address: "10.0.0.99", tunnel: {} } },
    "sorryServer.tunnel",
    "needs forwardingMethod TUN, got none; leave it out, or set both",
  ],
  [
    "a tunnel that there is not",
    { port: 80, sorryServer: { ...tunneled, tunnel: { port: 5555 } } },
    "sorryServer.tunnel.port",
    "must not be set for this type, got type 'ipip'; use type gue",
  ],
  [
    "a token as the way to the sorry server",
    { port: 80, sorryServer: { address: "10.0.0.99", forwardingMethod: token as never } },
    "sorryServer.forwardingMethod",
    "must be known at synth, got a token; what else is written depends on it, use one of DR, NAT, TUN",
  ],
];

test.each(refused)("refuses %s", (_title, settings, path, message) => {
  expect(virtualServiceProblems({ vip, ...settings })).toEqual([{ path, message }]);
});

test("a further VIP of IPv6 is known in every spelling, and may not be IPv4", () => {
  const additionalVips = ["2001:0db8:0::0001", "192.0.2.1"];
  expect(virtualServiceProblems({ vip: "2001:db8::1", port: 80, additionalVips })).toEqual([
    {
      path: "additionalVips[0]",
      message: "must be named once, got '2001:0db8:0::0001' again; it is vip already",
    },
    {
      path: "additionalVips[1]",
      message: "must be IPv6 like the VIP 2001:db8::1, got '192.0.2.1'; make a service of its own for the other family",
    },
  ]);
});
