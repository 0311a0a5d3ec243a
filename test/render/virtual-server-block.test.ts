import { Deferred } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import type { VirtualService } from "../../src/model/virtual-service";
import { blocksText } from "../../src/render/block-writer";
import { virtualServerBlocks } from "../../src/render/virtual-server-block";
import { realServer, service } from "../support/models";

function rendered(virtualService: VirtualService): string {
  return blocksText(virtualServerBlocks(virtualService));
}

test("a service with the defaults", () => {
  expect(rendered(service())).toBe(`virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    real_server 10.0.0.21 80 {
        weight 1
        TCP_CHECK {
        }
    }
}
`);
});

test("a service with every option, and one real server that drains", () => {
  const web = service(
    {
      port: 443,
      scheduler: Scheduler.MH,
      persistence: { timeoutSeconds: 300 },
      delayLoopSeconds: 1.5,
      sorryServer: { address: "10.0.0.99" },
    },
    [
      realServer({ port: 443, weight: 0, healthCheck: HealthCheck.tcp({ retries: 0 }) }),
      realServer({ address: "10.0.0.22", port: 443, weight: 65535, healthCheck: HealthCheck.none() }),
    ],
  );
  expect(rendered(web)).toBe(`virtual_server 10.0.0.100 443 {
    protocol TCP
    delay_loop 1.5
    lvs_sched mh
    lvs_method DR
    persistence_timeout 300
    sorry_server 10.0.0.99 443
    real_server 10.0.0.21 443 {
        weight 0
        TCP_CHECK {
            retry 0
        }
    }
    real_server 10.0.0.22 443 {
        weight 65535
    }
}
`);
});

test("IPv6 addresses in their short form, without brackets", () => {
  const dns = service(
    {
      vip: "2001:0db8:0:0::0100",
      port: 53,
      protocol: Protocol.UDP,
      sorryServer: { address: "2001:db8:0::99", port: 53 },
    },
    [realServer({ address: "2001:DB8::21", port: 53, healthCheck: HealthCheck.none() })],
  );
  expect(rendered(dns)).toBe(`virtual_server 2001:db8::100 53 {
    protocol UDP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
    sorry_server 2001:db8::99 53
    real_server 2001:db8::21 53 {
        weight 1
    }
}
`);
});

test("SCTP", () => {
  expect(rendered(service({ protocol: Protocol.SCTP })).split("\n")[1]).toBe("    protocol SCTP");
});

test("a service without real servers still names its forwarding method", () => {
  expect(rendered(service({}, []))).toBe(`virtual_server 10.0.0.100 80 {
    protocol TCP
    delay_loop 5
    lvs_sched wlc
    lvs_method DR
}
`);
});

test("values known only at apply, never in brackets", () => {
  const vip = new Deferred("${vip}", "[${vip}]");
  const port = new Deferred("${port}");
  const delayed = service(
    {
      vip,
      port,
      delayLoopSeconds: new Deferred("${delay}"),
      persistence: { timeoutSeconds: new Deferred("${timeout}") },
      sorryServer: { address: new Deferred("${sorry}", "[${sorry}]") },
    },
    [realServer({ address: new Deferred("${rip}", "[${rip}]"), port, weight: new Deferred("${weight}") })],
  );
  expect(rendered(delayed)).toBe(`virtual_server \${vip} \${port} {
    protocol TCP
    delay_loop \${delay}
    lvs_sched wlc
    lvs_method DR
    persistence_timeout \${timeout}
    sorry_server \${sorry} \${port}
    real_server \${rip} \${port} {
        weight \${weight}
        TCP_CHECK {
        }
    }
}
`);
});
