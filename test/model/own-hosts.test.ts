import { Deferred } from "../../src/model/deferred";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import {
  ownSorryServerProblems,
  unpreparedHostProblems,
  type OwnHosts,
  type UnpreparedServer,
} from "../../src/model/own-hosts";
import type { VirtualService } from "../../src/model/virtual-service";
import { realServer, service } from "../support/models";

const { DR, NAT, TUN } = ForwardingMethod;
const token = new Deferred("${lb1}");
const pair: OwnHosts = { addresses: ["10.0.0.11", "2001:db8::12", token], localVips: [] };
const alone: OwnHosts = { addresses: ["10.0.0.11"], localVips: [] };

describe("real servers that others prepare", () => {
  const legacy: UnpreparedServer = { path: "legacy", addresses: ["10.0.0.21"], forwardingMethod: DR };

  test.each<[string, UnpreparedServer]>([
    ["another host", legacy],
    ["a host of the director by NAT", { ...legacy, addresses: ["10.0.0.11"], forwardingMethod: NAT }],
    ["another token", { ...legacy, addresses: [new Deferred("${web1}")] }],
  ])("may be %s", (_title, server) => {
    expect(unpreparedHostProblems([server], pair)).toEqual([]);
  });

  test.each<[string, UnpreparedServer, string]>([
    ["a host of the director", { ...legacy, addresses: ["10.0.0.11"] }, "direct routing, got '10.0.0.11'"],
    ["one in a list", { ...legacy, addresses: ["10.0.0.21", "10.0.0.11"] }, "direct routing, got '10.0.0.11'"],
    ["another spelling", { ...legacy, addresses: ["2001:DB8:0::12"] }, "direct routing, got '2001:DB8:0::12'"],
    ["the same token", { ...legacy, addresses: [token] }, "direct routing, got a value known only at apply"],
    ["one by a tunnel", { ...legacy, addresses: ["10.0.0.11"], forwardingMethod: TUN }, "tunneling, got '10.0.0.11'"],
  ])("must not be %s", (_title, server, got) => {
    const message = `must not be a host of the director under ${got}; make a LocalRealServer of that host instead`;
    expect(unpreparedHostProblems([server], pair)).toEqual([{ path: "legacy", message }]);
  });
});

describe("a sorry server", () => {
  const own = { sorryServer: { address: "10.0.0.11" } };

  test.each<[string, VirtualService, OwnHosts]>([
    ["nobody", service(), pair],
    ["another host", service({ sorryServer: { address: "10.0.0.99" } }), pair],
    ["the director that has the VIP", service({ sorryServer: { address: "127.0.0.1" } }), pair],
    ["a director that stands alone", service(own), alone],
    ["a host of a pair that serves the VIP", service(own), { ...pair, localVips: ["10.0.0.100"] }],
    ["a host of a pair by NAT", service(own, [realServer({ forwardingMethod: NAT })]), pair],
  ])("may be %s", (_title, model, hosts) => {
    expect(ownSorryServerProblems(model, hosts)).toEqual([]);
  });

  const sometimes = "is the one that has the VIP";
  test.each<[string, VirtualService, OwnHosts, string]>([
    [
      "a host of a pair",
      service(own),
      pair,
      `direct routing, got '10.0.0.11'; '127.0.0.1' under direct routing ${sometimes}`,
    ],
    [
      "one that serves one of the VIPs only",
      service({ ...own, additionalVips: ["10.0.0.101"] }),
      { ...pair, localVips: ["10.0.0.100"] },
      `direct routing, got '10.0.0.11'; '127.0.0.1' under direct routing ${sometimes}`,
    ],
    [
      "one over IPv6",
      service({ vip: "2001:db8::100", sorryServer: { address: "2001:db8:0::12" } }),
      pair,
      `direct routing, got '2001:db8::12'; '::1' under direct routing ${sometimes}`,
    ],
    [
      "one by a tunnel",
      service({ sorryServer: { address: "10.0.0.11", forwardingMethod: TUN } }),
      { ...pair, localVips: ["10.0.0.100"] },
      `tunneling, got '10.0.0.11'; '127.0.0.1' under direct routing ${sometimes}`,
    ],
  ])("must not be %s", (_title, model, hosts, words) => {
    const message = `must not be one host of a pair under ${words}`;
    expect(ownSorryServerProblems(model, hosts)).toEqual([{ path: "sorryServer.address", message }]);
  });
});
