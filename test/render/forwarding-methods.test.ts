import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { tunnel, TunnelChecksum, TunnelType } from "../../src/model/tunnel";
import { blocksText } from "../../src/render/block-writer";
import { ipvsadmRules } from "../../src/render/ipvsadm-rules";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { realServer, service } from "../support/models";

const { DR, NAT, TUN } = ForwardingMethod;
const { IPIP, GRE, GUE } = TunnelType;
const { FULL, REMOTE } = TunnelChecksum;
const healthCheck = HealthCheck.none();

function tunneled(settings: Parameters<typeof tunnel>[0]): Partial<RealServer> {
  return { forwardingMethod: TUN, tunnel: tunnel(settings) };
}

const port = new Deferred("${port}");
const methods: [string, Partial<RealServer>, string, string][] = [
  ["direct routing", { forwardingMethod: DR }, "DR", "-g -w 1"],
  ["NAT", { forwardingMethod: NAT }, "NAT", "-m -w 1"],
  ["IP in IP", tunneled({ type: IPIP }), "TUN type ipip", "-i -w 1 --tun-type ipip"],
  ["GRE", tunneled({ type: GRE }), "TUN type gre nocsum", "-i -w 1 --tun-type gre --tun-nocsum"],
  [
    "GRE with checksums",
    tunneled({ type: GRE, checksum: FULL }),
    "TUN type gre csum",
    "-i -w 1 --tun-type gre --tun-csum",
  ],
  [
    "GUE",
    tunneled({ type: GUE }),
    "TUN type gue port 6080 nocsum",
    "-i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum",
  ],
  [
    "GUE with checksums",
    tunneled({ type: GUE, port: 1, checksum: FULL }),
    "TUN type gue port 1 csum",
    "-i -w 1 --tun-type gue --tun-port 1 --tun-csum",
  ],
  [
    "GUE with remote checksums, on a port known only at apply",
    tunneled({ type: GUE, port, checksum: REMOTE }),
    "TUN type gue port ${port} remcsum",
    "-i -w 1 --tun-type gue --tun-port ${port} --tun-remcsum",
  ],
];

test.each(methods)("%s in the words of keepalived, once for the service", (_title, server, words) => {
  const web = service({}, [realServer({ healthCheck, ...server })]);
  expect(blocksText(virtualServerBlocks(web))).toBe(`virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method ${words}
    real_server 10.0.0.21 80 {
        weight 1
    }
}
`);
});

test.each(methods)("%s in the words of ipvsadm", (_title, server, _words, switches) => {
  expect(ipvsadmRules([service({}, [realServer(server)])])).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 ${switches}
`);
});

test("a real server says how it is reached where that is not how the first one is", () => {
  const web = service({ sorryServer: { address: "10.0.0.99" } }, [
    realServer({ healthCheck, ...tunneled({ type: GUE }) }),
    realServer({ address: "10.0.0.22", healthCheck, ...tunneled({ type: GUE }) }),
    realServer({ address: "2001:db8::23", healthCheck, ...tunneled({}) }),
    realServer({ address: "10.0.0.24", healthCheck, ...tunneled({ type: GUE, port: 6081 }) }),
    realServer({ address: "10.0.0.25", healthCheck, forwardingMethod: NAT, port: 8080 }),
    realServer({ address: "10.0.0.26", healthCheck }),
  ]);
  expect(blocksText(virtualServerBlocks(web))).toBe(`virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method TUN type gue port 6080 nocsum
    sorry_server 10.0.0.99 80
    real_server 10.0.0.21 80 {
        weight 1
    }
    real_server 10.0.0.22 80 {
        weight 1
    }
    real_server 2001:db8::23 80 {
        weight 1
        lvs_method TUN type ipip
    }
    real_server 10.0.0.24 80 {
        weight 1
        lvs_method TUN type gue port 6081 nocsum
    }
    real_server 10.0.0.25 8080 {
        weight 1
        lvs_method NAT
    }
    real_server 10.0.0.26 80 {
        weight 1
        lvs_method DR
    }
}
`);
  expect(ipvsadmRules([web])).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
-a -t 10.0.0.100:80 -r [2001:db8::23]:80 -i -w 1 --tun-type ipip
-a -t 10.0.0.100:80 -r 10.0.0.24:80 -i -w 1 --tun-type gue --tun-port 6081 --tun-nocsum
-a -t 10.0.0.100:80 -r 10.0.0.25:8080 -m -w 1
-a -t 10.0.0.100:80 -r 10.0.0.26:80 -g -w 1
`);
});
