import { TerraformVariable } from "cdktf";
import { DrRealServer, HaPair, VirtualService, type HaPairProps } from "../../src";
import { keepalivedConfs, keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";

const IPV4 = ["10.0.0.100", "10.0.0.101"];
const IPV6 = ["2001:db8::100", "2001:db8::101"];

interface Definition extends Partial<HaPairProps> {
  readonly vips?: readonly string[];
  readonly authenticated?: boolean;
}

/** keepalived.conf of both directors, with one service and one real server per VIP. */
function confsOf({ vips = IPV4, authenticated = false, ...props }: Definition): string[] {
  const stack = newStack();
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const director = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...(authenticated && { authentication: password }),
    ...props,
  });
  const servers = {
    4: new DrRealServer(stack, "web4", { address: "10.0.0.21", connection: ssh }),
    6: new DrRealServer(stack, "web6", { address: "2001:db8::21", connection: ssh }),
  };
  vips.forEach((vip, index) => {
    const service = new VirtualService(stack, `service${index}`, { director, vip, port: 80 });
    service.addRealServer(vip.includes(":") ? servers[6] : servers[4]);
  });
  return keepalivedConfs(stack);
}

const ipv6Directors = {
  primary: { address: "2001:db8::11", connection: ssh },
  secondary: { address: "2001:db8::12", connection: ssh },
};
const everyOption = {
  preempt: false,
  trackInterfaces: ["eth1"],
  gratuitousArp: { masterDelaySeconds: 10, masterRepeat: 3, masterRefreshSeconds: 60 },
};
const least = { masterDelaySeconds: 1, masterRepeat: 1, masterRefreshSeconds: 1 };
const most = { masterDelaySeconds: 3600, masterRepeat: 100, masterRefreshSeconds: 86400 };
const syncMost = { interface: "eth1", syncId: 255, maxLength: 65507, port: 65535, ttl: 255, group: "239.255.255.255" };
const syncLeast = { syncId: 1, maxLength: 1, port: 1, ttl: 1, group: "ff02::81" };
const longTimeouts = { tcpSeconds: 2678400, tcpFinSeconds: 2678400, udpSeconds: 2678400 };
const manyVips = Array.from({ length: 40 }, (_, index) => `10.0.1.${index + 1}`);

