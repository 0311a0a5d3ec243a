import { SyncState } from "../../src/model/connection-sync";
import { Deferred, printed } from "../../src/model/deferred";
import { directorTraffic, guardedSyncProblems, syncSource } from "../../src/model/director-traffic";
import type { SyncDaemon } from "../../src/model/sync-daemon";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import { directorConfig, vrrpConfig } from "../support/models";

const vrrp = vrrpConfig();
const vrrp6 = vrrpConfig({ sourceAddress: "2001:db8::a", peers: ["2001:db8::b"] });
const peer = { family: "IPv4", addresses: ["10.0.0.12"] };

function daemon(settings: SyncDaemon["settings"] = {}, name: SyncDaemon["interface"] = "eth0"): SyncDaemon {
  return { interface: name, syncId: 51, settings };
}

test("a lone director hears no other", () => {
  expect(directorTraffic(directorConfig())).toEqual([]);
  expect(syncSource(directorConfig())).toBeUndefined();
});

test.each([
  ["IPv4 directors", vrrp, peer],
  ["IPv6 directors", vrrp6, { family: "IPv6", addresses: ["2001:db8::b"] }],
  [
    "directors known only at apply, which are taken for IPv4",
    vrrpConfig({ sourceAddress: new Deferred("${a}"), peers: [new Deferred("${b}")] }),
    { family: "IPv4", addresses: [new Deferred("${b}")] },
  ],
])("VRRP comes from the peers of %s", (_title, instance, from) => {
  expect(directorTraffic(directorConfig({ vrrp: instance }))).toEqual([{ packets: { ipProtocol: 112 }, from: [from] }]);
});

const settings = (different: object) => vrrpConfig({ settings: { ...vrrp.instances[0]?.settings, ...different } });

test.each([
  ["multicast", { multicast: true }, ["eth0"]],
  ["multicast from a virtual MAC", { multicast: true, virtualMac: {} }, ["eth0", "vrrp.51"]],
  ["multicast from a virtual MAC with a name", { multicast: true, virtualMac: { name: "mac1" } }, ["eth0", "mac1"]],
  ["ipvlan", { ipvlan: {} }, ["eth0", "ipvl.51"]],
  ["multicast over an interface known only at apply", { multicast: true, interface: new Deferred("${x}") }, ["${x}"]],
])("adverts by %s are known by their interface alone", (_title, different, names) => {
  const from = directorTraffic(directorConfig({ vrrp: settings(different) }))[0]?.from;
  expect(from?.map((source) => "interface" in source && printed(source.interface))).toEqual(names);
});

test("a virtual MAC between directors that send to each other does not hide their addresses", () => {
  expect(directorTraffic(directorConfig({ vrrp: settings({ virtualMac: {} }) }))[0]?.from).toEqual([peer]);
});

test("instances of both kinds are heard, and an authentication header only from those that have one", () => {
  const [own] = vrrp.instances;
  const [multicast] = settings({ multicast: true, interface: "eth1" }).instances;
  if (own === undefined || multicast === undefined) throw new Error("no instance");
  const authentication = { type: AuthenticationType.AH, placeholder: "(password)" };
  const instances = [own, { ...multicast, authentication }];
  expect(directorTraffic(directorConfig({ vrrp: { ...vrrp, instances } }))).toEqual([
    { packets: { ipProtocol: 112 }, from: [peer, { interface: "eth1" }] },
    { packets: { ipProtocol: 51 }, from: [{ interface: "eth1" }] },
  ]);
});

const token = new Deferred("${device}");

test.each([
  ["from the other director, over the interface of VRRP", vrrp, daemon(), 8848, peer],
  ["so too to an IPv4 group of its own", vrrp, daemon({ group: "239.1.1.1" }), 8848, peer],
  [
    "so too where the interface is known only at apply",
    vrrpConfig({ settings: { interface: token } }),
    daemon({}, token),
    8848,
    peer,
  ],
  ["over its interface, when that is another one", vrrp, daemon({}, "eth1"), 8848, { interface: "eth1" }],
  ["over its interface between IPv6 directors", vrrp6, daemon(), 8848, { interface: "eth0" }],
  ["over its interface to an IPv6 group", vrrp, daemon({ group: "ff02::81" }), 8848, { interface: "eth0" }],
  [
    "over its interface to a group known only at apply",
    vrrp,
    daemon({ group: new Deferred("${group}") }),
    8848,
    { interface: "eth0" },
  ],
  ["at another port", vrrp, daemon({ port: 9000, threads: 1 }), 9000, peer],
  ["at a port known only at apply", vrrp, daemon({ port: new Deferred("${port}") }), new Deferred("${port}"), peer],
  ["at one port for each thread", vrrp, daemon({ threads: 4 }), "8848-8851", peer],
])("synchronisation comes %s", (_title, instance, syncDaemon, udpPort, from) => {
  const config = directorConfig({ vrrp: instance, syncDaemon });
  expect(directorTraffic(config)[1]).toEqual({ packets: { udpPorts: [udpPort] }, from: [from] });
  const source = "interface" in from ? undefined : { address: "10.0.0.11", device: syncDaemon.interface };
  expect(syncSource(config)).toEqual(source);
});

test("BFD comes from its neighbors, over one hop and over several", () => {
  const bfdInstances = [
    { name: "one", neighborAddress: "10.0.0.21" },
    { name: "two", neighborAddress: "2001:db8::21" },
  ];
  expect(directorTraffic(directorConfig({ bfdInstances }))).toEqual([
    {
      packets: { udpPorts: [3784, 4784] },
      from: [
        { family: "IPv4", addresses: ["10.0.0.21"] },
        { family: "IPv6", addresses: ["2001:db8::21"] },
      ],
    },
  ]);
});

test("of lone directors nothing is known but the interface", () => {
  const syncDaemon = { ...daemon(), state: SyncState.BOTH };
  expect(directorTraffic(directorConfig({ syncDaemon }))).toEqual([
    { packets: { udpPorts: [8848] }, from: [{ interface: "eth0" }] },
  ]);
});

test.each([
  ["nothing", undefined],
  ["one port known only at apply", { port: new Deferred("${port}") }],
  ["one port known only at apply, told to be one", { port: new Deferred("${port}"), ports: 1 }],
  ["known ports", { port: 9000, ports: 64 }],
])("accepts %s", (_title, settings) => {
  expect(guardedSyncProblems("connectionSync", settings)).toEqual([]);
});

test.each([
  ["how many threads there are", { threads: new Deferred("${threads}") }, "connectionSync.threads"],
  ["where several ports begin", { port: new Deferred("${port}"), threads: 2 }, "connectionSync.port"],
])("refuses to guard what only apply knows: %s", (_title, settings, path) => {
  expect(guardedSyncProblems("connectionSync", settings)).toEqual([
    { path, message: "must be known at synth with a firewall, got a token; pass a literal" },
  ]);
});
