import { Deferred } from "../../src/model/deferred";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import type { VrrpInstance } from "../../src/model/vrrp-instance";
import { blocksText } from "../../src/render/block-writer";
import { vrrpInstanceBlock } from "../../src/render/vrrp-instance-block";
import { onEth0, vrrpInstance } from "../support/models";

function rendered(instance: VrrpInstance): string {
  return blocksText([vrrpInstanceBlock(instance)]);
}

test("an instance with the defaults", () => {
  expect(rendered(vrrpInstance())).toBe(`vrrp_instance "lb" {
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
    }
}
`);
});

test("an instance with every option: the password is a quoted placeholder", () => {
  const instance = vrrpInstance({
    initialState: "BACKUP",
    priority: 100,
    authentication: { type: AuthenticationType.PASS, placeholder: "(password)" },
    settings: {
      advertIntervalSeconds: 3,
      preempt: false,
      trackInterfaces: ["eth1", "eth2"],
      gratuitousArp: { masterDelaySeconds: 10, masterRepeat: 3, masterRefreshSeconds: 60 },
    },
    vips: onEth0("10.0.0.100", "10.0.0.101", "2001:db8::100"),
  });
  expect(rendered(instance)).toBe(`vrrp_instance "lb" {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 3
    version 2
    nopreempt
    unicast_src_ip 10.0.0.11
    unicast_peer {
        10.0.0.12
    }
    authentication {
        auth_type PASS
        auth_pass "(password)"
    }
    track_interface {
        eth1
        eth2
    }
    garp_master_delay 10
    garp_master_repeat 3
    garp_master_refresh 60
    virtual_ipaddress {
        127.112.0.51 dev lo scope host
    }
    virtual_ipaddress_excluded {
        10.0.0.100 dev eth0
        10.0.0.101 dev eth0
        2001:db8::100 dev eth0
    }
}
`);
});

test("IPv6 and a fraction of a second: version 3", () => {
  const instance = vrrpInstance({
    version: 3,
    settings: { advertIntervalSeconds: 0.25 },
    sourceAddress: "2001:db8::11",
    peers: ["2001:db8::12"],
    anchor: "fe80::5e:33",
    vips: onEth0("2001:db8::100"),
  });
  expect(rendered(instance)).toBe(`vrrp_instance "lb" {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 0.25
    version 3
    unicast_src_ip 2001:db8::11
    unicast_peer {
        2001:db8::12
    }
    virtual_ipaddress {
        fe80::5e:33 dev lo
    }
    virtual_ipaddress_excluded {
        2001:db8::100 dev eth0
    }
}
`);
});

test("values known only at apply, never in brackets", () => {
  const deferred = (name: string): Deferred => new Deferred(`\${${name}}`, `[\${${name}}]`);
  const instance = vrrpInstance({
    sourceAddress: deferred("own"),
    peers: [deferred("peer")],
    settings: {
      interface: deferred("device"),
      trackInterfaces: [deferred("tracked")],
      gratuitousArp: { masterDelaySeconds: deferred("delay") },
    },
    vips: [{ address: deferred("vip"), device: deferred("device") }],
  });
  expect(rendered(instance)).toBe(`vrrp_instance "lb" {
    state MASTER
    interface \${device}
    virtual_router_id 51
    priority 150
    advert_int 1
    version 2
    unicast_src_ip \${own}
    unicast_peer {
        \${peer}
    }
    track_interface {
        \${tracked}
    }
    garp_master_delay \${delay}
    virtual_ipaddress {
        127.112.0.51 dev lo scope host
    }
    virtual_ipaddress_excluded {
        \${vip} dev \${device}
    }
}
`);
});

test("everything that an instance may say by unicast", () => {
  const instance = vrrpInstance({
    vips: [],
    settings: {
      downTimerAdverts: 5,
      preemptDelaySeconds: 2.5,
      virtualMac: { macAddress: "02:00:5e:10:00" },
      trackSourceAddress: true,
      checkUnicastSource: true,
      unicastTtl: 3,
      minTtl: 254,
      maxTtl: 255,
      dontTrackPrimary: true,
      gratuitousArp: {
        masterDelaySeconds: 0,
        masterRepeat: 1,
        masterRefreshSeconds: 60,
        masterRefreshRepeat: 2,
        lowerPriorityDelaySeconds: 0,
        lowerPriorityRepeat: 0,
        extraInterfaceSeconds: 100,
        extraInterfaceAll: true,
      },
      lowerPriorityNoAdvert: true,
      higherPrioritySendAdvert: false,
      skipCheckAdvertAddress: true,
      promoteSecondaries: true,
      extraLines: ["debug 1"],
      virtualRoutes: [{ to: "::/0", device: "eth0" }],
      virtualRules: [{ preference: 1, from: "10.8.0.0/24", table: 7 }],
    },
  });
  expect(rendered(instance)).toBe(`vrrp_instance "lb" {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 1
    down_timer_adverts 5
    version 2
    preempt_delay 2.5
    use_vmac vrrp.51 02:00:5e:10:00
    vmac_xmit_base
    unicast_src_ip 10.0.0.11
    track_src_ip
    check_unicast_src
    unicast_ttl 3
    unicast_peer {
        10.0.0.12 min_ttl 254 max_ttl 255
    }
    dont_track_primary
    garp_master_delay 0
    garp_master_repeat 1
    garp_master_refresh 60
    garp_master_refresh_repeat 2
    garp_lower_prio_delay 0
    garp_lower_prio_repeat 0
    garp_extra_if all 100
    lower_prio_no_advert true
    higher_prio_send_advert false
    skip_check_adv_addr
    promote_secondaries
    # extra lines
    debug 1
    virtual_ipaddress {
        127.112.0.51 dev lo scope host
    }
    virtual_routes {
        ::/0 dev eth0
    }
    virtual_rules {
        from 10.8.0.0/24 table 7 preference 1
    }
}
`);
});
