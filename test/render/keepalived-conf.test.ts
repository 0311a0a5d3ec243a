import { SyncState } from "../../src/model/connection-sync";
import { Deferred } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { directorConfig, onEth0, realServer, service, vrrpConfig } from "../support/models";

test("a director without a partner and without services", () => {
  expect(keepalivedConf(directorConfig({ routerId: "lb1" }))).toBe(`global_defs {
    router_id "lb1"
}
`);
});

test("a router id known only at apply", () => {
  const conf = keepalivedConf(directorConfig({ routerId: new Deferred("${id}") }));
  expect(conf).toBe('global_defs {\n    router_id "${id}"\n}\n');
});

test("global settings: who the director is, how it synchronises, how long it remembers", () => {
  const syncDaemon = { instance: "lb", interface: "eth0", syncId: 51, settings: {} };
  const conf = keepalivedConf(
    directorConfig({ vrrp: vrrpConfig(), syncDaemon, settings: { timeouts: { udpSeconds: 5 } } }),
  );
  expect(conf.slice(0, conf.indexOf("\n\n"))).toBe(`global_defs {
    router_id "lb"
    lvs_sync_daemon eth0 inst "lb" id 51
    lvs_timeouts udp 5
}`);
});

test("keepalived does not start the daemon of a director in no pair", () => {
  const syncDaemon = { state: SyncState.BOTH, interface: "eth0", syncId: 1, settings: {} };
  expect(keepalivedConf(directorConfig({ syncDaemon }))).not.toContain("lvs_sync_daemon");
});

test("one side of a pair: global settings, then VRRP, then the services in their order", () => {
  const services = [
    service({}, [realServer({ weight: 2 })]),
    service({ vip: "10.0.0.101", port: 443 }, [realServer({ port: 443 })]),
  ];
  const vrrp = vrrpConfig({ vips: onEth0("10.0.0.100", "10.0.0.101") });
  expect(keepalivedConf(directorConfig({ routerId: "lb-primary", vrrp, services }))).toBe(`global_defs {
    router_id "lb-primary"
}

vrrp_instance "lb" {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 1
    version 2
    unicast_src_ip 10.0.0.11
    unicast_peer {
        10.0.0.12
    }
    virtual_ipaddress {
        127.112.0.51 dev lo scope host
    }
    virtual_ipaddress_excluded {
        10.0.0.100 dev eth0
        10.0.0.101 dev eth0
    }
}

virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 80 {
        weight 2
        TCP_CHECK {
        }
    }
}

virtual_server 10.0.0.101 443 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 443 {
        weight 1
        TCP_CHECK {
        }
    }
}
`);
});

test("what checks need stands before them: script security, track files, BFD instances", () => {
  const healthCheck = [
    HealthCheck.misc({ script: { name: "check", text: "#!/bin/sh\n" } }),
    HealthCheck.bfd({ name: "web1" }),
  ];
  const services = [service({}, [realServer({ healthCheck, maintenanceSwitch: "web1" })])];
  const bfdInstances = [{ name: "web1", neighborAddress: "10.0.0.21" }];
  expect(keepalivedConf(directorConfig({ services, bfdInstances }))).toBe(`global_defs {
    router_id "lb"
    enable_script_security
    script_user root
}

track_file "maintenance-web1" {
    file "/var/lib/cdktf-lvs/maintenance/web1"
    init_file 0
}

bfd_instance "web1" {
    neighbor_ip 10.0.0.21
}

virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 80 {
        weight 1
        MISC_CHECK {
            misc_path "/etc/cdktf-lvs/director/scripts/check"
        }
        BFD_CHECK {
            name "web1"
        }
        FILE_CHECK {
            track_file "maintenance-web1"
            weight -65535
        }
    }
}
`);
});

test("a program of the host is run as securely as a script", () => {
  const services = [service({}, [realServer({ healthCheck: HealthCheck.misc({ script: "/bin/true" }) })])];
  expect(keepalivedConf(directorConfig({ services }))).toContain(
    "    enable_script_security\n    script_user root\n}\n",
  );
});