const definitions: [string, Definition][] = [
  ["the defaults", { vips: ["10.0.0.100"] }],
  ["two VIPs", {}],
  ["a password with a comment sign", { authenticated: true }],
  ["every option", { ...everyOption, authenticated: true }],
  ["nopreempt", { preempt: false }],
  ["another interface tracked", { trackInterfaces: ["eth1"] }],
  ["the least of gratuitous ARP", { gratuitousArp: least }],
  ["the most of gratuitous ARP", { gratuitousArp: most }],
  ["the first VRID", { virtualRouterId: 1 }],
  ["the last VRID", { virtualRouterId: 255 }],
  ["slow adverts", { advertIntervalSeconds: 255, authenticated: true }],
  ["adverts of a fraction of a second", { advertIntervalSeconds: 0.25 }],
  ["the fastest adverts", { advertIntervalSeconds: 0.01 }],
  ["the slowest adverts of version 3", { advertIntervalSeconds: 40.95 }],
  ["adverts with two decimals", { advertIntervalSeconds: 1.07 }],
  ["IPv4 directors and VIPs of both families", { vips: [...IPV6, ...IPV4] }],
  ["IPv4 directors, version 3 and VIPs of both families", { advertIntervalSeconds: 0.5, vips: [...IPV6, ...IPV4] }],
  ["IPv4 directors and an IPv6 VIP only", { vips: ["2001:db8::100"] }],
  ["IPv4 directors, a password and IPv6 VIPs only", { authenticated: true, vips: IPV6 }],
  ["IPv4 directors, version 3 and IPv6 VIPs only", { advertIntervalSeconds: 0.5, vips: IPV6 }],
  ["IPv6 directors", { ...ipv6Directors, vips: ["2001:db8::100"] }],
  ["IPv6 directors and two VIPs", { ...ipv6Directors, vips: IPV6 }],
  ["IPv6 directors and every option", { ...ipv6Directors, ...everyOption, vips: IPV6 }],
  ["IPv6 directors and IPv4 VIPs only", { ...ipv6Directors, vips: IPV4 }],
  ["IPv6 directors and the first VRID", { ...ipv6Directors, virtualRouterId: 1, vips: IPV6 }],
  ["IPv6 directors and the last VRID", { ...ipv6Directors, virtualRouterId: 255, vips: IPV6 }],
  ["IPv6 directors and VIPs of both families", { ...ipv6Directors, vips: [...IPV4, ...IPV6] }],
  ["IPv6 directors with slow adverts", { ...ipv6Directors, advertIntervalSeconds: 40, vips: IPV6 }],
  ["40 VIPs", { vips: manyVips }],
  ["no connection synchronisation", { connectionSync: false }],
  ["the least of connection synchronisation", { connectionSync: syncLeast }],
  ["the most of connection synchronisation", { connectionSync: syncMost }],
  ["one timeout", { timeouts: { udpSeconds: 1 } }],
  ["the longest timeouts", { timeouts: longTimeouts }],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(definitions)("takes both sides of a pair with %s in silence", (_title, definition) => {
    expect(confsOf(definition).map(keepalivedVerdict)).toEqual([CLEAN, CLEAN]);
  });

  // The other director's address tells the family of VRRP, and so of the address that adverts carry.
  test.each([
    ["primary", "10.0.0.12", "10.0.0.99"],
    ["secondary", "10.0.0.12", "10.0.0.99"],
    ["primary", "2001:db8::12", "2001:db8::99"],
    ["secondary", "2001:db8::12", "2001:db8::99"],
  ])("takes a %s known only at apply beside %s in silence", (side, known, atApply) => {
    const stack = newStack();
    const token = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
    const other = { address: known, connection: ssh };
    const later = { address: token, connection: ssh };
    const pair = side === "primary" ? { primary: later, secondary: other } : { primary: other, secondary: later };
    const director = new HaPair(stack, "lb", { ...pair, interface: "eth0", virtualRouterId: 51 });
    const vips = known.includes(":") ? [...IPV4, ...IPV6] : [...IPV6, ...IPV4];
    const real4 = new DrRealServer(stack, "web4", { address: "10.0.0.21", connection: ssh });
    const real6 = new DrRealServer(stack, "web6", { address: "2001:db8::21", connection: ssh });
    for (const vip of vips) {
      const service = new VirtualService(stack, vip, { director, vip, port: 80 });
      service.addRealServer(vip.includes(":") ? real6 : real4);
    }
    const confs = keepalivedConfs(stack).map((conf) => conf.replaceAll("${var.address}", atApply));
    expect(confs.map(keepalivedVerdict)).toEqual([CLEAN, CLEAN]);
  });

  test("is a judge that refuses: a bare password would end at its comment sign", () => {
    const [conf = ""] = confsOf({ authenticated: true });
    expect(conf).toContain('auth_pass "ab#c!d"');
    const refused = keepalivedVerdict(conf.replace('auth_pass "ab#c!d"', "auth_pass #c!d"));
    expect(refused.status).not.toBe(0);
  });

  test("takes an instance with the name of an option for what it is", () => {
    const [conf = ""] = confsOf({});
    const named = conf.replaceAll('"lb"', '"port"');
    expect(named).toContain('lvs_sync_daemon eth0 inst "port" id 51');
    expect(keepalivedVerdict(named)).toEqual(CLEAN);
  });

  test("takes a synchronisation daemon that follows no instance", () => {
    const [conf = ""] = confsOf({});
    const both = conf.replace(' inst "lb" id 51', " id 51");
    expect(both).toContain("lvs_sync_daemon eth0 id 51\n");
    expect(keepalivedVerdict(both)).toEqual(CLEAN);
  });

  test.each([
    ["a synchronisation id beyond the last", "id 51", "id 256"],
    ["an unknown option of synchronisation", "id 51", "id 51 speed 9"],
    ["a timeout beyond the longest", "tcp 5", "tcp 2678401"],
  ])("is a judge that refuses %s", (_title, right, wrong) => {
    const [conf = ""] = confsOf({ timeouts: { tcpSeconds: 5 } });
    expect(conf).toContain(right);
    expect(keepalivedVerdict(conf.replace(right, wrong)).status).toBe(5);
  });

  test("is a judge that refuses an interface that is not there", () => {
    const [conf = ""] = confsOf({ interface: "eth7" });
    expect(keepalivedVerdict(conf).status).toBe(5);
  });
});
