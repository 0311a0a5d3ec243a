import { isDeepStrictEqual } from "node:util";
import { HealthCheck, Scheduler } from "../../src";
import { lvsMatchers, synthHosts } from "../../src/testing";
import { newStack } from "../support/stacks";
import { addPlainDirector, unknownText, webStack } from "../support/web-stack";

expect.extend(lvsMatchers);

const { stack, lb } = webStack({ additionalVips: ["192.0.2.101"], persistence: { timeoutSeconds: 300 } });
addPlainDirector(stack);
const hosts = synthHosts(stack);

/** The whole message of an assertion that fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the assertion holds");
}

test("a virtual service that is there", () => {
  expect(lb.node.path).toBe("web/lb");
  expect(hosts).toHaveVirtualService({ vip: "192.0.2.100", port: 80, protocol: "TCP", scheduler: Scheduler.WLC });
  expect(hosts).toHaveVirtualService({ vip: "192.0.2.101", scheduler: "wlc", persistence: { timeoutSeconds: 300 } });
  expect(hosts).toHaveVirtualService({ vip: "2001:DB8:0::100" });
  expect(hosts.host("lb/secondary")).toHaveVirtualService({ path: "web/web", port: expect.any(Number) as number });
  expect(hosts.host("plain")).not.toHaveVirtualService({ port: 80 });
});

test("a virtual service that is not: the nearest and the difference", () => {
  const wanted = { vip: "192.0.2.101", port: 443, scheduler: Scheduler.RR, persistence: { prefixLength: 24 } };
  expect(failure(() => expect(hosts).toHaveVirtualService(wanted))).toBe(`expected a virtual service with
  vip: '192.0.2.101'
  port: 443
  scheduler: 'rr'
  persistence.prefixLength: 24
but the nearest is TCP 192.0.2.101:80 (web/web) on web/lb/primary, web/lb/secondary:
  port: expected 443, got 80
  scheduler: expected 'rr', got 'wlc'
  persistence.prefixLength: expected 24, got nothing`);
});

test("of services that differ in as much, the one with the VIP is nearest", () => {
  expect(failure(() => expect(hosts).toHaveVirtualService({ vip: "2001:db8::100", port: 80 }))).toContain(
    "but the nearest is TCP [2001:db8::100]:53 (web/dns) on web/plain:\n  port: expected 80, got 53",
  );
});

test("what the test framework compares by itself has its own words", () => {
  const expected = { port: expect.any(String) as string, vip: expect.stringContaining("198.51") as string };
  const message = failure(() => expect(hosts).toHaveVirtualService(expected));
  expect(message).toContain("  port: Any<String>\n  vip: StringContaining '198.51'\n");
});

test("a virtual service that should not be there", () => {
  expect(failure(() => expect(hosts).not.toHaveVirtualService({ port: 80 }))).toBe(`expected no virtual service with
  port: 80
but there is
  TCP 192.0.2.100:80 (web/web) on web/lb/primary, web/lb/secondary
  TCP 192.0.2.101:80 (web/web) on web/lb/primary, web/lb/secondary`);
});

test("nothing to be near to", () => {
  expect(failure(() => expect(hosts.host("web1")).toHaveVirtualService({ port: 80 }))).toBe(
    "expected a virtual service with\n  port: 80\nbut web/web1 has none at all",
  );
  expect(failure(() => expect(synthHosts(newStack())).toHaveVirtualService({ port: 80 }))).toBe(
    "expected a virtual service with\n  port: 80\nbut the stack, which has no director, has none at all",
  );
});

test("a firewall mark", () => {
  const marked = webStack({ port: undefined, firewallMark: { mark: 7 }, healthCheck: HealthCheck.none() } as never);
  const message = failure(() => expect(synthHosts(marked.stack)).toHaveVirtualService({ firewallMark: { mark: 8 } }));
  expect(message).toContain(
    "the nearest is firewall mark 7 (web/web) on web/lb/primary, web/lb/secondary:\n  firewallMark.mark: expected 8, got 7",
  );
});

test("a real server of a service, of a director, of any", () => {
  const web1 = { address: "192.0.2.21", port: 80, weight: 2, forwardingMethod: "DR" } as const;
  for (const place of [hosts, hosts.host("lb/primary"), hosts.service("web")]) {
    expect(place).toHaveRealServer(web1);
    expect(place).not.toHaveRealServer({ ...web1, weight: 0 });
    expect(place).not.toHaveRealServer({ address: "192.0.2.23" });
  }
  expect(hosts).toHaveRealServer({ address: "2001:db8:0::21", healthCheck: { type: "none" } });
  expect(hosts.service("web")).not.toHaveRealServer({ address: "2001:db8::21" });
});

test("a real server that is not: the nearest and the difference", () => {
  const wanted = { address: "192.0.2.22", port: 80, weight: 5, healthCheck: { path: "/ready" } };
  expect(failure(() => expect(hosts).toHaveRealServer(wanted))).toBe(`expected a real server with
  address: '192.0.2.22'
  port: 80
  weight: 5
  healthCheck.path: '/ready'
but the nearest is 192.0.2.22:80 of TCP 192.0.2.100:80 (web/web) on web/lb/primary, web/lb/secondary:
  weight: expected 5, got 1
  healthCheck.path: expected '/ready', got '/health'`);
  expect(failure(() => expect(hosts.service("dns")).toHaveRealServer({ port: 54 }))).toBe(`expected a real server with
  port: 54
but the nearest is [2001:db8::21]:53 of TCP [2001:db8::100]:53 (web/dns):
  port: expected 54, got 53`);
});

test("a real server that should not be there", () => {
  expect(failure(() => expect(hosts.service("web")).not.toHaveRealServer({ weight: 1 }))).toBe(
    "expected no real server with\n  weight: 1\nbut there is\n  192.0.2.22:80 of TCP 192.0.2.100:80 (web/web)",
  );
});

test("a token in a test is the value that it stands for", () => {
  const own = newStack("web");
  const vip = unknownText(own, "vip");
  const synthesized = synthHosts(webStack({ vip }, {}, [], "eth0", own).stack);
  expect(synthesized).toHaveVirtualService({ vip });
  expect(synthesized.host("lb/primary")).toHaveVirtualService({ vip: "${var.vip}" });
  expect(failure(() => expect(synthesized).toHaveVirtualService({ vip, port: 81 }))).toContain(
    "  vip: '${var.vip}'\n  port: 81\nbut the nearest is TCP ${var.vip}:80 (web/web)",
  );
  expect(synthesized.service("web")).not.toHaveRealServer({ address: vip });
});

test("anything else is refused, and what it takes is told", () => {
  const needs = "what synthHosts() returns, or one of its hosts";
  expect(() => expect({}).toHaveVirtualService({})).toThrow(new TypeError(`toHaveVirtualService() needs ${needs}`));
  expect(() => expect(hosts.service("web")).toHaveVirtualService({})).toThrow(TypeError);
  expect(() => expect("{}").toHaveRealServer({})).toThrow(
    new TypeError(`toHaveRealServer() needs ${needs}, or a virtual service of one`),
  );
});

test("the protocol of expect.extend() alone: a context that compares, and what passed with a message", () => {
  const context = { equals: isDeepStrictEqual };
  const found = lvsMatchers.toHaveVirtualService.call(context, hosts, { port: 53 });
  expect([found.pass, found.message()]).toEqual([
    true,
    "expected no virtual service with\n  port: 53\nbut there is\n  TCP [2001:db8::100]:53 (web/dns) on web/plain",
  ]);
  const lost = lvsMatchers.toHaveRealServer.call(context, hosts.service("dns"), { weight: 3 });
  expect([lost.pass, lost.message().split("\n").at(-1)]).toEqual([false, "  weight: expected 3, got 1"]);
});
