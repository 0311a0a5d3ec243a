import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import { PersistenceEngine } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { TunnelChecksum, TunnelType } from "../../src/model/tunnel";
import type { VirtualService } from "../../src/model/virtual-service";
import { blocksText } from "../../src/render/block-writer";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { realServer, service } from "../support/models";

const healthCheck = HealthCheck.none();
const persistence = { timeoutSeconds: 300 };
const marked = realServer({ port: 0, healthCheck });

function rendered(virtualService: VirtualService): string {
  return blocksText(virtualServerBlocks(virtualService));
}

/** The lines of a service between its method and its real servers. */
function options(settings: Parameters<typeof service>[0]): string[] {
  const lines = rendered(service(settings, [])).split("\n");
  return lines.slice(lines.indexOf("    lvs_method DR") + 1, -2).map((line) => line.trim());
}

test("several VIPs are a group, whose name is that of the service", () => {
  const web = service({ additionalVips: ["10.0.0.102", "10.0.0.101"] }, [realServer({ healthCheck })]);
  expect(rendered(web)).toBe(`virtual_server_group "10.0.0.100:80/tcp" {
    10.0.0.100 80
    10.0.0.102 80
    10.0.0.101 80
}

virtual_server group "10.0.0.100:80/tcp" {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 80 {
        weight 1
    }
}
`);
});

test("IPv6 VIPs are without brackets in the group, and with brackets in its name", () => {
  const dns = service({ vip: "2001:db8:0::1", additionalVips: ["2001:DB8::2"], port: 53, protocol: Protocol.UDP }, []);
  expect(rendered(dns)).toBe(`virtual_server_group "[2001:db8::1]:53/udp" {
    2001:db8::1 53
    2001:db8::2 53
}

virtual_server group "[2001:db8::1]:53/udp" {
    protocol UDP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
}
`);
});

test("VIPs known only at apply make a group too", () => {
  const vip = new Deferred("${vip}", "${bracketed(vip)}");
  const web = service({ vip, additionalVips: [new Deferred("${second}")], port: new Deferred("${port}") }, []);
  expect(rendered(web).split("\n").slice(0, 6)).toEqual([
    'virtual_server_group "${bracketed(vip)}:${port}/tcp" {',
    "    ${vip} ${port}",
    "    ${second} ${port}",
    "}",
    "",
    'virtual_server group "${bracketed(vip)}:${port}/tcp" {',
  ]);
});

test("one VIP that may get company is a group already", () => {
  expect(
    rendered(service({ additionalVips: [] }, []))
      .split("\n")
      .slice(0, 3),
  ).toEqual(['virtual_server_group "10.0.0.100:80/tcp" {', "    10.0.0.100 80", "}"]);
});

test("a firewall mark has a family in place of a protocol, and real servers without ports", () => {
  const site = service({ firewallMark: { mark: 7, ports: [80, 443] } }, [
    { ...marked, healthCheck: HealthCheck.tcp({ port: 80 }) },
  ]);
  expect(rendered(site)).toBe(`virtual_server fwmark 7 {
    ip_family inet
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 0 {
        weight 1
        TCP_CHECK {
            connect_port 80
        }
    }
}
`);
});

test("a firewall mark of IPv6, for several VIPs, is no group; its mask is a prefix, and comes after the family", () => {
  const firewallMark = { mark: new Deferred("${mark}") };
  const vips = { vip: "2001:db8::100", additionalVips: ["2001:db8::101"] };
  const site = service({ firewallMark, ...vips, persistence: { timeoutSeconds: 60, prefixLength: 48 } }, [
    { ...marked, address: "2001:db8::21" },
  ]);
  expect(rendered(site)).toBe(`virtual_server fwmark \${mark} {
    ip_family inet6
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    persistence_timeout 60
    persistence_granularity 48
    real_server 2001:db8::21 0 {
        weight 1
    }
}
`);
});

test("all ports are port 0", () => {
  const all = service({ allPorts: true, persistence, sorryServer: { address: "10.0.0.99" } }, [marked]);
  expect(rendered(all)).toBe(`virtual_server 10.0.0.100 0 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    persistence_timeout 300
    sorry_server 10.0.0.99 0
    real_server 10.0.0.21 0 {
        weight 1
    }
}
`);
});

