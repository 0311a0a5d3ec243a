import { Director, PlanDetail, UnmanagedRealServer, VirtualService } from "../../src";
import { hostProgramDigest } from "../../src/provisioners/host-program";
import { lvsSerializer, synthHosts } from "../../src/testing";
import { newStack, ssh } from "../support/stacks";
import { addPlainDirector, webStack } from "../support/web-stack";

expect.addSnapshotSerializer(lvsSerializer);

test("every host with its files; what another host has too is shown once", () => {
  expect(synthHosts(webStack().stack)).toMatchInlineSnapshot(`
   director web/lb/primary (192.0.2.11)
     packages: ipvsadm, iproute2, keepalived
     units: keepalived.service
     /etc/modules-load.d/cdktf-lvs.conf (644)
       ip_vs
       ip_vs_wlc
     /etc/sysctl.d/99-cdktf-lvs.conf (644)
       net/ipv4/vs/expire_nodest_conn = 1
       net/ipv4/vs/expire_quiescent_template = 1
       net/ipv4/vs/sync_threshold = 0 2
       net/ipv4/vs/sync_refresh_period = 10
       net/ipv4/vs/sync_retries = 0
     /etc/keepalived/keepalived.conf (600)
       global_defs {
           router_id "lb-primary"
           lvs_sync_daemon eth0 inst "lb" id 51
       }

       vrrp_instance "lb" {
           state BACKUP
           interface eth0
           virtual_router_id 51
           priority 150
           advert_int 1
           version 2
           preempt_delay 15
           unicast_src_ip 192.0.2.11
           unicast_peer {
               192.0.2.12
           }
           authentication {
               auth_type PASS
               auth_pass "(sensitive VRRP password)"
           }
           virtual_ipaddress {
               127.112.0.51 dev lo scope host
           }
           virtual_ipaddress_excluded {
               192.0.2.100 dev eth0
           }
       }

       virtual_server 192.0.2.100 80 {
           protocol TCP
           delay_loop 5
           lvs_sched wlc
           lvs_method DR
           real_server 192.0.2.21 80 {
               weight 2
               HTTP_GET {
                   url {
                       path "/health"
                   }
               }
           }
           real_server 192.0.2.22 80 {
               weight 1
               HTTP_GET {
                   url {
                       path "/health"
                   }
               }
           }
       }
     /etc/systemd/system/keepalived.service.d/cdktf-lvs.conf (644)
       [Unit]
       Wants=network-online.target
       After=network-online.target systemd-modules-load.service
       StartLimitIntervalSec=0

       [Service]
       TimeoutStartSec=300
       Restart=on-failure
       RestartSec=1
       ExecStopPost=-sh /etc/cdktf-lvs/director/current/program stopped

   director web/lb/secondary (192.0.2.12)
     packages: ipvsadm, iproute2, keepalived
     units: keepalived.service
     /etc/modules-load.d/cdktf-lvs.conf (644), as on web/lb/primary
     /etc/sysctl.d/99-cdktf-lvs.conf (644), as on web/lb/primary
     /etc/keepalived/keepalived.conf (600), as on web/lb/primary but for
       - router_id "lb-primary"
       + router_id "lb-secondary"
       - priority 150
       + priority 100
       - unicast_src_ip 192.0.2.11
       + unicast_src_ip 192.0.2.12
       - 192.0.2.12
       + 192.0.2.11
     /etc/systemd/system/keepalived.service.d/cdktf-lvs.conf (644), as on web/lb/primary

   real-server web/web1 (192.0.2.21)
     packages: iproute2
     units: cdktf-lvs-vips.service
     /etc/sysctl.d/99-cdktf-lvs.conf (644)
       net/ipv4/conf/*/arp_ignore = 1
       net/ipv4/conf/*/arp_announce = 2
     /etc/systemd/system/cdktf-lvs-vips.service (644)
       [Unit]
       Description=Virtual IP addresses (cdktf-lvs)
       After=systemd-sysctl.service
       Before=network-online.target

       [Service]
       Type=oneshot
       RemainAfterExit=yes
       ExecStartPre=/lib/systemd/systemd-sysctl /etc/sysctl.d/99-cdktf-lvs.conf
       ExecStart=ip address replace 192.0.2.100/32 dev lo preferred_lft 0
       ExecStop=-ip address delete 192.0.2.100/32 dev lo

       [Install]
       WantedBy=multi-user.target

   real-server web/web2 (192.0.2.22)
     packages: iproute2
     units: cdktf-lvs-vips.service
     /etc/sysctl.d/99-cdktf-lvs.conf (644), as on web/web1
     /etc/systemd/system/cdktf-lvs-vips.service (644), as on web/web1

   real-server web/web3 (192.0.2.23): decommissioned, everything is taken off it
  `);
});

