import { Deferred } from "../../src/model/deferred";
import { directorProblems, ipvsModules, servicesProblems, vipsOf } from "../../src/model/director";
import { HealthCheck } from "../../src/model/health-check";
import { PersistenceEngine } from "../../src/model/persistence";
import { Protocol } from "../../src/model/protocol";
import { Scheduler } from "../../src/model/scheduler";
import type { VirtualService } from "../../src/model/virtual-service";

const token = new Deferred("${eip.ip}", "${bracketed(eip.ip)}");
const web: VirtualService = {
  vip: "192.0.2.1",
  port: 80,
  protocol: Protocol.TCP,
  scheduler: Scheduler.WLC,
  healthCheck: HealthCheck.tcp(),
  delayLoopSeconds: 5,
  realServers: [],
};

describe("the VIPs of a director", () => {
  test.each([
    ["none without services", [], []],
    ["each once", [{ vip: "192.0.2.1" }, { vip: "192.0.2.1" }], ["192.0.2.1"]],
    [
      "in the order of their first service",
      [{ vip: "192.0.2.9" }, { vip: "192.0.2.1" }, { vip: "192.0.2.9" }],
      ["192.0.2.9", "192.0.2.1"],
    ],
    [
      "each once when IPv6 is spelled in two ways",
      [{ vip: "2001:0DB8:0:0:0:0:0:1" }, { vip: "2001:db8::1" }],
      ["2001:db8::1"],
    ],
    ["each token once", [{ vip: token }, { vip: "192.0.2.1" }, { vip: token }], [token, "192.0.2.1"]],
    [
      "those of one service with its further ones",
      [{ vip: "192.0.2.1", additionalVips: ["192.0.2.3", "192.0.2.2"] }, { vip: "192.0.2.2" }],
      ["192.0.2.1", "192.0.2.3", "192.0.2.2"],
    ],
    [
      "tokens of different texts both",
      [{ vip: token }, { vip: new Deferred("${other.ip}") }],
      [token, new Deferred("${other.ip}")],
    ],
  ])("are %s", (_title, services, vips) => {
    expect(vipsOf(services)).toEqual(vips);
  });
});

describe("the kernel modules of a director", () => {
  test.each([
    ["ip_vs alone without services", [], ["ip_vs"]],
    ["those of the schedulers after ip_vs", [Scheduler.SH], ["ip_vs", "ip_vs_sh"]],
    ["each once", [Scheduler.RR, Scheduler.RR], ["ip_vs", "ip_vs_rr"]],
    ["in the order of their names", [Scheduler.WRR, Scheduler.MH], ["ip_vs", "ip_vs_mh", "ip_vs_wrr"]],
  ])("are %s", (_title, schedulers, modules) => {
    expect(ipvsModules(schedulers.map((scheduler) => ({ ...web, scheduler })))).toEqual(modules);
  });

  test("are those of persistence engines too, each once", () => {
    const phones = { ...web, persistence: { timeoutSeconds: 300, engine: PersistenceEngine.SIP } };
    expect(ipvsModules([phones, web, phones])).toEqual(["ip_vs", "ip_vs_wlc", "ip_vs_pe_sip"]);
  });
});

