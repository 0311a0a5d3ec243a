import { TerraformVariable, type TerraformStack } from "cdktf";
import { DrRealServer, HaPair, NatRealServer, SyncGroup, VirtualService, VrrpInstance } from "../../src";
import { newStack, ssh, synthError, synthesize } from "../support/stacks";
import { instance, pair, refused } from "../support/vrrp-stacks";

test("one VRID for two instances of a pair", () => {
  const lines = refused((stack) => {
    new VrrpInstance(stack, "api", { pair: pair(stack, "lb", "10.0.0"), virtualRouterId: 51 });
  });
  expect(lines).toEqual([
    "[stack/api] virtualRouterId: must be unique on the network segment, got 51 again; 'stack/lb' uses it already",
  ]);
});

test("one VRID for two instances of a pair whose addresses are known only at apply, on two interfaces", () => {
  const lines = refused((stack) => {
    const address = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
    const lb = pair(stack, "lb", "10.0.0", { primary: { address, connection: ssh } });
    const directorAddresses = ["192.168.0.11", "192.168.0.12"];
    new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 51, interface: "eth1", directorAddresses });
  });
  expect(lines).toEqual([
    "[stack/api] virtualRouterId: must be unique on the network segment, got 51 again; 'stack/lb' uses it already",
  ]);
});

const IPV6_SIDE = ["2001:db8::11", "2001:db8::12"];

test("one VRID for an IPv4 and an IPv6 instance of a pair is legal, once each", () => {
  const stack = newStack();
  const lb = pair(stack, "lb", "10.0.0");
  const ipv6 = { pair: lb, virtualRouterId: 51, directorAddresses: IPV6_SIDE };
  new VrrpInstance(stack, "ipv6", { ...ipv6, vips: ["2001:db8::100"] });
  expect(Object.keys(synthesize(stack).resource ?? {})).not.toEqual([]);
  new VrrpInstance(stack, "again", { ...ipv6, vips: ["2001:db8::101"] });
  expect(synthError(stack)).toContain(
    "[stack/again] virtualRouterId: must be unique on the network segment, got 51 again; 'stack/ipv6' uses it already",
  );
});

test("one VRID for two families whose virtual MACs would have one name", () => {
  const lines = refused((stack) => {
    const lb = pair(stack, "lb", "10.0.0", { virtualMac: {} });
    instance(stack, "ipv6", { pair: lb, virtualRouterId: 51, directorAddresses: IPV6_SIDE, virtualMac: {} });
  });
  expect(lines).toEqual([
    "[stack/ipv6] virtualMac.name: must be an interface of its own, got 'vrrp.51' again; VRRP instance 'lb' has it already",
  ]);
});

test("one VRID for instances of two pairs that meet on an inside segment alone", () => {
  const inside = (first: number) => [`192.168.0.${first}`, `192.168.0.${first + 1}`];
  const lines = refused((stack) => {
    const one = { pair: pair(stack, "one", "10.0.0"), interface: "eth1", directorAddresses: inside(11) };
    const two = { pair: pair(stack, "two", "10.0.1"), interface: "eth1", directorAddresses: inside(13) };
    instance(stack, "in-one", one);
    instance(stack, "in-two", { ...two, vips: ["10.0.1.150"] });
  });
  expect(lines).toEqual([
    "[stack/in-two] virtualRouterId: must be unique on the network segment, got 52 again; 'stack/in-one' uses it already",
  ]);
});

test("one VIP in two instances", () => {
  const lines = refused((stack) => {
    const lb = pair(stack, "lb", "10.0.0");
    const api = instance(stack, "api", { pair: lb, vips: ["10.0.0.100"] });
    const web2 = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh });
    const tls = { director: lb, vrrpInstance: api, vip: "10.0.0.101", additionalVips: ["10.0.0.100"], port: 443 };
    new VirtualService(stack, "tls", tls).addRealServer(web2);
  });
  const again = "must be in one VRRP instance with its VIP, got 10.0.0.100 in 'stack/api'";
  expect(lines).toEqual([
    `[stack/lb] virtual service 'stack/tls': ${again}; virtual service 'stack/lb-web' has it in 'stack/lb'`,
    `[stack/lb] VRRP instance 'stack/api' vips[0]: ${again}; virtual service 'stack/lb-web' has it in 'stack/lb'`,
  ]);
});

test("a service in an instance of another pair", () => {
  const lines = refused((stack) => {
    const one = pair(stack, "one", "10.0.0");
    const api = instance(stack, "api", { pair: pair(stack, "two", "10.0.1"), vips: ["10.0.1.150"] });
    const web2 = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh });
    const calls = { director: one, vrrpInstance: api, vip: "10.0.0.101", port: 80 };
    new VirtualService(stack, "calls", calls).addRealServer(web2);
  });
  expect(lines).toEqual([
    "[stack/calls] vrrpInstance: must be an instance of 'stack/one', got 'stack/api' of 'stack/two'",
  ]);
});

