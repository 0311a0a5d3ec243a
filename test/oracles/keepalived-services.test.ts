import {
  Director,
  DrRealServer,
  ForwardingMethod,
  HealthCheck,
  PersistenceEngine,
  Protocol,
  Scheduler,
  TunnelChecksum,
  TunnelType,
  VirtualService,
} from "../../src";
import type { MailSettings, RealServerOptions, VirtualServiceSettings } from "../../src";
import { keepalivedConfs, keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";

const IPV4 = { vip: "10.0.0.100", servers: ["10.0.0.21", "10.0.0.22"] };
const IPV6 = { vip: "2001:db8::100", servers: ["2001:db8::21", "2001:db8::22"] };

interface Definition extends Partial<VirtualServiceSettings> {
  /** How the first of the two real servers differs. */
  readonly first?: RealServerOptions;
  readonly addresses?: typeof IPV4;
  readonly mail?: MailSettings;
}

/** keepalived.conf of a lone director with one service and two real servers. */
function confOf({ first = {}, addresses = IPV4, mail, ...settings }: Definition): string[] {
  const stack = newStack();
  const host = { address: "10.0.0.11", connection: ssh, keepalivedVersion: "2.2.7" };
  const director = new Director(stack, "lb", { ...host, ...(mail !== undefined && { mail }) });
  const port = settings.allPorts === true || settings.firewallMark !== undefined ? {} : { port: 80 };
  const service = new VirtualService(stack, "web", { director, vip: addresses.vip, ...port, ...settings });
  addresses.servers.forEach((address, index) => {
    const server = new DrRealServer(stack, `web${index}`, { address, connection: ssh });
    service.addRealServer(server, index === 0 ? first : {});
  });
  return keepalivedConfs(stack);
}

const { NAT, TUN } = ForwardingMethod;
const allPorts = true;
const additionalVips = ["10.0.0.101", "10.0.0.102"];
const firewallMark = { mark: 2147483647 };
const persistence = { timeoutSeconds: 300 };
const { FULL, REMOTE } = TunnelChecksum;
const tunneled = { address: "10.0.0.99", forwardingMethod: TUN };
const byNat = { address: "10.0.0.99", forwardingMethod: NAT };

const definitions: [string, Definition][] = [
  ["the defaults", {}],
  ["IPv6", { addresses: IPV6 }],
  ...Object.values(Scheduler).map((scheduler): [string, Definition] => [`scheduler ${scheduler}`, { scheduler }]),
  ...Object.values(Scheduler).map((scheduler): [string, Definition] => [
    `scheduler ${scheduler} for UDP`,
    { scheduler, protocol: Protocol.UDP },
  ]),
  ["SCTP", { protocol: Protocol.SCTP, port: 3868 }],
  ["SCTP with a check by TCP", { protocol: Protocol.SCTP, healthCheck: HealthCheck.tcp({ port: 22 }) }],
  ["the first port", { port: 1 }],
  ["the last port", { port: 65535 }],
  ["the shortest persistence", { persistence: { timeoutSeconds: 1 } }],
  ["the longest persistence", { persistence: { timeoutSeconds: 2678400 } }],
  ["persistence over IPv6", { persistence: { timeoutSeconds: 300 }, addresses: IPV6 }],
  ["the shortest delay loop", { delayLoopSeconds: 0.1 }],
  ["a delay loop with a fraction", { delayLoopSeconds: 1.125 }],
  ["the longest delay loop", { delayLoopSeconds: 3600 }],
  ["a sorry server", { sorryServer: { address: "10.0.0.99" } }],
  ["a sorry server over IPv6", { sorryServer: { address: "2001:db8::99", port: 80 }, addresses: IPV6 }],
  ["the director itself as sorry server", { sorryServer: { address: "127.0.0.1" } }],
  ["the director itself as sorry server over IPv6", { sorryServer: { address: "::1" }, addresses: IPV6 }],
  ["a sorry server that stays", { sorryServer: { address: "10.0.0.99", inhibit: true } }],
  ["a sorry server by NAT", { sorryServer: { address: "10.0.0.99", port: 8080, forwardingMethod: NAT } }],
  ["a sorry server of the other family", { sorryServer: { address: "2001:db8::99", forwardingMethod: TUN } }],
  ["a sorry server in a tunnel of type ipip", { sorryServer: { ...tunneled, tunnel: {} } }],
  [
    "a sorry server in a tunnel of type gre",
    { sorryServer: { ...tunneled, tunnel: { type: TunnelType.GRE, checksum: FULL } } },
  ],
  [
    "a sorry server in a tunnel of type gue",
    { sorryServer: { ...tunneled, tunnel: { type: TunnelType.GUE, checksum: REMOTE } } },
  ],
  ["a sorry server of a mark", { firewallMark, sorryServer: { address: "10.0.0.99" } }],
  ["a sorry server of a mark by NAT to another port", { firewallMark, sorryServer: { ...byNat, port: 8080 } }],
  ["a sorry server of all ports", { allPorts, persistence, sorryServer: { address: "10.0.0.99" } }],
  ["a sorry server of several VIPs", { additionalVips, sorryServer: { address: "10.0.0.99", inhibit: true } }],
  ["a sorry server of several VIPs by NAT", { additionalVips, sorryServer: { ...byNat, port: 8080 } }],
  ["all ports", { allPorts, persistence }],
  ["all ports of several VIPs", { allPorts, persistence, additionalVips }],
  ["a mark", { firewallMark }],
  ["a mark of IPv6", { firewallMark, addresses: IPV6 }],
  ["a mark of UDP", { firewallMark, protocol: Protocol.UDP }],
  ["a mark for several VIPs", { firewallMark, additionalVips, persistence: { timeoutSeconds: 300, prefixLength: 24 } }],
  ["marked ports", { firewallMark: { mark: 1, ports: [80, 443, "8000-8099"] } }],
  ["marked ports with a page to try", { firewallMark, healthCheck: HealthCheck.http({ path: "/", port: 80 }) }],
  ["single marked packets", { firewallMark, onePacketScheduling: true }],
  ["several VIPs", { additionalVips }],
  ["several VIPs of IPv6", { additionalVips: ["2001:db8::101"], addresses: IPV6 }],
  ["several VIPs that only one director checks", { additionalVips, suspendChecksOnBackup: true }],
  ["persistence of IPv4 networks", { persistence: { timeoutSeconds: 300, prefixLength: 20 } }],
  ["persistence of IPv6 networks", { persistence: { timeoutSeconds: 300, prefixLength: 64 }, addresses: IPV6 }],
  ["SIP", { protocol: Protocol.UDP, persistence: { timeoutSeconds: 300, engine: PersistenceEngine.SIP } }],
  ["single packets", { protocol: Protocol.UDP, onePacketScheduling: true }],
  ["flags of sh", { scheduler: Scheduler.SH, hashing: { fallback: true, port: true } }],
  ["flags of mh", { scheduler: Scheduler.MH, hashing: { fallback: true, port: true } }],
  ["weight 0 on failure", { inhibitOnFailure: true }],
  ["a real server with weight 0 on failure", { first: { inhibitOnFailure: true } }],
  [
    "a real server that goes on failure beside one that stays",
    { inhibitOnFailure: true, first: { inhibitOnFailure: false } },
  ],
  ["pessimism", { alpha: true }],
  ["last words", { omega: true }],
  ["checks on one director", { suspendChecksOnBackup: true }],
  ["mails", { smtpAlert: true, mail: { to: ["ops@example.org"], server: "10.0.0.25" } }],
  ["no mails", { smtpAlert: false }],
  ["a quorum of all weight", { quorum: 65535 + 1, first: { weight: 65535 } }],
  ["a quorum with hysteresis", { quorum: 2, hysteresis: 1, first: { weight: 2 } }],
  ["a hysteresis of 0", { hysteresis: 0 }],
  ["the greatest limits", { first: { upperThreshold: 65535, lowerThreshold: 65535 } }],
  ["no limits", { first: { upperThreshold: 0, lowerThreshold: 0 } }],
  ["a real server that drains", { first: { weight: 0 } }],
  ["the greatest weight", { first: { weight: 65535 } }],
  ["a real server with a check of its own", { first: { healthCheck: HealthCheck.http({ path: "/health" }) } }],
  ["a real server without a check", { first: { healthCheck: HealthCheck.none() } }],
  ["no check at all", { healthCheck: HealthCheck.none() }],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(definitions)("takes a service with %s in silence", (_title, definition) => {
    expect(confOf(definition).map(keepalivedVerdict)).toEqual([CLEAN]);
  });

  test("takes 40 services on one director in silence", () => {
    const stack = newStack();
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, vipInterface: "eth0" });
    const server = new DrRealServer(stack, "web", { address: "10.0.0.21", connection: ssh });
    for (let index = 0; index < 40; index++) {
      const vip = `10.0.1.${index + 1}`;
      new VirtualService(stack, `web${index}`, { director, vip, port: 80 }).addRealServer(server);
    }
    const confs = keepalivedConfs(stack);
    expect(confs.join().split("virtual_server ")).toHaveLength(41);
    expect(confs.map(keepalivedVerdict)).toEqual([CLEAN]);
  });

  test.each([
    ["plain", "lb1"],
    ["with spaces and signs", "it's lb #1! {a} $b"],
    ["long", "x".repeat(255)],
    ["of other letters", "büro"],
  ])("takes a router id that is %s in silence", (_title, routerId) => {
    const stack = newStack();
    const director = new Director(stack, "lb", { address: "10.0.0.11", connection: ssh, routerId });
    const service = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    service.addRealServer(new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh }));
    expect(keepalivedConfs(stack).map(keepalivedVerdict)).toEqual([CLEAN]);
  });

  test("is a judge that refuses", () => {
    const [conf = ""] = confOf({});
    const refused = keepalivedVerdict(conf.replace("lvs_sched wlc", "lvs_sched wlcc"));
    expect(refused.status).toBe(5);
    expect(refused.output).toContain("Invalid lvs_scheduler 'wlcc' - ignoring");
  });
});
