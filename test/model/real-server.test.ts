import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import { HealthCheck } from "../../src/model/health-check";
import {
  duplicateProblems,
  familyProblems,
  notVipProblems,
  realServerProblems,
  portOfMethodProblems,
  type RealServer,
} from "../../src/model/real-server";

const token = new Deferred("${host.ip}", "${bracketed(host.ip)}");
const service = { vip: "192.0.2.1", port: 80 };
const server: RealServer = {
  address: "10.0.0.11",
  port: 80,
  weight: 1,
  forwardingMethod: ForwardingMethod.DR,
  healthCheck: HealthCheck.none(),
};

const { DR } = ForwardingMethod;

describe("realServerProblems", () => {
  const accepted: [string, Partial<RealServer>][] = [
    ["the plainest real server", {}],
    ["weight 0, which drains", { weight: 0 }],
    ["the highest weight", { weight: 65535 }],
    ["tokens", { address: token, port: token, weight: token }],
    ["a health check on another port", { healthCheck: HealthCheck.tcp({ port: 8080 }) }],
  ];

  test.each(accepted)("accepts %s", (_title, props) => {
    expect(realServerProblems("realServers[0]", { ...server, ...props }, service)).toEqual([]);
  });

  const refused: [Partial<RealServer>, string, string][] = [
    [{ address: "" }, "address", "must be an IPv4 or IPv6 address, got ''"],
    [{ address: "web1" }, "address", "must be an IPv4 or IPv6 address, got 'web1'"],
    [{ address: "0.0.0.0" }, "address", "must be a unicast address, got '0.0.0.0' (the unspecified address)"],
    [
      { address: "2001:db8::11" },
      "address",
      "must be IPv4 like the VIP 192.0.2.1, got '2001:db8::11'; only tunneling can mix address families",
    ],
    [{ address: "192.0.2.1" }, "address", "must not be the VIP, got '192.0.2.1'; give the address of the host itself"],
    [{ port: 8080 }, "port", "must equal the service port 80 under direct routing, got 8080; DR cannot rewrite ports"],
    [{ weight: -1 }, "weight", "must be an integer from 0 to 65535, got -1"],
    [{ weight: 65536 }, "weight", "must be an integer from 0 to 65535, got 65536"],
    [{ weight: 0.5 }, "weight", "must be an integer from 0 to 65535, got 0.5"],
    [{ healthCheck: HealthCheck.tcp({ port: 0 }) }, "healthCheck.port", "must be an integer from 1 to 65535, got 0"],
  ];

  test.each(refused)("refuses %j", (props, prop, message) => {
    expect(realServerProblems("realServers[0]", { ...server, ...props }, service)).toEqual([
      { path: `realServers[0].${prop}`, message },
    ]);
  });

  test("refuses port 0 for its range and for not being the port of the service", () => {
    expect(realServerProblems("realServers[0]", { ...server, port: 0 }, service)).toEqual([
      { path: "realServers[0].port", message: "must be an integer from 1 to 65535, got 0" },
      {
        path: "realServers[0].port",
        message: "must equal the service port 80 under direct routing, got 0; DR cannot rewrite ports",
      },
    ]);
  });
});

describe("familyProblems", () => {
  test.each([
    ["IPv4 behind IPv4", "10.0.0.11", "192.0.2.1"],
    ["IPv6 behind IPv6, short and long", "2001:db8:0:0:0:0:0:11", "2001:db8::1"],
    ["an address known only at apply", token, "2001:db8::1"],
    ["a VIP known only at apply", "10.0.0.11", token],
    ["text that another rule refuses", "web1", "192.0.2.1"],
  ])("accepts %s", (_title, address, vip) => {
    expect(familyProblems("address", address, vip, DR)).toEqual([]);
  });

  test("refuses IPv4 behind IPv6", () => {
    expect(familyProblems("sorryServer.address", "10.0.0.11", "2001:db8::1", DR)).toEqual([
      {
        path: "sorryServer.address",
        message: "must be IPv6 like the VIP 2001:db8::1, got '10.0.0.11'; only tunneling can mix address families",
      },
    ]);
  });
});

