import {
  ForwardingMethod,
  HaPair,
  LocalRealServer,
  TunnelType,
  UnmanagedRealServer,
  VirtualService,
  type UnmanagedRealServerProps,
} from "../../src";
import type { TerraformStack } from "cdktf";
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
  ])("refuses %s", (_title, props, message) => {
    const stack = newStack();
    const legacy = new UnmanagedRealServer(stack, "legacy", { address: "10.0.0.31", ...props });
    new VirtualService(stack, "web", { director: pairOn(stack), vip: "10.0.0.100", port: 80 }).addRealServer(legacy);
    expect(synthError(stack)).toContain(`[stack/legacy] ${message}`);
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

  test("refuses a host that the director does not have", () => {
    const stack = newStack();
    const director = pairOn(stack);
    const web = new VirtualService(stack, "web", { director, vip: "10.0.0.100", port: 80 });
    web.addRealServer(new LocalRealServer(stack, "lb3", { director, hostIndex: 2 }));
    expect(synthError(stack)).toContain("[stack/lb3] hostIndex: must be an integer from 0 to 1, got 2");
  });
});
