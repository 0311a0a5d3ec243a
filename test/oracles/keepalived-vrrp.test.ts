import { TerraformVariable } from "cdktf";
import {
  AuthenticationType,
  DrRealServer,
  HaPair,
  IpvlanMode,
  SyncGroup,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
  type SyncGroupProps,
  type VrrpInstanceProps,
} from "../../src";
import { keepalivedConfs, keepalivedVerdict } from "../support/keepalived";
import { CLEAN, describeWithOracles } from "../support/oracles";
import { newStack, ssh } from "../support/stacks";

interface Definition {
  readonly pair?: Partial<HaPairProps>;
  readonly authenticated?: boolean;
  /** A second instance, with a VIP. */
  readonly api?: Partial<VrrpInstanceProps>;
  readonly group?: Partial<SyncGroupProps>;
}

/** keepalived.conf of every director. */
function confsOf({ pair = {}, authenticated = false, api, group }: Definition): string[] {
  const stack = newStack();
  const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const lb = new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    keepalivedVersion: "2.2.7",
    ...(authenticated && { authentication: password }),
    ...pair,
  });
  const web1 = new DrRealServer(stack, "web1", { address: "10.0.0.21", connection: ssh });
  new VirtualService(stack, "web", { director: lb, vip: "10.0.0.100", port: 80 }).addRealServer(web1);
  if (api !== undefined) {
    const instance = new VrrpInstance(stack, "api", { pair: lb, virtualRouterId: 52, ...api });
    const calls = { director: lb, vrrpInstance: instance, vip: "10.0.0.101", port: 80 };
    new VirtualService(stack, "calls", calls).addRealServer(web1);
    if (group !== undefined) new SyncGroup(stack, "together", { instances: [lb, instance], ...group });
  }
  return keepalivedConfs(stack);
}

const ipv6Directors = {
  primary: { address: "2001:db8::11", connection: ssh },
  secondary: { address: "2001:db8::12", connection: ssh },
};
const furtherBackups = [13, 14, 15].map((number) => ({ address: `10.0.0.${number}`, connection: ssh }));
const inside = { interface: "eth1", directorAddresses: ["192.168.0.11", "192.168.0.12"] };
const ipv6Side = { directorAddresses: ["2001:db8::11", "2001:db8::12"] };
const everyGratuitousArp = {
  masterDelaySeconds: 0,
  masterRepeat: 1,
  masterRefreshSeconds: 60,
  masterRefreshRepeat: 2,
  lowerPriorityDelaySeconds: 0,
  lowerPriorityRepeat: 0,
};
const ipvlan = { multicast: true, ipvlan: { addresses: ["10.0.0.31", "10.0.0.32"] } };
const weighted = { trackInterfaces: [{ interface: "eth1", weight: -60 }] };

const pairs: [string, Partial<HaPairProps>, boolean?][] = [
  ["version 3, said aloud", { version: 3 }],
  ["version 2, said aloud", { version: 2, advertIntervalSeconds: 2 }],
  ["the least missed adverts", { downTimerAdverts: 1 }],
  ["the most missed adverts", { downTimerAdverts: 100 }],
  ["no delay", { preemptDelaySeconds: 0 }],
  ["a delay", { preemptDelaySeconds: 4.125 }],
  ["the longest delay", { preemptDelaySeconds: 1000 }],
  ["priorities", { priorities: [254, 1] }],
  ["four directors", { furtherBackups: furtherBackups.slice(0, 2) }],
  ["multicast", { multicast: true }],
  ["multicast and a password", { multicast: true }, true],
  ["multicast to a group", { multicast: true, multicastGroup: "224.0.0.99" }],
  ["multicast of version 3", { multicast: true, version: 3, advertIntervalSeconds: 0.1 }],
  ["multicast between IPv6 directors", { ...ipv6Directors, multicast: true }],
  ["multicast between IPv6 directors to a group", { ...ipv6Directors, multicast: true, multicastGroup: "ff02::99" }],
  ["a TTL", { unicastTtl: 1 }],
  ["a hop limit", { ...ipv6Directors, unicastTtl: 255 }],
  ["checks of the TTL", { minTtl: 0, maxTtl: 255 }],
  ["checks of the hop limit", { ...ipv6Directors, minTtl: 255 }],
  ["checks of the source", { checkUnicastSource: true, trackSourceAddress: true }],
  ["AH", { authenticationType: AuthenticationType.AH }, true],
  ["AH by multicast", { authenticationType: AuthenticationType.AH, multicast: true }, true],
  ["an interface with weight", weighted],
  ["an interface with weight, reversed", { trackInterfaces: [{ interface: "eth1", weight: 253, reverse: true }] }],
  ["an interface, reversed", { trackInterfaces: [{ interface: "eth1", weight: 0, reverse: true }] }],
  ["its own interface untracked", { dontTrackPrimary: true }],
  ["all of gratuitous ARP", { gratuitousArp: everyGratuitousArp }],
  ["gratuitous ARP on further interfaces", { gratuitousArp: { extraInterfaceSeconds: 1 } }],
  ["gratuitous ARP on all interfaces", { gratuitousArp: { extraInterfaceSeconds: 86400, extraInterfaceAll: true } }],
  ["switches on", { lowerPriorityNoAdvert: true, higherPrioritySendAdvert: true, skipCheckAdvertAddress: true }],
  ["switches off", { lowerPriorityNoAdvert: false, higherPrioritySendAdvert: false, promoteSecondaries: false }],
  ["secondaries promoted", { promoteSecondaries: true }],
  ["VIPs on another interface", { vipInterface: "eth1" }],
  ["VIPs on an interface that is tracked by weight", { vipInterface: "eth1", ...weighted }],
  ["VIPs on another interface, its own untracked", { vipInterface: "eth1", dontTrackPrimary: true }],
  ["VIPs on another interface and an ipvlan", { ...ipvlan, vipInterface: "eth1" }],
  ["adverts between other addresses", { directorAddresses: inside.directorAddresses, vipInterface: "eth1" }],
  ["VIPs of its own", { vips: ["10.0.0.150", "2001:db8::150"] }],
  ["a virtual MAC", { virtualMac: {} }],
  ["a virtual MAC between IPv6 directors", { ...ipv6Directors, virtualMac: {} }],
  ["a virtual MAC with a name and an address", { virtualMac: { name: "v".repeat(15), macAddress: "02:00:5e:10:00" } }],
  ["a virtual MAC by multicast", { multicast: true, virtualMac: { macAddress: "02:00:5e:10:00:FF" } }],
  ["a virtual MAC by multicast on its base", { multicast: true, virtualMac: { transmitOnBase: true } }],
  ["ipvlan", { multicast: true, ipvlan: { addresses: ["10.0.0.31", "10.0.0.32"], name: "i".repeat(15) } }],
  ["ipvlan in a mode", { multicast: true, ipvlan: { addresses: ["10.0.0.31", "10.0.0.32"], mode: IpvlanMode.VEPA } }],
  ["ipvlan between IPv6 directors", { ...ipv6Directors, multicast: true, ipvlan: { mode: IpvlanMode.PRIVATE } }],
];

