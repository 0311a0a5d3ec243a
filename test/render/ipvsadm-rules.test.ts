import { Deferred } from "../../src/model/deferred";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import { ipvsadmRules, sorryServerNames } from "../../src/render/ipvsadm-rules";
import { realServer, service } from "../support/models";

describe("ipvsadmRules", () => {
  test("no services are no text", () => {
    expect(ipvsadmRules([])).toBe("");
  });

  test("a TCP service, with a real server that drains", () => {
    const web = service({}, [realServer({ weight: 2 }), realServer({ address: "10.0.0.22", weight: 0 })]);
    expect(ipvsadmRules([web])).toBe(`-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 2
-a -t 10.0.0.100:80 -r 10.0.0.22:80 -g -w 0
`);
  });

  test("persistence", () => {
    const web = service({ scheduler: Scheduler.RR, persistence: { timeoutSeconds: 600 } }, []);
    expect(ipvsadmRules([web])).toBe("-A -t 10.0.0.100:80 -s rr -p 600\n");
  });

  test("UDP and SCTP", () => {
    const dns = service({ port: 53, protocol: Protocol.UDP }, [realServer({ port: 53 })]);
    const diameter = service({ port: 3868, protocol: Protocol.SCTP }, [realServer({ port: 3868 })]);
    expect(ipvsadmRules([dns, diameter])).toBe(`-A -u 10.0.0.100:53 -s wlc
-a -u 10.0.0.100:53 -r 10.0.0.21:53 -g -w 1
-A --sctp-service 10.0.0.100:3868 -s wlc
-a --sctp-service 10.0.0.100:3868 -r 10.0.0.21:3868 -g -w 1
`);
  });

  test("IPv6 in brackets and in its short form", () => {
    const web = service({ vip: "2001:0DB8::0100" }, [realServer({ address: "2001:db8:0:0:0:0:0:21" })]);
    expect(ipvsadmRules([web])).toBe(`-A -t [2001:db8::100]:80 -s wlc
-a -t [2001:db8::100]:80 -r [2001:db8::21]:80 -g -w 1
`);
  });

  test("an address known only at apply is in brackets if it turns out to be IPv6", () => {
    const web = service(
      {
        vip: new Deferred("${vip}", "${bracketed_vip}"),
        port: new Deferred("${port}"),
        persistence: { timeoutSeconds: new Deferred("${timeout}") },
      },
      [
        realServer({
          address: new Deferred("${rip}", "${bracketed_rip}"),
          port: new Deferred("${port}"),
          weight: new Deferred("${weight}"),
        }),
      ],
    );
    expect(ipvsadmRules([web])).toBe(`-A -t \${bracketed_vip}:\${port} -s wlc -p \${timeout}
-a -t \${bracketed_vip}:\${port} -r \${bracketed_rip}:\${port} -g -w \${weight}
`);
  });
});

describe("sorryServerNames", () => {
  test("a service without one has no line", () => {
    expect(sorryServerNames([service()])).toEqual([]);
  });

  test("each names its service and the server, as the table does", () => {
    const services = [
      service({ sorryServer: { address: "10.0.0.99" } }),
      service({ vip: "2001:db8::100", protocol: Protocol.UDP, sorryServer: { address: "2001:db8:0::99", port: 80 } }),
    ];
    expect(sorryServerNames(services)).toEqual([
      "-t 10.0.0.100:80 -r 10.0.0.99:80",
      "-u [2001:db8::100]:80 -r [2001:db8::99]:80",
    ]);
  });
});