test("a host twice among the directors, and the settings of an instance", () => {
  const lines = refused((stack) => {
    const again = { address: "10.0.0.11", connection: { ...ssh, port: 0 } };
    const lb = pair(stack, "lb", "10.0.0", { furtherBackups: [again] });
    instance(stack, "api", { pair: lb, preferred: "furtherBackups[1]", vips: ["10.0.0.12"] });
  });
  expect(lines).toEqual([
    "[stack/lb] furtherBackups[0].connection.port: must be an integer from 1 to 65535, got 0",
    "[stack/lb] furtherBackups[0].address: must differ from primary.address, got '10.0.0.11' for both",
    "[stack/lb] VRRP instance 'stack/api' vips[0]: must not use secondary.address as a VIP, got '10.0.0.12'; a VIP moves between the directors, their own addresses stay",
    "[stack/api] preferred: must be a known value, got 'furtherBackups[1]'; use one of primary, secondary, furtherBackups[0]",
  ]);
});

describe("addresses that a pair has already", () => {
  const moves = "a VIP moves between the directors, their own addresses stay";

  test("a VIP of a service that is a director's own address", () => {
    const lines = refused((stack) => {
      const lb = pair(stack, "lb", "10.0.0");
      const web2 = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh });
      const tls = { director: lb, vip: "10.0.0.101", additionalVips: ["10.0.0.11"], port: 443 };
      new VirtualService(stack, "tls", tls).addRealServer(web2);
    });
    expect(lines).toEqual([
      `[stack/lb] virtual service 'stack/tls': must not use primary.address as a VIP, got '10.0.0.11'; ${moves}`,
    ]);
  });

  test("a VIP that an instance sends its adverts from", () => {
    const lines = refused((stack) => {
      const directorAddresses = ["192.168.0.11", "192.168.0.12"];
      const inside = { pair: pair(stack, "lb", "10.0.0"), interface: "eth1", directorAddresses };
      instance(stack, "api", { ...inside, vips: ["192.168.0.100", "192.168.0.12"] });
    });
    expect(lines).toEqual([
      `[stack/lb] VRRP instance 'stack/api' vips[1]: must not use directorAddresses[1] of VRRP instance 'stack/api' as a VIP, got '192.168.0.12'; ${moves}`,
    ]);
  });

  test.each<[string, string, string]>([
    ["a director's own address", "10.0.0.12", "secondary.address"],
    [
      "an address that an instance sends its adverts from",
      "192.168.0.11",
      "directorAddresses[0] of VRRP instance 'stack/api'",
    ],
    ["the VIP of a service", "10.0.0.100", "the VIP of virtual service 'stack/lb-web'"],
    ["a VIP of the pair itself", "10.0.0.102", "VRRP instance 'stack/lb' vips[0]"],
    ["a VIP of another instance", "10.0.0.150", "VRRP instance 'stack/api' vips[0]"],
    ["a real server", "10.0.0.21", "realServers[0] of virtual service 'stack/lb-web'"],
    ["a sorry server", "10.0.0.29", "the sorryServer of virtual service 'stack/tls'"],
  ])("%s as the natGateway", (_title, address, owner) => {
    const lines = refused((stack) => {
      const natGateway = { interface: "eth1", address, ipv6Address: "2001:db8::254" };
      const lb = pair(stack, "lb", "10.0.0", { natGateway, vips: ["10.0.0.102"] });
      instance(stack, "api", { pair: lb, directorAddresses: ["192.168.0.11", "192.168.0.12"] });
      const web2 = new DrRealServer(stack, "web2", { address: "10.0.0.22", connection: ssh });
      const tls = { director: lb, vip: "10.0.0.101", port: 443, sorryServer: { address: "10.0.0.29" } };
      new VirtualService(stack, "tls", tls).addRealServer(web2);
    });
    expect(lines).toEqual([
      `[stack/lb] natGateway.address: must be an address of its own, got '${address}'; it is ${owner}`,
    ]);
  });
});

test("a service under NAT whose instance leaves the gateway behind", () => {
  const nat = (stack: TerraformStack): [HaPair, VrrpInstance] => {
    const lb = pair(stack, "lb", "10.0.0", { natGateway: { interface: "eth1", address: "10.1.0.1" } });
    const api = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52 });
    const app1 = new NatRealServer(stack, "app1", { address: "10.1.0.21", connection: ssh });
    const calls = { director: lb, vrrpInstance: api, vip: "10.0.0.101", port: 80 };
    new VirtualService(stack, "calls", calls).addRealServer(app1);
    return [lb, api];
  };
  expect(refused(nat)).toEqual([
    "[stack/lb] virtual service 'stack/calls' vrrpInstance: must be the pair's own instance, or one of a sync group with it, under NAT, got 'stack/api'; replies go to the natGateway, which moves with the pair",
  ]);
  const stack = newStack();
  new SyncGroup(stack, "together", { instances: nat(stack) });
  expect(() => synthesize(stack)).not.toThrow();
});
