import { Deferred } from "../../src/model/deferred";
import { PersistenceEngine } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { ipvsadmRules, sorryServerNames } from "../../src/render/ipvsadm-rules";
import { realServer, service } from "../support/models";

const { SH, MH } = Scheduler;
const { UDP, SCTP } = Protocol;
const IPV6 = { vip: "2001:0db8:0::100" };
const persistence = { timeoutSeconds: 300 };
const engine = PersistenceEngine.SIP;
const hashing = { port: true, fallback: true };

const lines: [string, Parameters<typeof service>[0], string][] = [
  ["all ports", { allPorts: true, persistence }, "-A -t 10.0.0.100:0 -s wlc -p 300"],
  ["all ports of IPv6", { allPorts: true, persistence, ...IPV6 }, "-A -t [2001:db8::100]:0 -s wlc -p 300"],
  [
    "all ports of SCTP",
    { allPorts: true, persistence, protocol: SCTP },
    "-A --sctp-service 10.0.0.100:0 -s wlc -p 300",
  ],
  ["a mark", { firewallMark: { mark: 1 } }, "-A -f 1 -s wlc"],
  ["a mark, whatever its protocol", { firewallMark: { mark: 1 }, protocol: UDP }, "-A -f 1 -s wlc"],
  ["a mark of IPv6", { firewallMark: { mark: 2147483647 }, ...IPV6 }, "-A -f 2147483647 -6 -s wlc"],
  ["a mark known only at apply", { firewallMark: { mark: new Deferred("${m}") } }, "-A -f ${m} -s wlc"],
  [
    "a mask",
    { persistence: { ...persistence, prefixLength: 20 } },
    "-A -t 10.0.0.100:80 -s wlc -p 300 -M 255.255.240.0",
  ],
  [
    "a mask of IPv6",
    { persistence: { ...persistence, prefixLength: 64 }, ...IPV6 },
    "-A -t [2001:db8::100]:80 -s wlc -p 300 -M 64",
  ],
  [
    "a mask for a mark of IPv6, after the switch that tells its family",
    { firewallMark: { mark: 1 }, persistence: { ...persistence, prefixLength: 64 }, ...IPV6 },
    "-A -f 1 -6 -s wlc -p 300 -M 64",
  ],
  ["single packets", { protocol: UDP, onePacketScheduling: true }, "-A -u 10.0.0.100:80 -s wlc -o"],
  ["connections, explicitly", { onePacketScheduling: false }, "-A -t 10.0.0.100:80 -s wlc"],
  ["a flag", { scheduler: SH, hashing: { fallback: true } }, "-A -t 10.0.0.100:80 -s sh -b sh-fallback"],
  ["flags that are off", { scheduler: SH, hashing: { fallback: false } }, "-A -t 10.0.0.100:80 -s sh"],
  ["both flags", { scheduler: MH, hashing }, "-A -t 10.0.0.100:80 -s mh -b mh-fallback,mh-port"],
  ["SIP", { protocol: UDP, persistence: { ...persistence, engine } }, "-A -u 10.0.0.100:80 -s wlc -p 300 --pe sip"],
  [
    "every switch",
    {
      protocol: UDP,
      scheduler: SH,
      hashing,
      onePacketScheduling: true,
      persistence: { ...persistence, prefixLength: 24, engine },
    },
    "-A -u 10.0.0.100:80 -s sh -p 300 -M 255.255.255.0 --pe sip -o -b sh-fallback,sh-port",
  ],
];

test.each(lines)("%s", (_title, settings, line) => {
  expect(ipvsadmRules([service(settings, [])])).toBe(`${line}\n`);
});

test("a service with several VIPs is one for each, with the same real servers", () => {
  const web = service({ additionalVips: ["10.0.0.101"], persistence }, [
    realServer(),
    realServer({ address: "10.0.0.22" }),
  ]);
  expect(ipvsadmRules([web])).toBe(`-A -t 10.0.0.100:80 -s wlc -p 300
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1
-A -t 10.0.0.101:80 -s wlc -p 300
-a -t 10.0.0.101:80 -r 10.0.0.21:80 -g -w 1
-a -t 10.0.0.101:80 -r 10.0.0.22:80 -g -w 1
`);
});

test("a mark is one service, however many VIPs it has", () => {
  const site = service({ firewallMark: { mark: 1 }, ...IPV6, additionalVips: ["2001:db8::101"] }, [
    realServer({ address: "2001:db8::21", port: 0 }),
  ]);
  expect(ipvsadmRules([site])).toBe(`-A -f 1 -6 -s wlc
-a -f 1 -6 -r [2001:db8::21]:0 -g -w 1
`);
});

test("thresholds are at the end of the line, those of 0 too", () => {
  const web = service({}, [
    realServer({ upperThreshold: 100, lowerThreshold: 0 }),
    realServer({ address: "10.0.0.22", upperThreshold: 0 }),
    realServer({ address: "10.0.0.23", upperThreshold: new Deferred("${x}"), lowerThreshold: new Deferred("${y}") }),
  ]);
  expect(ipvsadmRules([web])).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1 -x 100 -y 0
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 1 -x 0
-a -t 10.0.0.100:80 -r 10.0.0.23:80 -g -w 1 -x \${x} -y \${y}
`);
});

test("sorry servers are named for every VIP, and without a port where the client's decides", () => {
  const sorryServer = { address: "10.0.0.99" };
  const services = [
    service({ additionalVips: ["10.0.0.101"], sorryServer: { ...sorryServer, port: 8080 } }),
    service({ allPorts: true, persistence, sorryServer }),
    service({ firewallMark: { mark: 1 }, sorryServer }),
    service({ firewallMark: { mark: 1 }, ...IPV6, sorryServer: { address: "2001:db8:0::99" } }),
  ];
  expect(sorryServerNames(services)).toEqual([
    "-t 10.0.0.100:80 -r 10.0.0.99:8080",
    "-t 10.0.0.101:80 -r 10.0.0.99:8080",
    "-t 10.0.0.100:0 -r 10.0.0.99:0",
    "-f 1 -r 10.0.0.99:0",
    "-f 1 -6 -r [2001:db8::99]:0",
  ]);
});
