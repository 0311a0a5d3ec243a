import { Deferred } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import { blocksText } from "../../src/render/block-writer";
import { quorumNotifyLines, realServerNotifyLines } from "../../src/render/notify-lines";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { realServer, service } from "../support/models";

const up = { name: "web-up", text: "#!/bin/sh\n" };
const healthCheck = HealthCheck.none();
const path = "/etc/cdktf-lvs/director/scripts/web-up";

test("a service with programs for everything, and real servers with and without their own", () => {
  const web = service({ quorum: 2, notifyQuorum: { up, down: "/bin/q" }, notifyRealServers: { up, down: "/bin/s" } }, [
    realServer({ healthCheck, upperThreshold: 9 }),
    realServer({ healthCheck, address: "10.0.0.22", notify: { down: "/bin/own" } }),
    realServer({ healthCheck, address: "10.0.0.23", notify: {} }),
  ]);
  expect(blocksText(virtualServerBlocks(web))).toBe(`virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    quorum 2
    quorum_up "${path} 'VS' '10.0.0.100:80/tcp' 'UP'"
    quorum_down "/bin/q 'VS' '10.0.0.100:80/tcp' 'DOWN'"
    real_server 10.0.0.21 80 {
        weight 1
        uthreshold 9
        notify_up "${path} 'RS' '10.0.0.21:80' '10.0.0.100:80/tcp' 'UP'"
        notify_down "/bin/s 'RS' '10.0.0.21:80' '10.0.0.100:80/tcp' 'DOWN'"
    }
    real_server 10.0.0.22 80 {
        weight 1
        notify_down "/bin/own 'RS' '10.0.0.22:80' '10.0.0.100:80/tcp' 'DOWN'"
    }
    real_server 10.0.0.23 80 {
        weight 1
    }
}
`);
});

test("nothing to run is no line", () => {
  expect(quorumNotifyLines(service())).toEqual([]);
  expect(quorumNotifyLines(service({ notifyQuorum: {} }))).toEqual([]);
  expect(realServerNotifyLines(realServer(), service())).toEqual([]);
});

const named: [string, Parameters<typeof service>[0], string][] = [
  ["by the first of several VIPs", { additionalVips: ["10.0.0.101"] }, "10.0.0.100:80/tcp"],
  ["with IPv6 in its short form", { vip: "2001:DB8:0::1", port: 53, protocol: Protocol.UDP }, "[2001:db8::1]:53/udp"],
  ["with all ports", { allPorts: true, persistence: { timeoutSeconds: 1 } }, "10.0.0.100:0/tcp"],
  ["by its mark", { firewallMark: { mark: 7 } }, "fwmark 7 (IPv4)"],
  ["by its mark of IPv6", { vip: "2001:db8::1", firewallMark: { mark: 7 } }, "fwmark 7 (IPv6)"],
  [
    "by what is known only at apply",
    { vip: new Deferred("${v}", "${bracketed(v)}"), port: new Deferred("${p}") },
    "${bracketed(v)}:${p}/tcp",
  ],
];

test.each(named)("a service is named %s", (_title, settings, name) => {
  const one = service({ ...settings, notifyQuorum: { up: "/q" }, notifyRealServers: { down: "/s" } });
  expect(quorumNotifyLines(one)).toEqual([`quorum_up "/q 'VS' '${name}' 'UP'"`]);
  const server = realServer({ address: "2001:DB8::0:21", port: 0 });
  expect(realServerNotifyLines(server, one)).toEqual([`notify_down "/s 'RS' '[2001:db8::21]:0' '${name}' 'DOWN'"`]);
});

test("programs and real servers known only at apply", () => {
  const notify = { up: new Deferred("${program}") };
  const server = realServer({ address: new Deferred("${a}", "${bracketed(a)}"), notify });
  expect(realServerNotifyLines(server, service())).toEqual([
    `notify_up "\${program} 'RS' '\${bracketed(a)}:80' '10.0.0.100:80/tcp' 'UP'"`,
  ]);
});