describe("notVipProblems", () => {
  test.each([
    ["another address", "10.0.0.11", "192.0.2.1"],
    ["an address known only at apply", token, "192.0.2.1"],
    ["a VIP known only at apply", "10.0.0.11", token],
    ["tokens of different texts", token, new Deferred("${vip.ip}")],
    ["text that another rule refuses", "", ""],
  ])("accepts %s", (_title, address, vip) => {
    expect(notVipProblems("address", address, vip)).toEqual([]);
  });

  test.each([
    ["the VIP", "192.0.2.1", "192.0.2.1", "'192.0.2.1'"],
    ["the VIP in another spelling", "2001:DB8:0::1", "2001:db8::1", "'2001:DB8:0::1'"],
    ["the token of the VIP", token, token, "a value known only at apply"],
  ])("refuses %s", (_title, address, vip, got) => {
    expect(notVipProblems("address", address, vip)).toEqual([
      { path: "address", message: `must not be the VIP, got ${got}; give the address of the host itself` },
    ]);
  });
});

describe("portOfMethodProblems", () => {
  test.each([
    ["the same port", 443, 443],
    ["a port known only at apply", token, 443],
    ["a service port known only at apply", 8443, token],
  ])("accepts %s", (_title, port, servicePort) => {
    expect(portOfMethodProblems("port", port, servicePort, DR)).toEqual([]);
  });

  test("refuses another port", () => {
    expect(portOfMethodProblems("port", 8443, 443, DR)).toEqual([
      {
        path: "port",
        message: "must equal the service port 443 under direct routing, got 8443; DR cannot rewrite ports",
      },
    ]);
  });
});

const short = "2001:db8::11";
const long = "2001:0db8:0000:0000:0000:0000:0000:0011";

const pairs: [string, Partial<RealServer>, Partial<RealServer>, string | undefined][] = [
  ["the same address and port", {}, {}, "10.0.0.11:80"],
  ["another weight only", { weight: 1 }, { weight: 0 }, "10.0.0.11:80"],
  ["one IPv6 address in two spellings", { address: short }, { address: long }, "[2001:db8::11]:80"],
  ["the same token", { address: token }, { address: token }, "${bracketed(host.ip)}:80"],
  ["another address", {}, { address: "10.0.0.12" }, undefined],
  ["another port", {}, { port: 81 }, undefined],
  ["a token and a literal", { address: token }, {}, undefined],
  ["another token", { address: token }, { address: new Deferred("${other.ip}") }, undefined],
  ["a port known only at apply", {}, { port: token }, undefined],
];

describe.each(pairs)("two real servers with %s", (_title, a, b, shared) => {
  const first = { ...server, ...a };
  const second = { ...server, ...b };

  test(shared === undefined ? "are accepted" : "are refused as duplicates", () => {
    const message = `must be unique in the service, got ${shared} again; it is realServers[0] already`;
    expect(duplicateProblems("realServers", [first, second])).toEqual(
      shared === undefined ? [] : [{ path: "realServers[1]", message }],
    );
  });
});

test("every further duplicate names the first one", () => {
  const other = { ...server, address: "10.0.0.12" };
  expect(duplicateProblems("realServers", [other, server, server, server])).toEqual([
    {
      path: "realServers[2]",
      message: "must be unique in the service, got 10.0.0.11:80 again; it is realServers[1] already",
    },
    {
      path: "realServers[3]",
      message: "must be unique in the service, got 10.0.0.11:80 again; it is realServers[1] already",
    },
  ]);
});

test("a duplicate of an address with a line break is told on one line", () => {
  const wrong = { ...server, address: "a\nb" };
  expect(duplicateProblems("realServers", [wrong, wrong])).toEqual([
    {
      path: "realServers[1]",
      message: String.raw`must be unique in the service, got a\nb:80 again; it is realServers[0] already`,
    },
  ]);
});

test("no real servers are no duplicates", () => {
  expect(duplicateProblems("realServers", [])).toEqual([]);
});
