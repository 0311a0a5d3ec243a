import {
  Director,
  ForwardingMethod,
  HaPair,
  LocalRealServer,
  TunnelType,
  UnmanagedDirector,
  UnmanagedRealServer,
  UnmanagedRealServers,
  VirtualService,
  type UnmanagedRealServerProps,
} from "../../src";
import { Fn, type TerraformStack } from "cdktf";
import { hostText, newStack, resources, ssh, synthError, synthesize } from "../support/stacks";

function pairOn(stack: TerraformStack): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
  });
}

describe("a real server that somebody else manages", () => {
  test.each<[string, Partial<UnmanagedRealServerProps>, string]>([
    ["DR", {}, "-g -w 1"],
    ["NAT", { forwardingMethod: ForwardingMethod.NAT }, "-m -w 1"],
    ["a tunnel", { forwardingMethod: ForwardingMethod.TUN }, "-i -w 1 --tun-type ipip"],
    [
      "GRE",
      { forwardingMethod: ForwardingMethod.TUN, tunnel: { type: TunnelType.GRE } },
      "-i -w 1 --tun-type gre --tun-nocsum",
    ],
  ])("is reached by %s, and its host is left alone", (_title, props, switches) => {
    const stack = newStack();
    const legacy = new UnmanagedRealServer(stack, "legacy", { address: "10.0.0.31", ...props });
    new VirtualService(stack, "web", { director: pairOn(stack), vip: "10.0.0.100", port: 80 }).addRealServer(legacy);
    expect(hostText(stack, "lb_primary", "rules")).toContain(`-r 10.0.0.31:80 ${switches}\n`);
    expect(Object.keys(resources(synthesize(stack))).filter((address) => address.includes("legacy"))).toEqual([]);
  });

  test.each<[string, Partial<UnmanagedRealServerProps>, string]>([
    ["no address", { address: "" }, "address: must be an IPv4 or IPv6 address, got ''"],
    [
      "a tunnel under direct routing",
      { tunnel: {} },
      "tunnel: must be set for tunneling only, got forwardingMethod DR; leave it out",
    ],
    [
      "an unknown method",
      { forwardingMethod: "FNAT" as never },
      "forwardingMethod: must be a known value, got 'FNAT'; use one of DR, NAT, TUN",
    ],
    [
      "a method that only apply knows",
      { forwardingMethod: Fn.join("", ["N", "AT"]) as never },
      "forwardingMethod: must be known at synth, got a token; what else is written depends on it, use one of DR, NAT, TUN",
    ],
  ])("refuses %s", (_title, props, message) => {
    const stack = newStack();
    const legacy = new UnmanagedRealServer(stack, "legacy", { address: "10.0.0.31", ...props });
    new VirtualService(stack, "web", { director: pairOn(stack), vip: "10.0.0.100", port: 80 }).addRealServer(legacy);
    expect(synthError(stack)).toContain(`[stack/legacy] ${message}`);
  });
});

