import type { AddressFamily } from "../../src/model/address";
import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { vrrpTransportProblems, type VrrpTransportSettings } from "../../src/model/vrrp-transport";

type Transport = DeepDeferrable<VrrpTransportSettings>;

const token = new Deferred("${x}");

const accepted: [string, Transport, AddressFamily | undefined][] = [
  ["unicast", {}, "IPv4"],
  ["unicast, said aloud", { multicast: false }, "IPv4"],
  ["multicast", { multicast: true }, "IPv6"],
  ["the first multicast group", { multicast: true, multicastGroup: "224.0.0.0" }, "IPv4"],
  ["the last multicast group", { multicast: true, multicastGroup: "239.255.255.255" }, "IPv4"],
  ["an IPv6 multicast group", { multicast: true, multicastGroup: "ff02::99" }, "IPv6"],
  ["an IPv6 multicast group in capitals", { multicast: true, multicastGroup: "FF12::99" }, "IPv6"],
  ["a group between directors known only at apply", { multicast: true, multicastGroup: "ff02::99" }, undefined],
  ["a group known only at apply", { multicast: true, multicastGroup: token }, "IPv4"],
  ["the least TTLs", { unicastTtl: 1, minTtl: 0, maxTtl: 0 }, "IPv4"],
  ["the most TTLs", { unicastTtl: 255, minTtl: 255, maxTtl: 255 }, "IPv6"],
  ["TTLs known only at apply", { unicastTtl: token, minTtl: token, maxTtl: 1 }, "IPv4"],
  ["checks of the source", { checkUnicastSource: true, trackSourceAddress: true }, "IPv4"],
  [
    "checks switched off under multicast",
    { multicast: true, checkUnicastSource: false, trackSourceAddress: false },
    "IPv4",
  ],
];

test.each(accepted)("accepts %s", (_title, transport, family) => {
  expect(vrrpTransportProblems(transport, family)).toEqual([]);
});

const groups = "must be a multicast group (224.0.0.0 to 239.255.255.255, or ff02::/16)";
const refused: [string, Transport, string, string][] = [
  [
    "a group without multicast",
    { multicastGroup: "224.0.0.18" },
    "multicastGroup",
    "needs multicast: true, got '224.0.0.18'",
  ],
  [
    "a group known only at apply without multicast",
    { multicastGroup: token },
    "multicastGroup",
    "needs multicast: true, got a value known only at apply",
  ],
  [
    "a group that is no address",
    { multicast: true, multicastGroup: "vrrp" },
    "multicastGroup",
    "must be an IPv4 or IPv6 address, got 'vrrp'",
  ],
  [
    "a group that is no multicast group",
    { multicast: true, multicastGroup: "192.0.2.1" },
    "multicastGroup",
    `${groups}, got '192.0.2.1'`,
  ],
  [
    "a group that routers forward",
    { multicast: true, multicastGroup: "ff0e::12" },
    "multicastGroup",
    `${groups}, got 'ff0e::12'`,
  ],
  [
    "a group of the other family",
    { multicast: true, multicastGroup: "ff02::12" },
    "multicastGroup",
    "must be IPv4 like the directors, got 'ff02::12'",
  ],
  ["a TTL that nothing survives", { unicastTtl: 0 }, "unicastTtl", "must be an integer from 1 to 255, got 0"],
  ["a TTL of 256", { unicastTtl: 256 }, "unicastTtl", "must be an integer from 1 to 255, got 256"],
  ["a least TTL of -1", { minTtl: -1 }, "minTtl", "must be an integer from 0 to 255, got -1"],
  ["a greatest TTL of 256", { maxTtl: 256 }, "maxTtl", "must be an integer from 0 to 255, got 256"],
  ["a least TTL over the greatest", { minTtl: 2, maxTtl: 1 }, "minTtl", "must be at most maxTtl, 1, got 2"],
  [
    "a unicast TTL under multicast",
    { multicast: true, unicastTtl: 3 },
    "unicastTtl",
    "needs unicast, got 3 with multicast: true",
  ],
  [
    "a least TTL under multicast",
    { multicast: true, minTtl: 0 },
    "minTtl",
    "needs unicast, got 0 with multicast: true",
  ],
  [
    "a greatest TTL under multicast",
    { multicast: true, maxTtl: 255 },
    "maxTtl",
    "needs unicast, got 255 with multicast: true",
  ],
  [
    "a check of the source under multicast",
    { multicast: true, checkUnicastSource: true },
    "checkUnicastSource",
    "needs unicast, got true with multicast: true",
  ],
  [
    "a tracked source under multicast",
    { multicast: true, trackSourceAddress: true },
    "trackSourceAddress",
    "needs unicast, got true with multicast: true",
  ],
];

test.each(refused)("refuses %s", (_title, transport, path, message) => {
  expect(vrrpTransportProblems(transport, "IPv4")).toEqual([{ path, message }]);
});