const instances: [string, Definition][] = [
  ["two instances", { api: {} }],
  ["two instances, active and active", { api: { preferred: "secondary" } }],
  ["two instances of two versions", { api: { version: 3, advertIntervalSeconds: 0.01 } }],
  ["two instances with one password", { authenticated: true, api: {} }],
  ["two instances, one by multicast", { api: { multicast: true } }],
  ["an instance on another interface", { api: inside }],
  [
    "an instance of IPv6 on another interface",
    {
      api: { interface: "eth1", directorAddresses: ["2001:db8:1::11", "2001:db8:1::12"] },
    },
  ],
  ["two instances with one VRID, of IPv4 and of IPv6", { api: { virtualRouterId: 51, ...ipv6Side } }],
  [
    "two instances with one VRID, of IPv4 and of IPv6, by multicast",
    { pair: { multicast: true }, api: { virtualRouterId: 51, ...ipv6Side, multicast: true } },
  ],
  [
    "two instances with one VRID and virtual MACs with names of their own",
    { pair: { virtualMac: {} }, api: { virtualRouterId: 51, ...ipv6Side, virtualMac: { name: "vrrp6.51" } } },
  ],
  ["two instances with virtual MACs", { pair: { virtualMac: {} }, api: { virtualMac: {} } }],
  [
    "two instances of four directors",
    {
      pair: { furtherBackups: furtherBackups.slice(0, 2) },
      api: { preferred: "furtherBackups[1]" },
    },
  ],
  ["a sync group", { api: inside, group: {} }],
  [
    "a sync group with its VIPs on another interface",
    { pair: { ...inside, vipInterface: "eth0" }, api: {}, group: {} },
  ],
  [
    "a sync group at home on the secondary's side without preemption",
    {
      pair: { preempt: false },
      api: { preempt: false },
      group: {},
    },
  ],
  ["a sync group that tracks with weight", { api: {}, group: weighted }],
  [
    "a sync group that tracks the interface of its instances",
    { pair: { dontTrackPrimary: true }, api: { dontTrackPrimary: true }, group: { trackInterfaces: ["eth0"] } },
  ],
  [
    "a sync group whose instances track with weight",
    { pair: weighted, api: weighted, group: { trackingWeight: true } },
  ],
  [
    "a sync group with AH",
    {
      authenticated: true,
      pair: { authenticationType: AuthenticationType.AH },
      api: {},
      group: {},
    },
  ],
];

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(pairs)("takes every side of a pair with %s in silence", (_title, pair, authenticated = false) => {
    const confs = confsOf({ pair, authenticated });
    expect(confs.map(keepalivedVerdict)).toEqual(confs.map(() => CLEAN));
  });

  test.each(instances)("takes every side of %s in silence", (_title, definition) => {
    const confs = confsOf(definition);
    expect(confs.length).toBeGreaterThan(1);
    expect(confs.map(keepalivedVerdict)).toEqual(confs.map(() => CLEAN));
  });

  test("is a judge that refuses one VRID twice in one family", () => {
    const multicast = { multicast: true };
    const [conf = ""] = confsOf({ pair: multicast, api: multicast });
    expect(keepalivedVerdict(conf.replace("virtual_router_id 52", "virtual_router_id 51")).status).toBe(5);
  });

  test("is a judge that refuses a weight in a sync group", () => {
    const [conf = ""] = confsOf({ pair: weighted, api: {}, group: { trackingWeight: true } });
    expect(keepalivedVerdict(conf.replace("    sync_group_tracking_weight\n", "")).status).toBe(5);
  });
});