describe("hosts of a pair under another name", () => {
  const problems = (build: (web: VirtualService, stack: TerraformStack) => void, sorry = "10.0.0.99"): string => {
    const stack = newStack();
    const service = { director: pairOn(stack), vip: "10.0.0.100", port: 80, sorryServer: { address: sorry } };
    build(new VirtualService(stack, "web", service), stack);
    return synthError(stack);
  };
  const legacyAt = (address: string) => (web: VirtualService, stack: TerraformStack) => {
    web.addRealServer(new UnmanagedRealServer(stack, "legacy", { address }));
  };

  test("a real server that others manage is none of them", () => {
    expect(problems(legacyAt("10.0.0.11"))).toContain(
      "[stack/web] real server 'stack/legacy': must not be a host of the director under direct routing, got '10.0.0.11'; make a LocalRealServer of that host instead",
    );
  });

  test("a list of real servers has none of them", () => {
    const error = problems((web, stack) => {
      web.addRealServers(new UnmanagedRealServers(stack, "fleet", { addresses: ["10.0.0.31", "10.0.0.12"] }));
    });
    expect(error).toContain(
      "[stack/web] real servers 'stack/fleet': must not be a host of the director under direct routing, got '10.0.0.12'",
    );
  });

  test("the sorry server is none of them, unless they serve the VIP themselves", () => {
    expect(problems(legacyAt("10.0.0.31"), "10.0.0.12")).toContain(
      "[stack/web] sorryServer.address: must not be one host of a pair under direct routing, got '10.0.0.12'; '127.0.0.1' under direct routing is the one that has the VIP",
    );
    const stack = newStack();
    const director = pairOn(stack);
    const service = { director, vip: "10.0.0.100", port: 80, sorryServer: { address: "10.0.0.12" } };
    new VirtualService(stack, "web", service).addRealServer(new LocalRealServer(stack, "lb1", { director }));
    expect(() => synthesize(stack)).not.toThrow();
  });

  test("the director that has the VIP may be the sorry server", () => {
    const stack = newStack();
    const service = { director: pairOn(stack), vip: "10.0.0.100", port: 80, sorryServer: { address: "127.0.0.1" } };
    legacyAt("10.0.0.31")(new VirtualService(stack, "web", service), stack);
    expect(hostText(stack, "lb_primary", "/etc/keepalived/keepalived.conf")).toContain("sorry_server 127.0.0.1 80\n");
    expect(hostText(stack, "lb_primary", "plan")).toContain("sorry -t 10.0.0.100:80 -r 127.0.0.1:80\n");
  });

  test("of directors in another app that app knows what they are", () => {
    const stack = newStack();
    const director = new UnmanagedDirector(stack, "lb", { addresses: ["10.0.0.11", "10.0.0.12"] });
    const service = { director, vip: "10.0.0.100", port: 80, sorryServer: { address: "10.0.0.12" } };
    legacyAt("10.0.0.11")(new VirtualService(stack, "web", service), stack);
    expect(() => synthesize(stack)).not.toThrow();
  });
});

describe("directors that are real servers themselves", () => {
  test("both have the VIPs on the loopback, hidden from ARP, and the backup does not balance", () => {
    const stack = newStack();
    const director = pairOn(stack);
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(new LocalRealServer(stack, "lb1", { director }));
    web.addRealServer(new LocalRealServer(stack, "lb2", { director, hostIndex: 1 }));
    new VirtualService(stack, "other", { director, vip: "10.0.0.101", port: 80 }).addRealServer(
      new UnmanagedRealServer(stack, "legacy", { address: "10.0.0.31" }),
    );
    for (const side of ["lb_primary", "lb_secondary"]) {
      const plan = hostText(stack, side, "plan") ?? "";
      expect(plan).toContain("sysctl net/ipv4/conf/*/arp_ignore 1\nsysctl net/ipv4/conf/*/arp_announce 2\n");
      expect(plan).toContain("sysctl net/ipv4/vs/backup_only 1\n");
      expect(plan.match(/^vip .*$/gm)).toEqual(["vip 10.0.0.100 lo"]);
    }
    expect(hostText(stack, "lb_primary", "rules")).toContain(`-a -t 10.0.0.100:80 -r 10.0.0.11:80 -g -w 1
-a -t 10.0.0.100:80 -r 10.0.0.12:80 -g -w 1
`);
  });

  test("refuses to serve another director", () => {
    const stack = newStack();
    const director = pairOn(stack);
    const local = new LocalRealServer(stack, "lb1", { director });
    new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 }).addRealServer(local);
    const other = new Director(stack, "other", { address: "10.0.0.13", connection: ssh, vipInterface: "eth0" });
    new VirtualService(stack, "api", { director: other, vip: "10.0.0.101", port: 80 }).addRealServer(local);
    expect(synthError(stack)).toContain(
      "[stack/lb1] virtual service 'stack/api': must be on 'stack/lb' like its local real server, got 'stack/other'; make a LocalRealServer of 'stack/other' for it",
    );
  });

  test("refuses a host that the director does not have", () => {
    const stack = newStack();
    const director = pairOn(stack);
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(new LocalRealServer(stack, "lb3", { director, hostIndex: 2 }));
    expect(synthError(stack)).toContain("[stack/lb3] hostIndex: must be an integer from 0 to 1, got 2");
  });
});
