import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod, methodName, rewritesPorts } from "../../src/model/forwarding-method";
import {
  familyProblems,
  portOfMethodProblems,
  realServerProblems,
  type ServiceAddress,
} from "../../src/model/real-server";
import { realServer } from "../support/models";

const { DR, NAT, TUN } = ForwardingMethod;
const token = new Deferred("${x}");
const IPV4 = "192.0.2.1";
const IPV6 = "2001:db8::1";

test.each([
  [DR, "direct routing", false],
  [NAT, "NAT", true],
  [TUN, "tunneling", false],
])("%s is called %s and rewrites ports: %s", (method, name, rewrites) => {
  expect([methodName(method), rewritesPorts(method)]).toEqual([name, rewrites]);
});

describe("the family of a real server", () => {
  const other = (family: string, vip: string, address: string): string =>
    `must be ${family} like the VIP ${vip}, got '${address}'; only tunneling can mix address families`;

  test.each([
    [DR, "10.0.0.21", IPV6, other("IPv6", IPV6, "10.0.0.21")],
    [DR, "2001:db8::21", IPV4, other("IPv4", IPV4, "2001:db8::21")],
    [NAT, "10.0.0.21", IPV6, other("IPv6", IPV6, "10.0.0.21")],
    [NAT, "2001:db8::21", IPV4, other("IPv4", IPV4, "2001:db8::21")],
    [NAT, "10.0.0.21", IPV4, undefined],
    [NAT, "2001:db8::21", token, undefined],
    [TUN, "10.0.0.21", IPV6, undefined],
    [TUN, "2001:db8::21", IPV4, undefined],
    [TUN, "10.0.0.21", IPV4, undefined],
  ])("under %s: %s behind %s", (method, address, vip, message) => {
    const expected = message === undefined ? [] : [{ path: "address", message }];
    expect(familyProblems("address", address, vip, method)).toEqual(expected);
  });
});

describe("the port of a real server", () => {
  const equal = (name: string, method: string, port = 8080): string =>
    `must equal the service port 80 under ${name}, got ${port}; ${method} cannot rewrite ports`;
  const none = (name: string): string =>
    `must not be set under ${name} when the service has no single port, got 8080; the client's port stays`;

  test.each([
    [DR, 8080, 80, equal("direct routing", "DR")],
    [TUN, 8080, 80, equal("tunneling", "TUN")],
    [TUN, 0, 80, equal("tunneling", "TUN", 0)],
    [NAT, 8080, 80, undefined],
    [NAT, 80, 80, undefined],
    [DR, 8080, 0, none("direct routing")],
    [TUN, 8080, 0, none("tunneling")],
    [NAT, 8080, 0, undefined],
    [DR, 0, 0, undefined],
    [TUN, 0, 0, undefined],
    [TUN, token, 80, undefined],
    [TUN, 8080, token, undefined],
  ])("under %s: %s for a service on %s", (method, port, servicePort, message) => {
    const expected = message === undefined ? [] : [{ path: "port", message }];
    expect(portOfMethodProblems("port", port, servicePort, method)).toEqual(expected);
  });
});

describe("a real server of a service", () => {
  const persistence = { timeoutSeconds: 300 };
  const marked: ServiceAddress = { vip: IPV4, port: 0 };
  const nat = { forwardingMethod: NAT };

  test.each([
    ["another port under NAT", { ...nat, port: 8080 }, { vip: IPV4, port: 80 }],
    ["another port under NAT, with persistence", { ...nat, port: 8080 }, { vip: IPV4, port: 80, persistence }],
    ["another port under NAT for marked packets", { ...nat, port: 8080 }, marked],
    ["the client's port under NAT", { ...nat, port: 0 }, { ...marked, persistence }],
    ["the client's port under direct routing", { port: 0 }, { ...marked, persistence }],
    ["the other family through a tunnel", { address: "2001:db8::21", forwardingMethod: TUN }, { vip: IPV4, port: 80 }],
    ["limits", { upperThreshold: 10, lowerThreshold: 5 }, { vip: IPV4, port: 80 }],
    ["a port known only at apply", { ...nat, port: token }, { vip: IPV4, port: 80, persistence }],
  ])("may have %s", (_title, different, service) => {
    expect(realServerProblems("realServers[0]", realServer(different), service)).toEqual([]);
  });

  const clientsPort = "the client's port stays";
  test.each([
    [
      "a port that persistence ignores",
      { ...nat, port: 8080 },
      { ...marked, persistence },
      "port",
      `must not be set with persistence when the service has no single port, got 8080; ${clientsPort}`,
    ],
    [
      "such a port known only at apply",
      { ...nat, port: token },
      { ...marked, persistence },
      "port",
      `must not be set with persistence when the service has no single port, got a value known only at apply; ${clientsPort}`,
    ],
    [
      "a port that direct routing cannot reach, whatever the persistence",
      { port: 8080 },
      { ...marked, persistence },
      "port",
      `must not be set under direct routing when the service has no single port, got 8080; ${clientsPort}`,
    ],
    [
      "port 0 under NAT",
      { ...nat, port: 0 },
      { vip: IPV4, port: 80 },
      "port",
      "must be an integer from 1 to 65535, got 0",
    ],
    [
      "a further VIP as its address",
      { address: "192.0.2.2" },
      { vip: IPV4, additionalVips: ["192.0.2.3", "192.0.2.2"], port: 80 },
      "address",
      "must not be the VIP, got '192.0.2.2'; give the address of the host itself",
    ],
    [
      "limits that the kernel refuses",
      { upperThreshold: 5, lowerThreshold: 6 },
      { vip: IPV4, port: 80 },
      "lowerThreshold",
      "must be at most upperThreshold 5, got 6; the kernel refuses it",
    ],
  ])("may not have %s", (_title, different, service, path, message) => {
    expect(realServerProblems("realServers[0]", realServer(different), service)).toEqual([
      { path: `realServers[0].${path}`, message },
    ]);
  });
});
