import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { realServersProblems } from "../../src/model/service-rules";
import { TableOwner } from "../../src/model/table-owner";
import { realServer, service } from "../support/models";

type Settings = NonNullable<Parameters<typeof service>[0]>;

const { DR, NAT, TUN } = ForwardingMethod;
const persistence = { timeoutSeconds: 300 };
const firewallMark = { mark: 1 };
const unchecked: Partial<RealServer> = { port: 0, healthCheck: HealthCheck.none() };
const nat = { forwardingMethod: NAT };
const elsewhere = "10.0.0.99";

function problems(settings: Settings, ...servers: Partial<RealServer>[]): ReturnType<typeof realServersProblems> {
  return realServersProblems(service(settings, servers.map(realServer)), TableOwner.KEEPALIVED);
}

const accepted: [string, Settings, Partial<RealServer>[]][] = [
  ["all ports", { allPorts: true, persistence }, [unchecked]],
  ["a mark", { firewallMark }, [unchecked]],
  ["a mark with a check of a port", { firewallMark }, [{ port: 0, healthCheck: HealthCheck.tcp({ port: 80 }) }]],
  ["a mark with NAT to a port that is checked", { firewallMark }, [{ ...nat, port: 8080 }]],
  ["two ports of one host under NAT", {}, [nat, { ...nat, port: 8080 }]],
  [
    "several methods",
    {},
    [{}, { ...nat, address: "10.0.0.22", port: 8080 }, { address: "2001:db8::23", forwardingMethod: TUN }],
  ],
  ["a quorum of all weight", { quorum: 3 }, [{ weight: 3 }]],
  [
    "a sorry server on another port by NAT",
    { sorryServer: { address: elsewhere, port: 8080, forwardingMethod: NAT } },
    [{}],
  ],
  ["a sorry server on another port like its real servers", { sorryServer: { address: elsewhere, port: 8080 } }, [nat]],
  [
    "a sorry server of the other family through a tunnel",
    { sorryServer: { address: "2001:db8::99", forwardingMethod: TUN } },
    [{}],
  ],
  ["a sorry server of marked packets", { firewallMark, sorryServer: { address: elsewhere } }, [unchecked]],
  [
    "a real server's host on another port as sorry server",
    { sorryServer: { address: "10.0.0.21", port: 8080, forwardingMethod: NAT } },
    [nat],
  ],
];

test.each(accepted)("accepts %s", (_title, settings, servers) => {
  expect(problems(settings, ...servers)).toEqual([]);
});

const clientsPort = "the client's port stays";
const noPort = (type: string): string =>
  `must be set where the service has no single port, got none for ${type}; name the port to try`;

const refused: [string, Settings, Partial<RealServer>[], string, string][] = [
  [
    "a check of no port, for all ports",
    { allPorts: true, persistence },
    [unchecked, { port: 0, address: "10.0.0.22" }],
    "realServers[1].healthCheck.port",
    noPort("tcp"),
  ],
  [
    "a page of no port, for a mark",
    { firewallMark },
    [{ port: 0, healthCheck: HealthCheck.http({ path: "/" }) }],
    "realServers[0].healthCheck.port",
    noPort("http"),
  ],
  [
    "a page over TLS of no port, for a mark",
    { firewallMark },
    [{ port: 0, healthCheck: HealthCheck.ssl({ path: "/" }) }],
    "realServers[0].healthCheck.port",
    noPort("ssl"),
  ],
  [
    "one host by two methods",
    {},
    [nat, { forwardingMethod: DR }],
    "realServers[1]",
    "must be unique in the service, got 10.0.0.21:80 again; it is realServers[0] already",
  ],
  [
    "a quorum of more than all weight",
    { quorum: 4 },
    [{ weight: 3 }],
    "quorum",
    "must be reachable, got 4 with real servers of total weight 3; lower it or raise weights",
  ],
  [
    "a sorry server on another port through a tunnel",
    { sorryServer: { address: elsewhere, port: 8080, forwardingMethod: TUN } },
    [nat],
    "sorryServer.port",
    "must equal the service port 80 under tunneling, got 8080; TUN cannot rewrite ports",
  ],
  [
    "a sorry server's port of marked packets",
    { firewallMark, sorryServer: { address: elsewhere, port: 8080 } },
    [unchecked],
    "sorryServer.port",
    `must not be set under direct routing when the service has no single port, got 8080; ${clientsPort}`,
  ],
  [
    "a sorry server's port that persistence ignores",
    { firewallMark, persistence, sorryServer: { address: elsewhere, port: 8080, forwardingMethod: NAT } },
    [unchecked],
    "sorryServer.port",
    `must not be set with persistence when the service has no single port, got 8080; ${clientsPort}`,
  ],
  [
    "a sorry server of the other family by NAT",
    { sorryServer: { address: "2001:db8::99", forwardingMethod: NAT } },
    [{}],
    "sorryServer.address",
    "must be IPv4 like the VIP 10.0.0.100, got '2001:db8::99'; only tunneling can mix address families",
  ],
  [
    "a further VIP as sorry server",
    { additionalVips: ["10.0.0.101"], sorryServer: { address: "10.0.0.101" } },
    [{}],
    "sorryServer.address",
    "must not be the VIP, got '10.0.0.101'; give the address of the host itself",
  ],
];

test.each(refused)("refuses %s", (_title, settings, servers, path, message) => {
  expect(problems(settings, ...servers)).toEqual([{ path, message }]);
});

test("ipvsadm, which counts nothing, may have a service that all real servers of drain", () => {
  const drained = service({ allPorts: true, persistence }, [realServer({ ...unchecked, weight: 0 })]);
  expect(realServersProblems(drained, TableOwner.IPVSADM)).toEqual([]);
});