test("what was shown as a difference is not shown again, and nothing is compared with it", () => {
  const stack = newStack("web");
  const common = "a\nb\nc\nd\n";
  for (const [index, last] of ["e", "f", "f", "g"].entries()) {
    const extraFiles = [{ path: "/etc/extra", text: `${common}${last}\n`, mode: "600" }];
    const address = `192.0.2.1${index}`;
    const director = new Director(stack, `lb${index}`, { address, connection: ssh, extraFiles });
    const service = new VirtualService(director, "web", { director, vip: `192.0.2.10${index}`, port: 80 });
    service.addRealServer(new UnmanagedRealServer(director, "web1", { address: "192.0.2.21" }));
  }
  const shown = lvsSerializer.serialize(synthHosts(stack)).split("\n");
  const titles = shown.filter((line) => line.includes("/etc/extra ")).map((line) => line.trim());
  expect(titles).toEqual([
    "/etc/extra (600)",
    "/etc/extra (600), as on web/lb0 but for",
    "/etc/extra (600), as on web/lb1",
    "/etc/extra (600), as on web/lb0 but for",
  ]);
});

test("one host, inside something else", () => {
  const { stack } = webStack();
  addPlainDirector(stack);
  expect({ plain: synthHosts(stack).host("plain") }).toMatchInlineSnapshot(`
   {
     "plain": director web/plain (192.0.2.13)
       packages: ipvsadm, iproute2
       units: cdktf-lvs-ipvsadm.service
       /etc/modules-load.d/cdktf-lvs.conf (644)
         ip_vs
         ip_vs_wlc
       /etc/sysctl.d/99-cdktf-lvs.conf (644)
         net/ipv4/vs/expire_nodest_conn = 1
         net/ipv4/vs/expire_quiescent_template = 1
       /etc/cdktf-lvs/ipvsadm.rules (600)
         -A -t [2001:db8::100]:53 -s wlc
         -a -t [2001:db8::100]:53 -r [2001:db8::21]:53 -g -w 1
       /etc/systemd/system/cdktf-lvs-ipvsadm.service (644)
         [Unit]
         Description=IPVS table (cdktf-lvs)
         After=systemd-modules-load.service
         Before=network-online.target
         ConditionFileNotEmpty=/etc/cdktf-lvs/ipvsadm.rules

         [Service]
         Type=oneshot
         RemainAfterExit=yes
         StandardInput=file:/etc/cdktf-lvs/ipvsadm.rules
         ExecStart=ipvsadm --restore
         ExecStop=ipvsadm --clear

         [Install]
         WantedBy=multi-user.target,
   }
  `);
});

test("is the same from run to run, and with digests in place of lines", () => {
  const shown = (delivery = {}): string => lvsSerializer.serialize(synthHosts(webStack({}, delivery).stack));
  expect(shown()).toBe(shown());
  expect(shown({ planDetail: PlanDetail.DIGESTS })).toBe(shown());
  expect(shown()).not.toMatch(/TfToken|e\+\d|[0-9a-f]{12}/);
  expect(shown()).not.toContain(process.cwd());
  expect(shown()).not.toContain(hostProgramDigest());
});

test("a file whose last line does not end", () => {
  const { stack } = webStack({}, {}, [{ path: "/etc/unended", text: "a\n\nb", mode: "600" }]);
  const shown = lvsSerializer.serialize(synthHosts(stack).host("lb/primary"));
  expect(shown.slice(shown.indexOf("  /etc/unended"))).toBe(`  /etc/unended (600)
    a

    b
    (no line break at the end)`);
});

test("takes nothing else", () => {
  expect([undefined, null, "web", {}, [], { hosts: [] }].filter((value) => lvsSerializer.test(value))).toEqual([]);
});
