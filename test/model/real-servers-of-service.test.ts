import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { TableOwner } from "../../src/model/table-owner";
import { realServersProblems } from "../../src/model/service-rules";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";

type Settings = DeepDeferrable<VirtualServiceSettings>;

const token = new Deferred("${x}");

function service(props: Partial<Settings>, realServers: RealServer[]): VirtualService {
  return { ...virtualService({ vip: "192.0.2.1", port: 80, ...props }, TableOwner.KEEPALIVED), realServers };
}

const web: RealServer = {
  address: "10.0.0.11",
  port: 80,
  weight: 1,
  forwardingMethod: ForwardingMethod.DR,
  healthCheck: HealthCheck.tcp(),
};
const other = { ...web, address: "10.0.0.12" };
const sorryServer = { address: "10.0.0.12" };

const accepted: [string, Partial<Settings>, RealServer[]][] = [
  ["two real servers", {}, [web, other]],
  ["a sorry server apart", { sorryServer }, [web]],
  ["a real server that drains beside one that does not", {}, [{ ...web, weight: 0 }, other]],
  [
    "a real server that drains beside a weight known only at apply",
    {},
    [
      { ...web, weight: 0 },
      { ...other, weight: token },
    ],
  ],
  ["real servers without health check", {}, [{ ...web, healthCheck: HealthCheck.none() }]],
  ["the director itself as sorry server", { sorryServer: { address: "127.0.0.1" } }, [web]],
  [
    "the director itself as sorry server of a service by NAT",
    { sorryServer: { address: "127.0.0.1", forwardingMethod: ForwardingMethod.DR } },
    [{ ...web, port: 8080, forwardingMethod: ForwardingMethod.NAT }],
  ],
  ["a sorry server known only at apply", { sorryServer: { address: token } }, [web, other]],
];

test.each(accepted)("accepts %s", (_title, props, realServers) => {
  expect(realServersProblems(service(props, realServers), TableOwner.KEEPALIVED)).toEqual([]);
});

const noWeight =
  "must have a total weight of at least 1, got 0; keepalived cannot drain the last real server, give another one a weight";
const refused: [string, Partial<Settings>, RealServer[], string, string][] = [
  [
    "no real server",
    {},
    [],
    "realServers",
    "must hold at least one real server, got none; call addRealServer(), or do not decommission the last one",
  ],
  [
    "a real server that is wrong by itself",
    {},
    [web, { ...other, weight: -1 }],
    "realServers[1].weight",
    "must be an integer from 0 to 65535, got -1",
  ],
  [
    "the VIP as real server",
    {},
    [web, { ...web, address: "192.0.2.1" }],
    "realServers[1].address",
    "must not be the VIP, got '192.0.2.1'; give the address of the host itself",
  ],
  ["one real server of weight 0", {}, [{ ...web, weight: 0 }], "realServers", noWeight],
  [
    "real servers of weight 0 only",
    {},
    [
      { ...web, weight: 0 },
      { ...other, weight: 0 },
    ],
    "realServers",
    noWeight,
  ],
  [
    "a duplicate",
    {},
    [web, other, web],
    "realServers[2]",
    "must be unique in the service, got 10.0.0.11:80 again; it is realServers[0] already",
  ],
  [
    "the VIP as sorry server",
    { sorryServer: { address: "192.0.2.1" } },
    [web],
    "sorryServer.address",
    "must not be the VIP, got '192.0.2.1'; give the address of the host itself",
  ],
  [
    "the same token as VIP and as sorry server",
    { vip: token, sorryServer: { address: token } },
    [web],
    "sorryServer.address",
    "must not be the VIP, got a value known only at apply; give the address of the host itself",
  ],
  [
    "a sorry server of the other family",
    { sorryServer: { address: "2001:db8::99" } },
    [web],
    "sorryServer.address",
    "must be IPv4 like the VIP 192.0.2.1, got '2001:db8::99'; only tunneling can mix address families",
  ],
  [
    "the director itself in the other family",
    { sorryServer: { address: "::1" } },
    [web],
    "sorryServer.address",
    "must be IPv4 like the VIP 192.0.2.1, got '::1'; only tunneling can mix address families",
  ],
  [
    "the director itself by the NAT of the first real server",
    { sorryServer: { address: "127.0.0.1" } },
    [{ ...web, forwardingMethod: ForwardingMethod.NAT }],
    "sorryServer.address",
    "must not be a loopback address under NAT, got '127.0.0.1'; set sorryServer.forwardingMethod to DR for the director itself",
  ],
  [
    "the director itself by a tunnel",
    { sorryServer: { address: "127.0.0.1", forwardingMethod: ForwardingMethod.TUN } },
    [web],
    "sorryServer.address",
    "must not be a loopback address under tunneling, got '127.0.0.1'; set sorryServer.forwardingMethod to DR for the director itself",
  ],
  [
    "a sorry server with another port",
    { sorryServer: { address: "10.0.0.99", port: 8080 } },
    [web],
    "sorryServer.port",
    "must equal the service port 80 under direct routing, got 8080; DR cannot rewrite ports",
  ],
  [
    "a sorry server among the real servers",
    { sorryServer },
    [web, other],
    "sorryServer",
    "must not be a real server too, got 10.0.0.12:80; it is realServers[1]",
  ],
  [
    "an IPv6 sorry server among the real servers in another spelling",
    { vip: "2001:db8::1", sorryServer: { address: "2001:db8:0:0::11" } },
    [{ ...web, address: "2001:0db8::0011" }],
    "sorryServer",
    "must not be a real server too, got [2001:db8::11]:80; it is realServers[0]",
  ],
  [
    "a token both as sorry server and as real server",
    { sorryServer: { address: token } },
    [{ ...web, address: token }],
    "sorryServer",
    "must not be a real server too, got ${x}:80; it is realServers[0]",
  ],
];

test.each(refused)("refuses %s", (_title, props, realServers, path, message) => {
  expect(realServersProblems(service(props, realServers), TableOwner.KEEPALIVED)).toEqual([{ path, message }]);
});

test("a sorry server that is not in canonical form is still found among the real servers", () => {
  const ipv6 = service({ vip: "2001:db8::1" }, [{ ...web, address: "2001:db8::11" }]);
  const sorry = { address: "2001:0db8:0::11", port: 80 };
  expect(realServersProblems({ ...ipv6, sorryServer: sorry }, TableOwner.KEEPALIVED)).toEqual([
    {
      path: "sorryServer",
      message: "must not be a real server too, got [2001:db8::11]:80; it is realServers[0]",
    },
  ]);
});
