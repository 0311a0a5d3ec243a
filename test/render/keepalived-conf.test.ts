import { SyncState } from "../../src/model/connection-sync";
import { Deferred } from "../../src/model/deferred";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { directorConfig, onEth0, realServer, service, vrrpInstance } from "../support/models";

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
  const syncDaemon = { interface: "eth0", syncId: 51, settings: {} };
  const conf = keepalivedConf(
    directorConfig({ vrrp: vrrpInstance(), syncDaemon, settings: { timeouts: { udpSeconds: 5 } } }),
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
  const vrrp = vrrpInstance({ vips: onEth0("10.0.0.100", "10.0.0.101") });
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
