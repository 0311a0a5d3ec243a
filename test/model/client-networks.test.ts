import { allowedClientsProblems } from "../../src/model/client-networks";
import { Deferred } from "../../src/model/deferred";

const VIP = "192.0.2.100";
const VIP6 = "2001:db8::100";
const token = new Deferred("${var.network}");

test("accepts that everybody may come", () => {
  expect(allowedClientsProblems("allowedClients", undefined, VIP)).toEqual([]);
});

test.each([
  ["one address", VIP, ["10.0.0.1"]],
  ["one address as a network", VIP, ["10.0.0.1/32"]],
  ["a network", VIP, ["10.0.0.0/8"]],
  ["all of IPv4", VIP, ["0.0.0.0/0"]],
  ["neighbours", VIP, ["10.0.0.0/25", "10.0.0.128/25", "10.0.1.0"]],
  ["one IPv6 address", VIP6, ["2001:db8::1"]],
  ["an IPv6 network", VIP6, ["2001:db8::/32"]],
  ["an IPv6 network of 127 bits", VIP6, ["2001:DB8:0::FFFE/127"]],
  ["all of IPv6", VIP6, ["::/0"]],
  ["IPv6 neighbours", VIP6, ["2001:db8::/33", "2001:db8:8000::/33"]],
  ["a network known only at apply", VIP, [token, "10.0.0.0/8", token]],
])("accepts %s", (_title, vip, networks) => {
  expect(allowedClientsProblems("allowedClients", networks, vip)).toEqual([]);
});

const shape = (got: string) => `must be an address or a network such as 10.0.0.0/8, ::/0 for all of IPv6, got ${got}`;
const first = (got: string) =>
  `must be the first address of its network, got ${got}; clear the bits after the prefix, or leave out its length for one address`;

test.each([
  ["a name", VIP, "example.org", shape("'example.org'")],
  ["nothing", VIP, "", shape("''")],
  ["a prefix alone", VIP, "/8", shape("'/8'")],
  ["no prefix after the slash", VIP, "10.0.0.0/", shape("'10.0.0.0/'")],
  ["a netmask", VIP, "10.0.0.0/255.0.0.0", shape("'10.0.0.0/255.0.0.0'")],
  ["too long a prefix", VIP, "10.0.0.0/33", shape("'10.0.0.0/33'")],
  ["too long an IPv6 prefix", VIP6, "2001:db8::/129", shape("'2001:db8::/129'")],
  ["a prefix with a sign", VIP, "10.0.0.0/+8", shape("'10.0.0.0/+8'")],
  ["a prefix with a zero in front", VIP, "10.0.0.0/08", shape("'10.0.0.0/08'")],
  ["two prefixes", VIP, "10.0.0.0/8/8", shape("'10.0.0.0/8/8'")],
  ["a zone", VIP6, "fe80::1%eth0", shape("'fe80::1%eth0'")],
  ["a range", VIP, "10.0.0.1-10.0.0.9", shape("'10.0.0.1-10.0.0.9'")],
  ["a rule of nftables", VIP, "10.0.0.0/8 }", shape("'10.0.0.0/8 }'")],
  ["a second line", VIP, "10.0.0.0/8\naccept", shape("'10.0.0.0/8\\naccept'")],
  ["bits after the prefix", VIP, "10.0.0.5/8", first("'10.0.0.5/8'")],
  ["bits after the prefix of IPv6", VIP6, "2001:db8::1/64", first("'2001:db8::1/64'")],
  ["bits in the part that looks like IPv4", VIP6, "::ffff:10.0.0.1/120", first("'::ffff:10.0.0.1/120'")],
  [
    "IPv6 for an IPv4 VIP",
    VIP,
    "2001:db8::/32",
    "must be IPv4 like the VIP 192.0.2.100, got '2001:db8::/32'; make a service of its own for the other family",
  ],
  [
    "IPv4 for an IPv6 VIP",
    VIP6,
    "10.0.0.0/8",
    "must be IPv6 like the VIP 2001:db8::100, got '10.0.0.0/8'; make a service of its own for the other family",
  ],
])("refuses %s", (_title, vip, network, message) => {
  expect(allowedClientsProblems("allowedClients", [network], vip)).toEqual([{ path: "allowedClients[0]", message }]);
});

test("refuses an empty list, which would shut everybody out", () => {
  expect(allowedClientsProblems("allowedClients", [], VIP)).toEqual([
    { path: "allowedClients", message: "must name at least one network, got none; leave it out to admit everybody" },
  ]);
});

test("refuses a VIP known only at apply", () => {
  expect(allowedClientsProblems("allowedClients", ["10.0.0.0/8"], new Deferred("${var.vip}"))).toEqual([
    {
      path: "allowedClients",
      message: "needs a VIP known at synth, got a token; its family decides how clients are told apart",
    },
  ]);
});

test.each([
  ["twice the same", VIP, ["10.0.0.0/8", "10.0.0.0/8"], "'10.0.0.0/8'"],
  ["one inside the other", VIP, ["10.0.0.0/8", "10.255.0.0/16"], "'10.255.0.0/16'"],
  ["one around the other", VIP, ["10.0.0.1", "0.0.0.0/0"], "'0.0.0.0/0'"],
  ["two spellings of one address", VIP6, ["2001:db8::1", "2001:DB8:0:0::1/128"], "'2001:DB8:0:0::1/128'"],
])("refuses networks that overlap: %s", (_title, vip, networks, got) => {
  expect(allowedClientsProblems("allowedClients", networks, vip)).toEqual([
    {
      path: "allowedClients[1]",
      message: `must not overlap, got ${got}; allowedClients[0] has addresses of it already`,
    },
  ]);
});