test.each([
  ["no flags of a scheduler that has some", { scheduler: Scheduler.SH, hashing: {} }, ["lvs_sched sh"]],
  [
    "flags after their scheduler",
    { scheduler: Scheduler.SH, hashing: { port: true, fallback: true } },
    ["lvs_sched sh", "sh-fallback", "sh-port"],
  ],
  [
    "the flags of mh by its own names",
    { scheduler: Scheduler.MH, hashing: { port: true } },
    ["lvs_sched mh", "mh-port"],
  ],
])("%s", (_title, settings, lines) => {
  const text = rendered(service(settings, [])).split("\n");
  expect(text.slice(3, -3).map((line) => line.trim())).toEqual(lines);
});

test.each([
  [
    "a mask of IPv4",
    { persistence: { ...persistence, prefixLength: 20 } },
    ["persistence_timeout 300", "persistence_granularity 255.255.240.0"],
  ],
  [
    "SIP",
    { protocol: Protocol.UDP, persistence: { ...persistence, engine: PersistenceEngine.SIP } },
    ["persistence_engine sip", "persistence_timeout 300"],
  ],
  ["single packets", { protocol: Protocol.UDP, onePacketScheduling: true }, ["ops"]],
  [
    "every flag",
    {
      inhibitOnFailure: true,
      alpha: true,
      omega: true,
      suspendChecksOnBackup: true,
      smtpAlert: true,
      quorum: 5,
      hysteresis: 2,
    },
    ["inhibit_on_failure", "alpha", "omega", "ha_suspend", "smtp_alert true", "quorum 5", "hysteresis 2"],
  ],
  [
    "flags that are off",
    { onePacketScheduling: false, inhibitOnFailure: false, alpha: false, omega: false, suspendChecksOnBackup: false },
    [],
  ],
  ["no mails, and a hysteresis of 0", { smtpAlert: false, hysteresis: 0 }, ["smtp_alert false", "hysteresis 0"]],
  [
    "a quorum known only at apply",
    { quorum: new Deferred("${q}"), hysteresis: new Deferred("${h}") },
    ["quorum ${q}", "hysteresis ${h}"],
  ],
  [
    "a sorry server of its own method that stays",
    { sorryServer: { address: "10.0.0.99", port: 8080, forwardingMethod: ForwardingMethod.NAT, inhibit: true } },
    ["sorry_server 10.0.0.99 8080", "sorry_server_lvs_method NAT", "sorry_server_inhibit"],
  ],
  [
    "a sorry server in a tunnel",
    { sorryServer: { address: "10.0.0.99", forwardingMethod: ForwardingMethod.TUN } },
    ["sorry_server 10.0.0.99 80", "sorry_server_lvs_method TUN"],
  ],
  [
    "a sorry server in a tunnel of its own",
    {
      sorryServer: {
        address: "10.0.0.99",
        forwardingMethod: ForwardingMethod.TUN,
        tunnel: { type: TunnelType.GRE, checksum: TunnelChecksum.FULL },
      },
    },
    ["sorry_server 10.0.0.99 80", "sorry_server_lvs_method TUN type gre csum"],
  ],
  [
    "a sorry server that goes",
    { sorryServer: { address: "10.0.0.99", inhibit: false } },
    ["sorry_server 10.0.0.99 80"],
  ],
])("%s", (_title, settings, lines) => {
  expect(options(settings)).toEqual(lines);
});

test("real servers with limits, and whether they send mails", () => {
  const web = service({ smtpAlert: false }, [
    realServer({ healthCheck, upperThreshold: 100, lowerThreshold: 0 }),
    realServer({
      address: "10.0.0.22",
      healthCheck,
      upperThreshold: new Deferred("${upper}"),
      lowerThreshold: new Deferred("${lower}"),
    }),
  ]);
  expect(rendered(web)).toContain(`    smtp_alert false
    real_server 10.0.0.21 80 {
        weight 1
        uthreshold 100
        lthreshold 0
        smtp_alert false
    }
    real_server 10.0.0.22 80 {
        weight 1
        uthreshold \${upper}
        lthreshold \${lower}
        smtp_alert false
    }
`);
});
