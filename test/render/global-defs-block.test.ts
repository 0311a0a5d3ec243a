import { Deferred } from "../../src/model/deferred";
import type { DirectorConfig } from "../../src/model/director";
import { LinkbeatType } from "../../src/model/pair-settings";
import { blocksText } from "../../src/render/block-writer";
import { globalDefsBlock } from "../../src/render/global-defs-block";
import { pairBlocks } from "../../src/render/pair-blocks";
import { directorConfig, vrrpConfig } from "../support/models";

function rendered(different: Partial<DirectorConfig>): string {
  return blocksText([globalDefsBlock(directorConfig(different))]);
}

test("every setting of the daemon", () => {
  const settings = {
    mail: {
      to: ["a@example.org", new Deferred("${x}")],
      from: "LB #1 <lb@example.org>",
      server: "2001:db8::25",
      port: 2525,
      heloName: "lb.example.org",
      connectTimeoutSeconds: 5,
      vrrpAlerts: true,
      checkerAlerts: false,
      faults: false,
    },
    snmp: { vrrp: true, checker: true, rfc: true, traps: true, socket: "udp:192.0.2.1:705" },
    processes: {
      vrrp: { nice: -20, realtimePriority: 50, realtimeLimitMicroseconds: 20000, noSwap: true, cpus: [0, 1] },
      checker: { nice: 5 },
      bfd: { noSwap: true },
      maxAutoPriority: 20,
      minAutoPriorityDelayMicroseconds: 500000,
    },
    dbus: true,
  };
  expect(rendered({ settings })).toBe(`global_defs {
    router_id "lb"
    notification_email {
        a@example.org
        \${x}
    }
    notification_email_from "LB #1 <lb@example.org>"
    smtp_server 2001:db8::25 2525
    smtp_helo_name "lb.example.org"
    smtp_connect_timeout 5
    smtp_alert_vrrp true
    smtp_alert_checker false
    no_email_faults
    snmp_socket udp:192.0.2.1:705
    enable_snmp_vrrp
    enable_snmp_checker
    enable_snmp_rfc
    enable_traps
    vrrp_priority -20
    vrrp_rt_priority 50
    vrrp_rlimit_rttime 20000
    vrrp_no_swap
    vrrp_cpu_affinity 0 1
    checker_priority 5
    bfd_no_swap
    max_auto_priority 20
    min_auto_priority_delay 500000
    enable_dbus
}
`);
});

test("the least of mail, SNMP and processes", () => {
  const settings = {
    mail: { to: ["a@example.org"], server: "mail" },
    snmp: { vrrp: true },
    processes: {},
    dbus: false,
  };
  expect(rendered({ settings })).toBe(`global_defs {
    router_id "lb"
    notification_email {
        a@example.org
    }
    smtp_server mail
    enable_snmp_vrrp
}
`);
});

test("every setting of a pair; a reader of the pipe is a script like others", () => {
  const settings = {
    startupDelaySeconds: 5.5,
    gratuitousArpIntervalSeconds: 0.001,
    neighborAdvertIntervalSeconds: 0.002,
    notifyFifo: { path: "/run/vrrp.fifo", script: { name: "reader", text: "#!/bin/sh\n" } },
    logUnknownRouterIds: true,
  };
  expect(rendered({ vrrp: { ...vrrpConfig(), settings } })).toBe(`global_defs {
    router_id "lb"
    enable_script_security
    script_user root
    vrrp_startup_delay 5.5
    vrrp_garp_interval 0.001
    vrrp_gna_interval 0.002
    vrrp_notify_fifo "/run/vrrp.fifo"
    vrrp_notify_fifo_script "/etc/cdktf-lvs/director/scripts/reader"
    log_unknown_vrids
}
`);
});

test("blocks of a pair, each only where there is something to say", () => {
  expect(pairBlocks({})).toEqual([]);
  const settings = {
    linkbeatInterfaces: ["eth0", { interface: "eth1", type: LinkbeatType.ETHTOOL }],
    interfaceDelays: [
      { interface: "eth0", downSeconds: 1.5 },
      { interface: "eth1", downSeconds: 1, upSeconds: 0 },
    ],
    staticRoutes: [{ to: "10.8.0.0/24", via: "10.0.0.1" }],
    staticRules: [{ preference: 1, from: "10.8.0.0/24", table: 7 }],
  };
  expect(blocksText(pairBlocks(settings))).toBe(`linkbeat_interfaces {
    eth0
    eth1 ETHTOOL
}

interface_up_down_delays {
    eth0 1.5 1.5
    eth1 1 0
}

static_routes {
    10.8.0.0/24 via 10.0.0.1 no_track
}

static_rules {
    from 10.8.0.0/24 table 7 preference 1
}
`);
});