describe("servicesProblems", () => {
  const accepted: [string, Partial<VirtualService>][] = [
    ["another address", { vip: "192.0.2.2" }],
    ["another port", { port: 443 }],
    ["another protocol", { protocol: Protocol.UDP }],
    ["an address known only at apply", { vip: token }],
    ["a port known only at apply", { port: token }],
    ["all other ports", { port: 0 }],
    ["further VIPs of its own", { vip: "192.0.2.2", additionalVips: ["192.0.2.3"] }],
    ["a firewall mark", { port: 0, firewallMark: { mark: 1 } }],
  ];

  test.each(accepted)("accepts a second service with %s", (_title, props) => {
    const services = [
      { name: "web", service: web },
      { name: "other", service: { ...web, ...props } },
    ];
    expect(servicesProblems(services)).toEqual([]);
  });

  test("accepts no services", () => {
    expect(servicesProblems([])).toEqual([]);
  });

  const refused: [string, Partial<VirtualService>, Partial<VirtualService>, string][] = [
    ["the same address, port and protocol", {}, {}, "192.0.2.1:80/tcp"],
    ["another scheduler only", {}, { scheduler: Scheduler.RR }, "192.0.2.1:80/tcp"],
    [
      "the same IPv6 address in another spelling",
      { vip: "2001:db8::1" },
      { vip: "2001:0DB8:0:0:0:0:0:1" },
      "[2001:db8::1]:80/tcp",
    ],
    ["the same token", { vip: token }, { vip: token }, "${bracketed(eip.ip)}:80/tcp"],
    ["a further VIP that the first has", { additionalVips: ["192.0.2.2"] }, { vip: "192.0.2.2" }, "192.0.2.2:80/tcp"],
    [
      "a further VIP that is the first's own",
      {},
      { vip: "192.0.2.2", additionalVips: ["192.0.2.1"] },
      "192.0.2.1:80/tcp",
    ],
    ["all ports again", { port: 0 }, { port: 0 }, "192.0.2.1:0/tcp"],
    [
      "the same mark, whatever the VIP and the protocol",
      { firewallMark: { mark: 7 } },
      { firewallMark: { mark: 7 }, vip: "192.0.2.2", protocol: Protocol.UDP },
      "fwmark 7 (IPv4)",
    ],
    [
      "the same mark of IPv6",
      { firewallMark: { mark: 7 }, vip: "2001:db8::1" },
      { firewallMark: { mark: 7 }, vip: "2001:db8::2" },
      "fwmark 7 (IPv6)",
    ],
    [
      "the same mark known only at apply",
      { firewallMark: { mark: token } },
      { firewallMark: { mark: token } },
      "fwmark ${eip.ip} (IPv4)",
    ],
  ];

  test.each(refused)("refuses a second service with %s", (_title, first, second, key) => {
    const services = [
      { name: "web", service: { ...web, ...first } },
      { name: "copy", service: { ...web, ...second } },
    ];
    expect(servicesProblems(services)).toEqual([
      {
        path: "virtual service 'copy'",
        message: `must have an address of its own, got ${key} again; 'web' has it already`,
      },
    ]);
  });

  test("accepts one mark for both families, which the kernel keeps apart", () => {
    const firewallMark = { mark: 7 };
    const services = [
      { name: "web", service: { ...web, port: 0, firewallMark } },
      { name: "web6", service: { ...web, port: 0, firewallMark, vip: "2001:db8::1" } },
    ];
    expect(servicesProblems(services)).toEqual([]);
  });

  test("refuses the port of one service among the marked ports of another", () => {
    const services = [
      { name: "web", service: web },
      { name: "site", service: { ...web, port: 0, firewallMark: { mark: 7, ports: [80, 443] } } },
    ];
    expect(servicesProblems(services)).toEqual([
      {
        path: "virtual service 'site'",
        message: "must have packets of its own, got 192.0.2.1:80/tcp again; 'web' has them already",
      },
    ]);
  });

  test("names the first service in every further problem", () => {
    const services = ["a", "b", "c"].map((name) => ({ name, service: web }));
    expect(servicesProblems(services)).toEqual([
      {
        path: "virtual service 'b'",
        message: "must have an address of its own, got 192.0.2.1:80/tcp again; 'a' has it already",
      },
      {
        path: "virtual service 'c'",
        message: "must have an address of its own, got 192.0.2.1:80/tcp again; 'a' has it already",
      },
    ]);
  });
});

describe("directorProblems", () => {
  test.each([
    ["nothing", {}],
    ["a router id", { routerId: "lb1.example.org" }],
    ["a router id with spaces", { routerId: "the first director" }],
    ["a router id of 255 characters", { routerId: "a".repeat(255) }],
    ["an interface", { vipInterface: "eth0" }],
    ["values known only at apply", { routerId: token, vipInterface: token }],
  ])("accepts %s", (_title, settings) => {
    expect(directorProblems(settings)).toEqual([]);
  });

  const quotableRule = "must have no quotes, backslashes or control characters";
  test.each([
    ["an empty router id", { routerId: "" }, "routerId", "must not be empty, got ''; leave it out instead"],
    ["a blank router id", { routerId: "  " }, "routerId", "must not be blank, got '  '; leave it out instead"],
    ["a router id with a quote", { routerId: 'a"b' }, "routerId", `${quotableRule}, got 'a"b'`],
    ["a router id with a line break", { routerId: "a\nb" }, "routerId", String.raw`${quotableRule}, got 'a\nb'`],
    [
      "a router id of 256 characters",
      { routerId: "a".repeat(256) },
      "routerId",
      "must be at most 255 characters, got 256",
    ],
    ["an empty interface", { vipInterface: "" }, "vipInterface", "must be an interface name of 1 to 15 bytes, got ''"],
  ])("refuses %s", (_title, settings, path, message) => {
    expect(directorProblems(settings)).toEqual([{ path, message }]);
  });

  test("finds every problem at once", () => {
    const problems = directorProblems({ routerId: "", vipInterface: "" });
    expect(problems.map(({ path }) => path)).toEqual(["routerId", "vipInterface"]);
  });
});
