import { ForwardingMethod } from "../../src/model/forwarding-method";
import { Deferred } from "../../src/model/deferred";
import { neededText, repeatedText } from "../../src/model/deferred-list";
import { listRules, listsOnly } from "../../src/model/real-server-list";
import { Scheduler } from "../../src/model/scheduler";
import { realServersProblems } from "../../src/model/service-rules";
import { serviceWarnings } from "../../src/model/service-warnings";
import { TableOwner } from "../../src/model/table-owner";
import { realServer, serversOf, service, textList } from "../support/models";

const blue = textList("blue");
const green = textList("green");

test("text that is repeated, or needed for lists alone", () => {
  expect(repeatedText(undefined, "x")).toBe("x");
  expect(repeatedText(blue, "x")).toBe("<each blue>x<end>");
  expect(neededText(undefined, "x")).toBe("x");
  expect(neededText([], "x")).toBe("x");
  expect(neededText([blue, green], "x")).toBe("<any blue <green>>x<end>");
});

test("a service is for lists alone until synth knows of a real server", () => {
  expect(listsOnly(service({}, []))).toEqual([]);
  expect(listsOnly(service({}, [serversOf(blue), serversOf(green)]))).toEqual([blue, green]);
  expect(listsOnly(service({}, [serversOf(blue), realServer()]))).toEqual([]);
});

describe("listRules", () => {
  test("a list by itself must be of the family of the VIP, without the VIP", () => {
    expect(listRules([service({}, [serversOf(blue)])])).toEqual([
      { service: "10.0.0.100:80/tcp", list: blue, family: "IPv4", others: ["10.0.0.100"], otherLists: [] },
    ]);
  });

  test("the rest of the service, where ports could be the same", () => {
    const vip = new Deferred("${vip}", "[${vip}]");
    const nat = { forwardingMethod: ForwardingMethod.NAT };
    const web = service({ vip, sorryServer: { address: "10.0.0.99" } }, [
      realServer(nat),
      realServer({ address: "10.0.0.22", port: 8080, ...nat }),
      serversOf(blue, nat),
      serversOf(green, nat),
      serversOf(green, { port: 8080, ...nat }),
    ]);
    expect(listRules([web, service()])).toEqual([
      { service: "[${vip}]:80/tcp", list: blue, others: [vip, "10.0.0.21", "10.0.0.99"], otherLists: [] },
      { service: "[${vip}]:80/tcp", list: green, others: [vip, "10.0.0.21", "10.0.0.99"], otherLists: [blue] },
      { service: "[${vip}]:80/tcp", list: green, others: [vip, "10.0.0.22"], otherLists: [] },
    ]);
  });

  test("tunnels carry both families", () => {
    const [rule] = listRules([service({}, [serversOf(blue, { forwardingMethod: ForwardingMethod.TUN })])]);
    expect(rule).not.toHaveProperty("family");
  });
});

describe("what depends on the number of real servers is not known", () => {
  test.each([
    ["a quorum that a longer list would reach", service({ quorum: 5 }, [serversOf(blue)])],
    ["a quorum beside a real server", service({ quorum: 5 }, [serversOf(blue), realServer()])],
    ["two lists", service({}, [serversOf(blue), serversOf(green)])],
    ["one list on two ports", service({}, [serversOf(blue), serversOf(blue, { port: 81, ...natOnly() })])],
  ])("accepts %s", (_title, web) => {
    expect(realServersProblems(web, TableOwner.KEEPALIVED)).toEqual([]);
  });

  test("the same list twice is refused, and so is one that only drains", () => {
    const drained = { weight: 0 };
    const web = service({}, [serversOf(blue, drained), serversOf(blue, drained)]);
    expect(realServersProblems(web, TableOwner.KEEPALIVED)).toEqual([
      {
        path: "realServers[1]",
        message: "must be unique in the service, got the same list again; it is realServers[0] already",
      },
      {
        path: "realServers",
        message:
          "must have a total weight of at least 1, got 0; keepalived cannot drain the last real server, give another one a weight",
      },
    ]);
  });

  test("warnings of weights are about what is known", () => {
    const web = service({ scheduler: Scheduler.SH }, [serversOf(blue, { weight: 300 }), realServer()]);
    expect(serviceWarnings(web, TableOwner.KEEPALIVED)).toEqual([]);
    const draining = service({}, [serversOf(blue, { weight: 0 }), realServer()]);
    expect(serviceWarnings(draining, TableOwner.KEEPALIVED)).toEqual([
      "drains: the real servers of a list get no new connections; raise their weight to use them again",
    ]);
  });

  test("a sorry server does not outlive the list", () => {
    const sorryServer = { address: "10.0.0.99" };
    expect(serviceWarnings(service({ sorryServer }, [serversOf(blue)]), TableOwner.KEEPALIVED)).toEqual([
      "the sorry server does not answer while the list of real servers is empty: keepalived needs one to have the service; add a real server that is in no list",
    ]);
    const both = service({ sorryServer }, [serversOf(blue), realServer()]);
    expect(serviceWarnings(both, TableOwner.KEEPALIVED)).toEqual([]);
  });
});

function natOnly() {
  return { forwardingMethod: ForwardingMethod.NAT };
}
